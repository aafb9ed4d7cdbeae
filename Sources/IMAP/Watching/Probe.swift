import Secrets
import Synchronization

/// One look at a mailbox, for an operator: all that a watch would do, once.
public struct Probe<Reading: Sendable>: Sendable {
    /// TLS protects the connection.
    public var isProtected = false
    /// What the server told last, in alphabetical order. RFC 3501 section 7.2.1.
    public var capabilities: [String] = []
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
        var heard: [HeardText] = []
        var secrets: [Secret] = []
        do throws(IMAPError) {
            let session = try logIn(settings, channel.stop, { heard.append($0) }, &secrets)
            let watch = try Watch(session, channel, MailboxMemory())
            claims = watch.claims
            isReadOnly = watch.isReadOnly
            messages = watch.messageCount
            try watch.catchUp()
            // Whether the server takes NOTIFY is known only now.
            arrival = watch.arrival
            session.logOut(endingIdle: false)
        } catch {
            self.error = error
            protection = Self.otherProtection(settings.endpoint, error, channel.stop)
        }
        arrivals = found.all.sorted { $0.uid < $1.uid }
        // What it said to a thing that went well in the end is nobody's business, but for what it wants to be seen.
        for text in heard.suffix(8) where error != nil || text.isAlert {
            serverTexts.append(ServerText(text, blanking: secrets))
        }
    }

    /// A session that is logged in. A token that is refused may only be stale: like the daemon it asks for another one, once.
    private mutating func logIn(
        _ settings: MailboxSettings, _ stop: EventDescriptor, _ heard: @escaping (HeardText) -> Void,
        _ secrets: inout [Secret]
    ) throws(IMAPError) -> Session {
        var addresses = ServerAddresses()
        while true {
            let session = try Session.open(
                settings.endpoint, &addresses, keywords: settings.keywords, stop: stop, heard: heard)
            isProtected = session.stream.connection.isProtected
            capabilities = session.capabilities.sorted()
            let credential: Credential
            do { credential = try settings.credential() } catch { throw .credential(reason: error.reason) }
            secrets.append(credential.secret)
            do throws(IMAPError) { try session.logIn(settings.user, credential) } catch {
                if case .tokenRefused = error, secrets.count == 1 { continue }
                throw error
            }
            isLoggedIn = true
            capabilities = session.capabilities.sorted()
            return session
        }
    }

    /// Whether the port speaks TLS where IMAP was expected, or the reverse.
    private static func otherProtection(_ endpoint: Endpoint, _ error: IMAPError, _ stop: EventDescriptor)
        -> Endpoint.Protection?
    {
        switch (endpoint.protection, error) {
        case (.implicit, .tls), (.implicit, .timeout(during: .tlsHandshake)),
            (.implicit, .closed(during: .tlsHandshake, _)):
            PortLanguage.spoken(at: endpoint, stop: stop) == .imap ? .starttls : nil
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
