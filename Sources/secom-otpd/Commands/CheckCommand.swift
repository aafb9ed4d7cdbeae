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
        report.good("configuration", "\(configuration.mailboxes.count) mailbox(es)")
        for mailbox in configuration.mailboxes where !offline { await check(mailbox, configuration, &report) }
        if report.isBad { throw ExitCode(ExitStatus.unavailable.rawValue) }
    }

    private func check(_ mailbox: Configuration.Mailbox, _ configuration: Configuration, _ report: inout CheckReport)
        async
    {
        report.heading(
            "mailbox \(mailbox.name): \(mailbox.user) at \(mailbox.endpoint.host) port \(mailbox.endpoint.port)")
        let rules = configuration.rules
        let probe = await Probe.look(MailboxSettings(mailbox, configuration)) { MailboxBoard.read($0, rules) }
        if !probe.capabilities.isEmpty {
            report.good(
                "TLS",
                probe.isProtected
                    ? "\(mailbox.endpoint.protection.rawValue), certificate and name verified" : "off (loopback)")
            report.good("capabilities", probe.capabilities.joined(separator: " "))
        }
        if probe.isLoggedIn { report.good("login", "accepted") }
        if let arrival = probe.arrival {
            switch arrival {
            case .notify, .idle: report.good("arrival", "pushed (\(arrival.rawValue.uppercased()))")
            case .poll: report.note("arrival", "the server pushes nothing; it is asked every \(mailbox.poll.text)")
            }
        }
        if let claims = probe.claims { self.claims(claims, probe.isReadOnly, configuration.claimMark, &report) }
        if let messages = probe.messages { report.good("folder", "\(mailbox.folder), \(messages) message(s)") }
        for arrival in probe.arrivals { mail(arrival, &report) }
        if let error = probe.error {
            report.bad("error", error.description)
        } else if probe.arrivals.isEmpty {
            report.note("mails", "none from \(rules.from) in the last \(rules.validFor.text)")
        }
    }

    private func claims(
        _ claims: MailboxStatus.Claims, _ isReadOnly: Bool, _ claimMark: Configuration.ClaimMark,
        _ report: inout CheckReport
    ) {
        if isReadOnly {
            report.bad(
                "claims",
                "the folder is read-only, so no claim can be marked; give the user the right to set flags, or set claim_mark = \"memory\""
            )
            return
        }
        switch claims {
        case .exclusive:
            report.good(
                "claims", "exclusive: marked on the server, also among several daemons, and found again after a restart"
            )
        case .marked:
            report.note(
                "claims",
                "marked: found again after a restart, but without CONDSTORE only one daemon may watch this folder")
        case .memory where claimMark == .memory:
            report.good("claims", "memory: nothing is written; a restart forgets what was claimed")
        case .memory: report.note("claims", "memory: the server keeps no keywords; a restart forgets what was claimed")
        }
    }

    private func mail(_ arrival: Arrival<Recognition>, _ report: inout CheckReport) {
        let issued = arrival.reading.issuedAt.map { " issued at \(RFC3339.format($0))" } ?? ""
        let what = "uid \(arrival.flags.uid)\(issued)"
        switch arrival.reading.verdict {
        case .accepted:
            let state =
                switch Keywords.record(arrival.flags) {
                case .unmarked: "available"
                case .claimed: "claimed"
                case .used: "used"
                case .rejected: "rejected"
                }
            report.good("mail", "\(what): accepted, \(state)")
        case .refused(let refusal):
            report.note("mail", "\(what): refused: \(refusal.reason.rawValue): \(refusal.detail)")
        }
    }
}
