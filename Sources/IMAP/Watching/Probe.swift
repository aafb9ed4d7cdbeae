import Synchronization

/// One look at a mailbox, for an operator: all that a watch would do, once.
public struct Probe<Reading: Sendable>: Sendable {
    /// What was found, as far as it went.
    public var isProtected = false
    public var capabilities: [String] = []
    public var isLoggedIn = false
    public var arrival: MailboxStatus.Arrival?
    public var claims: MailboxStatus.Claims?
    public var isReadOnly = false
    public var messages: Int?
    /// The mails of the look-back time that matter, the oldest first.
    public var arrivals: [Arrival<Reading>] = []
    /// What ended the look before its end.
    public var error: IMAPError?

    /// Looks. Nothing is written to the mailbox.
    public static func look(
        _ settings: MailboxSettings, read: @escaping @Sendable (FetchedMessage) -> Interest<Reading>
    ) async -> Probe<Reading> {
        await withCheckedContinuation { continuation in
            let isStarted = BlockingThread.start { continuation.resume(returning: Probe(settings, read)) }
            if !isStarted { continuation.resume(returning: Probe()) }
        }
    }

    private init() {
        error = .noThread
    }

    private init(_ settings: MailboxSettings, _ read: @escaping @Sendable (FetchedMessage) -> Interest<Reading>) {
        let found = Found<Reading>()
        let channel = MailboxChannel(settings, read: read) { event in
            if case .arrived(let arrivals) = event { found.add(arrivals) }
        }
        do throws(IMAPError) {
            let session = try Session(to: settings.endpoint, keywords: settings.keywords, stop: channel.stop)
            isProtected = session.stream.connection.isProtected
            capabilities = session.capabilities.sorted()
            let credential: Credential
            do { credential = try settings.credential() } catch { throw .credential(reason: error.reason) }
            try session.logIn(settings.user, credential)
            isLoggedIn = true
            capabilities = session.capabilities.sorted()
            let watch = try Watch(session, channel, MailboxMemory())
            claims = watch.claims
            isReadOnly = watch.isReadOnly
            messages = watch.messageCount
            try watch.catchUp()
            // Whether the server takes NOTIFY is known only now.
            arrival = watch.arrival
            session.logOut(endingIdle: false)
        } catch { self.error = error }
        arrivals = found.all.sorted { $0.flags.uid < $1.flags.uid }
    }
}

/// Where a probe's mails gather.
private final class Found<Reading: Sendable>: Sendable {
    private let arrivals = Mutex<[Arrival<Reading>]>([])
    func add(_ more: [Arrival<Reading>]) { arrivals.withLock { $0 += more } }
    var all: [Arrival<Reading>] { arrivals.withLock { $0 } }
}
