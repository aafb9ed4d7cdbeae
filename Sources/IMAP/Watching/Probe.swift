import Secrets
import Synchronization

/// One look at a mailbox, for an operator: all that a watch would do, once.
public struct Probe<Reading: Sendable>: Sendable {
    /// TLS protects the connection.
    public var isProtected = false
    /// What the server told last, in alphabetical order. RFC 3501 section 7.2.1.
    public var capabilities: [String] = []
    /// The server took the login.
    public var isLoggedIn = false
    /// How a watch would learn of new mail; nil when the look ended before that was known.
    public var arrival: MailboxStatus.ArrivalMethod?
    /// What a claim would be worth; nil when the folder was not opened.
    public var claims: MailboxStatus.Claims?
    /// The folder takes no marks although it should.
    public var isReadOnly = false
    /// How many messages the folder holds, as the server told; nil when it was not opened.
    public var messages: Int?
    /// The mails of the look-back time that matter, the oldest first.
    public var arrivals: [Arrival<Reading>] = []
    /// What ended the look before its end.
    public var error: IMAPError?
    /// What the server itself said to a refusal, and what it wants a user to see.
    public var serverTexts: [ServerText] = []
    /// How TLS begins on this port, where that is not as it is configured.
    public var protection: Endpoint.Protection?
    /// What it did, in this order, and how long each step took: in the last one it ended.
    public var steps: [ProbeStep] = []
    /// It had no more time: ``error`` names what was awaited then.
    public var isOutOfTime = false
    /// Addresses of the host that took a connection and were of no use.
    public var uselessAddresses = 0

    /// Looks. Nothing is written to the mailbox.
    ///
    /// - Parameter limit: all of it takes no longer than this, whatever the server does, but for the ten seconds in which a port that
    ///   speaks no TLS, or nothing else, is told from one that is silent.
    public static func look(
        _ settings: MailboxSettings, within limit: Duration = .seconds(50),
        read: @escaping @Sendable (FetchedMessage) -> Interest<Reading>
    ) async -> Probe<Reading> {
        let end = Deadline.after(limit)
        return await withCheckedContinuation { continuation in
            let isStarted = BlockingThread.start { continuation.resume(returning: Probe(settings, until: end, read)) }
            if !isStarted { continuation.resume(returning: Probe()) }
        }
    }

    private init() {
        error = .noThread
    }

    private init(
        _ settings: MailboxSettings, until end: Deadline,
        _ read: @escaping @Sendable (FetchedMessage) -> Interest<Reading>
    ) {
        let found = Found<Reading>()
        let channel = MailboxChannel(settings, stop: EventDescriptor(at: end), read: read) { event in
            if case .arrived(let arrivals) = event { found.add(arrivals) }
        }
        var heard: [HeardText] = []
        var secrets: [Secret] = []
        var steps = ProbeSteps()
        do throws(IMAPError) {
            let session = try logIn(settings, channel.stop, until: end, { heard.append($0) }, &secrets, &steps)
            let watch = try steps.measure(.opening) { () throws(IMAPError) in
                try Watch(session, channel, MailboxMemory())
            }
            claims = watch.claims
            isReadOnly = watch.isReadOnly
            messages = watch.messageCount
            try steps.measure(.search) { () throws(IMAPError) in try watch.catchUp() }
            // Whether the server takes NOTIFY is known only now.
            arrival = watch.arrival
            session.logOut(endingIdle: false)
        } catch {
            // Nothing but the end of the time stops a look.
            isOutOfTime = error == .cancelled
            let phase = steps.all.last?.phase(host: settings.endpoint.host) ?? .greeting
            let reason = isOutOfTime ? .timeout(during: phase) : error
            self.error = reason
            protection = Self.otherProtection(settings.endpoint, reason, EventDescriptor())
        }
        self.steps = steps.all
        arrivals = found.all.sorted { $0.uid < $1.uid }
        // What it said to a thing that went well in the end is nobody's business, but for what it wants to be seen.
        for text in heard.suffix(8) where error != nil || text.isAlert {
            serverTexts.append(ServerText(text, blanking: secrets))
        }
    }

    /// Time that a command which is asked for a credential may take: none is asked where less is left.
    private static var credentialTime: Duration { .seconds(30) }

    /// A session that is logged in. A token that is refused may only be stale: like the daemon it asks for another one, once.
    private mutating func logIn(
        _ settings: MailboxSettings, _ stop: EventDescriptor, until end: Deadline,
        _ heard: @escaping (HeardText) -> Void, _ secrets: inout [Secret], _ steps: inout ProbeSteps
    ) throws(IMAPError) -> Session {
        var addresses = ServerAddresses()
        while true {
            // Asked for first, while there is time: nothing can interrupt it. What is wrong with it is told after what is wrong with the
            // server.
            let credential: Result<Credential, CredentialError> = try steps.measure(.credential) {
                Result { () throws(CredentialError) in try settings.credential() }
            }
            defer { uselessAddresses = addresses.memory.doubtful.count }
            let session = try steps.measure(.connection) { () throws(IMAPError) in
                try Session.open(settings.endpoint, &addresses, keywords: settings.keywords, stop: stop, heard: heard)
            }
            isProtected = session.stream.connection.isProtected
            capabilities = session.capabilities.sorted()
            let chosen: Credential
            do throws(CredentialError) { chosen = try credential.get() } catch {
                throw .credential(reason: error.reason)
            }
            secrets.append(chosen.secret)
            do throws(IMAPError) {
                try steps.measure(.login) { () throws(IMAPError) in try session.logIn(settings.user, chosen) }
            } catch {
                if case .tokenRefused = error, secrets.count == 1, end.remaining >= Self.credentialTime { continue }
                throw error
            }
            isLoggedIn = true
            capabilities = session.capabilities.sorted()
            return session
        }
    }

    /// Whether the port speaks TLS where IMAP was expected. (The reverse is known by the handshake.)
    private static func otherProtection(_ endpoint: Endpoint, _ error: IMAPError, _ stop: EventDescriptor)
        -> Endpoint.Protection?
    {
        switch (endpoint.protection, error) {
        case (.starttls, .breach), (.starttls, .timeout(during: .greeting)), (.starttls, .closed(during: .greeting, _)),
            (.off, .breach), (.off, .timeout(during: .greeting)), (.off, .closed(during: .greeting, _)):
            PortLanguage.spoken(at: endpoint, stop: stop) == .tls ? .implicit : nil
        default: nil
        }
    }
}

/// Where a probe's mails gather.
private final class Found<Reading: Sendable>: Sendable {
    private let arrivals = Mutex<[Arrival<Reading>]>([])
    func add(_ more: [Arrival<Reading>]) { arrivals.withLock { $0 += more } }
    var all: [Arrival<Reading>] { arrivals.withLock { $0 } }
}
