import ArgumentParser
import FoundationEssentials
import Glibc
import Handoff
import IMAP
import Ledger
import Recognition

/// `secom-otpd check`
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check the configuration, then look at every mailbox as the daemon would.",
        discussion:
            "Exit status: 0 when every mailbox could serve, 78 for a bad configuration, 69 otherwise. Writes nothing to a mailbox."
    )

    @OptionGroup var config: ConfigurationOption

    @Flag(help: "Check the configuration alone.")
    var offline = false

    func run() async throws {
        let configuration = try config.read()
        var report = CheckReport()
        let count = configuration.mailboxes.count
        report.good("configuration", .init("\(count) mailbox(es)", "メールボックス \(count) 個"))
        sharedAccounts(configuration.mailboxes, report)
        report.linkRewriters(in: configuration.rules.loginHosts)
        if !offline { await look(configuration, &report) }
        if report.isBad { throw ExitCode(ExitStatus.unavailable.rawValue) }
    }

    /// Each mailbox holds a connection, and servers limit those of one account: Dovecot to 10 from one address, Gmail to 15.
    private func sharedAccounts(_ mailboxes: [Configuration.Mailbox], _ report: CheckReport) {
        let accounts = Dictionary(grouping: mailboxes) { "\($0.user) at \($0.endpoint.name)" }
        for (account, mailboxes) in accounts.sorted(by: { $0.key < $1.key }) where mailboxes.count >= 8 {
            let count = mailboxes.count
            report.note(
                "connections",
                .init(
                    "\(count) at once for \(account): many servers allow 10 an account and address, and other programs need some; Dovecot: mail_max_userip_connections",
                    "\(account) に同時に \(count) 本接続します。1 アカウント・1 アドレスあたり 10 本までのサーバーが多く、ほかのプログラムも接続を使います (Dovecot では mail_max_userip_connections)"
                ))
        }
    }

    /// Looks at all the mailboxes side by side, and tells of each as soon as those before it are told of.
    private func look(_ configuration: Configuration, _ report: inout CheckReport) async {
        let rules = configuration.rules
        await withTaskGroup(of: (index: Int, probe: Probe<Recognition>).self) { group in
            for (index, mailbox) in configuration.mailboxes.enumerated() {
                let settings = MailboxSettings(mailbox, configuration)
                group.addTask { (index, await Probe.look(settings) { MailReading.read($0, rules) }) }
            }
            var seen: [Int: Probe<Recognition>] = [:]
            var told = 0
            for await (index, probe) in group {
                seen[index] = probe
                while let next = seen.removeValue(forKey: told) {
                    tell(next, of: configuration.mailboxes[told], configuration, &report)
                    told += 1
                }
            }
        }
    }

    private func tell(
        _ probe: Probe<Recognition>, of mailbox: Configuration.Mailbox, _ configuration: Configuration,
        _ report: inout CheckReport
    ) {
        report.heading(
            "mailbox \(mailbox.name): \(mailbox.user) at \(mailbox.endpoint.host) port \(mailbox.endpoint.port)")
        let rules = configuration.rules
        if !probe.capabilities.isEmpty {
            report.good(
                "TLS",
                probe.isProtected
                    ? .init(
                        "\(mailbox.endpoint.protection.rawValue), certificate and name verified",
                        "\(mailbox.endpoint.protection.rawValue)、証明書と名前を検証済み")
                    : .init("off (loopback)", "なし (ループバック)"))
            report.good("capabilities", .init(probe.capabilities.joined(separator: " ")))
        }
        if probe.isLoggedIn { report.good("login", .init("accepted", "成功")) }
        if let arrival = probe.arrival {
            switch arrival {
            case .notify, .idle:
                let way = arrival.rawValue.uppercased()
                report.good("arrival", .init("pushed (\(way))", "サーバーが知らせる (\(way))"))
            case .poll:
                report.note(
                    "arrival",
                    .init(
                        "the server pushes nothing; it is asked every \(mailbox.poll.text)",
                        "サーバーは知らせないので、\(mailbox.poll.text) ごとに問い合わせる"))
            }
        }
        if let claims = probe.claims { self.claims(claims, probe.isReadOnly, configuration.claimMark, &report) }
        if let messages = probe.messages {
            report.good(
                "folder", .init("\(mailbox.folder), \(messages) message(s)", "\(mailbox.folder)、\(messages) 通"))
        }
        for arrival in probe.arrivals { mail(arrival, &report) }
        for text in probe.serverTexts {
            report.note("server", .init("it says: \(text.shown)", "サーバーの言葉: \(text.shown)"))
        }
        if probe.error != nil { ProbeTime(probe.steps, probe.uselessAddresses).tell(report) }
        if let error = probe.error {
            report.bad("error", .init(error.description), advice: probe.protection?.advice ?? error.advice)
        } else if probe.arrivals.isEmpty {
            report.note(
                "mails",
                .init(
                    "none from \(rules.from) in the last \(rules.validFor.text)",
                    "\(rules.from) からのメールは過去 \(rules.validFor.text) に届いていない"))
        }
    }

    private func claims(
        _ claims: MailboxStatus.Claims, _ isReadOnly: Bool, _ claimMark: Configuration.ClaimMark,
        _ report: inout CheckReport
    ) {
        if isReadOnly {
            report.bad(
                "claims",
                .init(
                    "the folder is read-only, so no claim can be marked",
                    "フォルダーが読み取り専用なので、受け取りの印を付けられない"),
                advice: .init(
                    "Give the user the right to set flags, or set claim_mark = \"memory\".",
                    "ユーザーにフラグを付ける権限を与えるか、claim_mark = \"memory\" を設定してください。"))
            return
        }
        switch claims {
        case .exclusive:
            report.good(
                "claims",
                .init(
                    "exclusive: marked on the server, also among several daemons, and found again after a restart",
                    "exclusive: サーバー上に印を付ける。複数のデーモンの間でも、再起動の後でも有効"))
        case .marked:
            report.note(
                "claims",
                .init(
                    "marked: found again after a restart, but only one daemon may watch this folder: two could claim the same mail",
                    "marked: 再起動の後でも有効。ただし、このフォルダーを監視するデーモンは 1 つに限ること (2 つでは同じメールを受け取りうる)"))
        case .memory where claimMark == .memory:
            report.good(
                "claims",
                .init(
                    "memory: nothing is written; after a restart, mails that were there are in doubt unless the runtime directory remembers them",
                    "memory: 何も書き込まない。再起動の前からあるメールは、runtime ディレクトリーの記録がなければ inDoubt になる"))
        case .memory:
            report.note(
                "claims",
                .init(
                    "memory: the folder keeps neither keywords nor \\Flagged and \\Answered; after a restart, mails that were there are in doubt unless the runtime directory remembers them",
                    "memory: フォルダーがキーワードも \\Flagged・\\Answered も保存しない。再起動の前からあるメールは、runtime ディレクトリーの記録がなければ inDoubt になる"
                ))
        }
    }

    private func mail(_ arrival: Arrival<Recognition>, _ report: inout CheckReport) {
        let issuedAt = arrival.reading.issuedAt.map(RFC3339.format)
        let what = "uid \(arrival.uid)\(issuedAt.map { " issued at \($0)" } ?? "")"
        let japanese = "uid \(arrival.uid)\(issuedAt.map { " 発行 \($0)" } ?? "")"
        switch arrival.reading.verdict {
        case .accepted:
            let state =
                switch arrival.mark {
                case .none: "available"
                case .claimed: "claimed"
                case .flagged: "flagged"
                case .used: "used"
                case .rejected: "rejected"
                }
            report.good("mail", .init("\(what): accepted, \(state)", "\(japanese): 受理 (\(state))"))
        case .refused(let refusal):
            let reason = "\(refusal.reason.rawValue): \(refusal.detail)"
            report.note("mail", .init("\(what): refused: \(reason)", "\(japanese): 拒否: \(reason)"))
        }
    }
}
