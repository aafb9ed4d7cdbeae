import FoundationEssentials
import Handoff
import IMAP
import Recognition

/// What was found out about one mailbox, in words: those of `secom-otpd check` and of the daemon's own check.
struct CheckedMailbox: Sendable {
    /// How it was looked at.
    enum Outcome: Sendable {
        case looked(Probe<Recognition>)
        /// It was not: the daemon logs in no sooner than then, in seconds since 1970, after this refusal.
        case heldBack(IMAPError, until: Double)
        /// It was not: the time was over before its turn came.
        case noTime
    }

    let name: String
    let heading: String
    var report = CheckReport()
    /// All in one line, where nothing else is to be told.
    private(set) var brief = CheckReport.Words("")

    /// - Parameters:
    ///   - isWatched: whether a session of the daemon is open, whatever the check's own connection found.
    ///   - now: what is of no use any more by then has expired.
    init(
        _ outcome: Outcome, _ mailbox: Configuration.Mailbox, _ configuration: Configuration, isWatched: Bool = false,
        now: Date
    ) {
        name = mailbox.name
        heading = "mailbox \(mailbox.name): \(mailbox.user) at \(mailbox.endpoint.host) port \(mailbox.endpoint.port)"
        switch outcome {
        case .looked(let probe): found(probe, mailbox, configuration, isWatched, now)
        case .heldBack(let error, let until):
            let time = RFC3339.format(Date(timeIntervalSince1970: until.rounded(.up)))
            report.note(
                "login",
                .init(
                    "not tried: because of the refusal below, the daemon does not log in again before \(time)",
                    "試していない: 下記の理由で拒否されたので、デーモンは \(time) までログインしない"))
            failed(error, advice: error.advice, isWatched)
        case .noTime:
            report.bad(
                "time",
                .init(
                    "not checked: the mailboxes before it took up all the time",
                    "時間切れのため確認していない (前のメールボックスに時間がかかりすぎた)"),
                advice: .init(
                    "Check it alone: --mailbox \(mailbox.name)", "単独で確認してください: --mailbox \(mailbox.name)"))
        }
    }

    /// That it was found some time ago.
    mutating func isOf(age: Duration) {
        let seconds = max(age.components.seconds, 0)
        report.fact(
            "time",
            .init(
                "result from \(seconds) s ago: the daemon checks a mailbox at most once a minute",
                "\(seconds) 秒前の結果 (デーモンが同じメールボックスを確認するのは 1 分に 1 回まで)"))
    }

    private mutating func found(
        _ probe: Probe<Recognition>, _ mailbox: Configuration.Mailbox, _ configuration: Configuration,
        _ isWatched: Bool, _ now: Date
    ) {
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
        if let arrival = probe.arrival { self.arrival(arrival, mailbox.poll) }
        if let claims = probe.claims { self.claims(claims, probe.isReadOnly, configuration.claimMark) }
        if let messages = probe.messages {
            report.good(
                "folder", .init("\(mailbox.folder), \(messages) message(s)", "\(mailbox.folder)、\(messages) 通"))
        }
        if probe.error == nil { afterUse(mailbox.afterUse, probe, configuration.claimMark) }
        for arrival in probe.arrivals { report.mail(arrival, now) }
        for text in probe.serverTexts {
            report.note("server", .init("it says: \(text.shown)", "サーバーの言葉: \(text.shown)"))
        }
        if let error = probe.error {
            ProbeTime(probe.steps, probe.uselessAddresses).tell(&report)
            failed(error, advice: probe.protection?.advice ?? error.advice, isWatched)
        } else if let misplaced = probe.misplaced {
            report.note(
                "mails",
                .init(
                    "the mail from \(rules.from) is in \"\(misplaced.mailbox)\" (\(misplaced.count)), not in \"\(mailbox.folder)\"",
                    "\(rules.from) からのメールは \"\(mailbox.folder)\" ではなく \"\(misplaced.mailbox)\" にある (\(misplaced.count) 通)"
                ),
                advice: .init(
                    "Set folder = \"\(misplaced.mailbox)\", or fix the filter that puts it there.",
                    "folder = \"\(misplaced.mailbox)\" を設定するか、そこへ振り分けているフィルターを直してください。"))
        } else if probe.arrivals.isEmpty {
            report.fact(
                "mails",
                .init(
                    "none from \(rules.from) in the last \(rules.validFor.text)",
                    "\(rules.from) からのメールは過去 \(rules.validFor.text) に届いていない"))
        }
        brief = Self.brief(probe)
    }

