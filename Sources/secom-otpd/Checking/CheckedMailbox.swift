import FoundationEssentials
import Handoff
import IMAP
import Messages
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
    let heading: Text
    var report = CheckReport()
    /// All in one line, where nothing else is to be told.
    private(set) var brief = Text(verbatim: "")

    /// - Parameters:
    ///   - isWatched: whether a session of the daemon is open, whatever the check's own connection found.
    ///   - now: what is of no use any more by then has expired.
    init(
        _ outcome: Outcome, _ mailbox: Configuration.Mailbox, _ configuration: Configuration, isWatched: Bool = false,
        now: Date
    ) {
        name = mailbox.name
        heading = Text(
            "mailbox \(mailbox.name): \(mailbox.user) at \(mailbox.endpoint.host) port \(mailbox.endpoint.port)")
        switch outcome {
        case .looked(let probe): found(probe, mailbox, configuration, isWatched, now)
        case .heldBack(let error, let until):
            let time = RFC3339.format(Date(timeIntervalSince1970: until.rounded(.up)))
            report.note(
                "login",
                "not tried: because of the refusal below, the daemon does not log in again before \(time)")
            failed(error, advice: error.advice, isWatched)
        case .noTime:
            report.bad(
                "time",
                "not checked: the mailboxes before it took up all the time",
                advice: Text("Check it alone: --mailbox \(mailbox.name)"))
        }
    }

    /// That it was found some time ago.
    mutating func isOf(age: Duration) {
        let seconds = max(age.components.seconds, 0)
        report.fact(
            "time",
            "result from \(seconds) s ago: the daemon checks a mailbox at most once a minute")
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
                    ? Text("\(mailbox.endpoint.protection.rawValue), certificate and name verified")
                    : Text("off (loopback)"))
            report.good("capabilities", Text(verbatim: probe.capabilities.joined(separator: " ")))
        }
        if probe.isLoggedIn { report.good("login", "accepted") }
        if let arrival = probe.arrival { self.arrival(arrival, mailbox.poll) }
        if let claims = probe.claims { self.claims(claims, probe.isReadOnly, configuration.claimMark) }
        if let messages = probe.messages {
            report.good(
                "folder", "\(mailbox.folder), \(messages) message(s)")
        }
        if probe.error == nil { afterUse(mailbox.afterUse, probe, configuration.claimMark) }
        for arrival in probe.arrivals { report.mail(arrival, now) }
        for text in probe.serverTexts {
            report.note("server", "it says: \(text.shown)")
        }
        if let error = probe.error {
            ProbeTime(probe.steps, probe.uselessAddresses).tell(&report)
            failed(error, advice: probe.protection?.advice ?? error.advice, isWatched)
        } else if let misplaced = probe.misplaced {
            report.note(
                "mails",
                "the mail from \(rules.from) is in \"\(misplaced.mailbox)\" (\(misplaced.count)), not in \"\(mailbox.folder)\"",
                advice: Text("Set folder = \"\(misplaced.mailbox)\", or fix the filter that puts it there."))
        } else if probe.arrivals.isEmpty {
            report.fact(
                "mails",
                "none from \(rules.from) in the last \(rules.validFor.text)")
        }
        brief = Self.brief(probe)
    }

    private mutating func failed(_ error: IMAPError, advice: Text?, _ isWatched: Bool) {
        guard isWatched, case .tooManyConnections = error else {
            return report.bad("error", error.text, advice: advice)
        }
        // It serves: what is refused is the one connection more that a check takes.
        report.note(
            "connections",
            "the server allows this account no further connection; the daemon's own is up and watching")
    }

    private static func brief(_ probe: Probe<Recognition>) -> Text {
        let words = [probe.arrival?.rawValue, probe.claims?.rawValue].compactMap { $0 }
        let (messages, mails) = (probe.messages ?? 0, probe.arrivals.count)
        return .list(
            words.map(Text.init(verbatim:)) + [Text("\(messages) message(s), \(mails) from the sender")])
    }

    private mutating func arrival(_ arrival: MailboxStatus.ArrivalMethod, _ poll: Duration) {
        switch arrival {
        case .notify, .idle:
            let way = arrival.rawValue.uppercased()
            report.good("arrival", "pushed (\(way))")
        case .poll:
            report.fact(
                "arrival",
                "the server does not push; it is polled every \(poll.text)")
        }
    }

    private mutating func claims(
        _ claims: MailboxStatus.Claims, _ isReadOnly: Bool, _ claimMark: Configuration.ClaimMark
    ) {
        if isReadOnly {
            report.bad(
                "claims",
                "the folder is read-only, so claims cannot be marked",
                advice: Text("Give the user permission to set flags, or set claim_mark = \"memory\"."))
            return
        }
        switch claims {
        case .exclusive:
            report.good(
                "claims",
                "exclusive: marked on the server; safe across restarts and between several daemons")
        case .marked:
            report.fact(
                "claims",
                "marked: safe across restarts, but only one daemon may watch this folder: two could claim the same mail"
            )
        case .memory where claimMark == .memory:
            report.good(
                "claims",
                "memory: nothing is written to the mailbox; after a restart, mails that were already there are in doubt unless they are recorded in the runtime directory"
            )
        case .memory:
            report.fact(
                "claims",
                "memory: the folder keeps neither keywords nor \\Flagged and \\Answered; after a restart, mails that were already there are in doubt unless they are recorded in the runtime directory"
            )
        }
    }
}
