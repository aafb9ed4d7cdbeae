/// One step of a check of a mailbox, and how long it took: where the time went.
public struct ProbeStep: Equatable, Sendable {
    /// In the order in which a check does them.
    public enum Work: Equatable, Sendable {
        /// The password or token was asked for: a file, or a command of its own.
        case credential
        /// Look-up, TCP, TLS and greeting, at one address after the other.
        case connection
        case login
        /// The mailbox was opened.
        case opening
        /// The mails of the look-back time were searched for and read.
        case search
        /// Other mailboxes of the account were asked for or searched.
        case others
    }

    /// What was done.
    public let work: Work
    /// How long, up to its end or to the end of the check.
    public let took: Duration

    /// What the server was to do, for an error.
    func phase(host: String) -> Phase {
        switch work {
        case .credential, .connection: .connecting(host: host)
        case .login: .login
        case .opening: .command(.select)
        case .search, .others: .command(.uidSearch)
        }
    }
}

/// The steps of one check, each measured.
struct ProbeSteps {
    private(set) var all: [ProbeStep] = []

    mutating func measure<Result>(_ work: ProbeStep.Work, _ body: () throws(IMAPError) -> Result) throws(IMAPError)
        -> Result
    {
        let began = Deadline.now
        defer { all.append(ProbeStep(work: work, took: Deadline.now.remaining(from: began))) }
        return try body()
    }
}