    private mutating func failed(_ error: IMAPError, advice: CheckReport.Words?, _ isWatched: Bool) {
        guard isWatched, case .tooManyConnections = error else {
            return report.bad("error", .init(error.description), advice: advice)
        }
        // It serves: what is refused is the one connection more that a check takes.
        report.note(
            "connections",
            .init(
                "the server allows this account no further connection; the daemon's own is up and watching",
                "サーバーがこのアカウントにこれ以上の接続を許可しない。デーモン自身の接続は維持され、監視を続けている"))
    }

    private static func brief(_ probe: Probe<Recognition>) -> CheckReport.Words {
        let words = [probe.arrival?.rawValue, probe.claims?.rawValue].compactMap { $0 }
        let (messages, mails) = (probe.messages ?? 0, probe.arrivals.count)
        return .init(
            (words + ["\(messages) message(s), \(mails) from the sender"]).joined(separator: ", "),
            (words + ["\(messages) 通、うち送信元から \(mails) 通"]).joined(separator: "、"))
    }

    private mutating func arrival(_ arrival: MailboxStatus.ArrivalMethod, _ poll: Duration) {
        switch arrival {
        case .notify, .idle:
            let way = arrival.rawValue.uppercased()
            report.good("arrival", .init("pushed (\(way))", "サーバーが知らせる (\(way))"))
        case .poll:
            report.fact(
                "arrival",
                .init(
                    "the server does not push; it is polled every \(poll.text)",
                    "サーバーは知らせないので、\(poll.text) ごとに問い合わせる"))
        }
    }

    private mutating func claims(
        _ claims: MailboxStatus.Claims, _ isReadOnly: Bool, _ claimMark: Configuration.ClaimMark
    ) {
        if isReadOnly {
            report.bad(
                "claims",
                .init(
                    "the folder is read-only, so claims cannot be marked",
                    "フォルダーが読み取り専用なので、受け取りの印を付けられない"),
                advice: .init(
                    "Give the user permission to set flags, or set claim_mark = \"memory\".",
                    "ユーザーにフラグを付ける権限を与えるか、claim_mark = \"memory\" を設定してください。"))
            return
        }
        switch claims {
        case .exclusive:
            report.good(
                "claims",
                .init(
                    "exclusive: marked on the server; safe across restarts and between several daemons",
                    "exclusive: サーバー上に印を付ける。複数のデーモンの間でも、再起動の後でも有効"))
        case .marked:
            report.fact(
                "claims",
                .init(
                    "marked: safe across restarts, but only one daemon may watch this folder: two could claim the same mail",
                    "marked: 再起動の後でも有効。ただし、このフォルダーを監視するデーモンは 1 つに限ること (2 つでは同じメールを受け取りうる)"))
        case .memory where claimMark == .memory:
            report.good(
                "claims",
                .init(
                    "memory: nothing is written to the mailbox; after a restart, mails that were already there are in doubt unless they are recorded in the runtime directory",
                    "memory: 何も書き込まない。再起動の前からあるメールは、runtime ディレクトリーの記録がなければ inDoubt になる"))
        case .memory:
            report.fact(
                "claims",
                .init(
                    "memory: the folder keeps neither keywords nor \\Flagged and \\Answered; after a restart, mails that were already there are in doubt unless they are recorded in the runtime directory",
                    "memory: フォルダーがキーワードも \\Flagged・\\Answered も保存しない。再起動の前からあるメールは、runtime ディレクトリーの記録がなければ inDoubt になる"
                ))
        }
    }
}
