import Glibc
import Secrets
import Synchronization

/// One check of a mailbox, for an operator: everything that a watch would do, once.
public struct Probe<Reading: Sendable>: Sendable {
    /// TLS protects the connection.
    public var isProtected = false
    /// What the server told last, in alphabetical order. RFC 3501 section 7.2.1.
    public var capabilities: [String] = []
    /// The server took the login.
    public var isLoggedIn = false
    /// How a watch would learn of new mail; nil when the check ended before that was known.
    public var arrival: MailboxStatus.ArrivalMethod?
    /// What a claim would be worth; nil when the folder was not opened.
    public var claims: MailboxStatus.Claims?
    /// The folder takes no marks although it should.
    public var isReadOnly = false
    /// How many messages the folder holds, as the server told; nil when it was not opened.
    public var messages: Int?
    /// The mails of the look-back time that matter, the oldest first.
    public var arrivals: [Arrival<Reading>] = []
    /// What ended the check before its end.
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

    /// Where ``MailboxSettings`` has used mails moved to: what there is to know of that.
    public var moveTarget: MoveTarget?
    /// Where the sender's mail is instead, where none is in the mailbox.
    public var misplaced: MisplacedMail?

    /// Looks. Nothing is written to any mailbox.
    ///
    /// - Parameters:
    ///   - afterUse: what is done to a used mail: whether it can be is looked for too.
    ///   - limit: the server gets no longer than this, whatever it does, but for the five seconds in which a port that speaks no TLS, or
    ///     nothing else, is told from one that is silent.
    ///   - longest: all of it takes no longer than this and those five seconds, but for a credential that is late by itself.
    ///   - stop: ends it at once.
    public static func look(
        _ settings: MailboxSettings, afterUse: AfterUse = .keep, within limit: Duration = .seconds(25),
        atMost longest: Duration = .seconds(55), stop: ProbeStop = ProbeStop(),
        read: @escaping @Sendable (FetchedMessage) -> Interest<Reading>
    ) async -> Probe<Reading> {
        let time = ProbeTimeLimits(forServer: limit, end: .after(longest))
        return await withCheckedContinuation { continuation in
            let isStarted = BlockingThread.start(.look) {
                continuation.resume(returning: Probe(settings, afterUse, time, stop.event, read))
            }
            if !isStarted { continuation.resume(returning: Probe()) }
        }
    }

    private init() {
        error = .noThread
    }

    private init(
        _ settings: MailboxSettings, _ afterUse: AfterUse, _ time: ProbeTimeLimits, _ stop: EventDescriptor,
        _ read: @escaping @Sendable (FetchedMessage) -> Interest<Reading>
    ) {
        let found = Found<Reading>()
        let channel = MailboxChannel(settings, stop: stop, read: read) { event in
            if case .arrived(let arrivals) = event { found.add(arrivals) }
        }
        var heard: [HeardText] = []
        var secrets: [Secret] = []
        var steps = ProbeSteps()
        do throws(IMAPError) {
            let session = try logIn(settings, stop, time, { heard.append($0) }, &secrets, &steps)
            let watch = try steps.measure(.opening) { () throws(IMAPError) in
                try Watch(session, channel, MailboxMemory())
            }
            claims = watch.claims
            isReadOnly = watch.isReadOnly
            messages = watch.messageCount
            try steps.measure(.search) { () throws(IMAPError) in try watch.catchUp() }
            // Whether the server takes NOTIFY is known only now.
            arrival = watch.arrival
            // What it says to these is of no mailbox that is watched, and that they fail is no reason why this one could not serve.
            session.stream.heard = nil
            try? steps.measure(.others) { () throws(IMAPError) in
                try lookAtOthers(session, watch, settings, afterUse, isMissing: found.all.isEmpty)
                session.logOut(endingIdle: false)
            }
        } catch {
            // Nothing but the end of the time stops a check.
            isOutOfTime = error == .cancelled
            let phase = steps.all.last?.phase(host: settings.endpoint.host) ?? .greeting
            let reason = isOutOfTime ? .timeout(during: phase) : error
            self.error = reason
            stop.comesDue(at: .after(.seconds(5)))
            protection = Self.otherProtection(settings.endpoint, reason, stop)
        }
        self.steps = steps.all
        arrivals = found.all.sorted { $0.uid < $1.uid }
        // What it said to a thing that went well in the end is of no interest, but for what it wants to be seen.
        for text in heard.suffix(8) where error != nil || text.isAlert {
            serverTexts.append(ServerText(text, blanking: secrets))
        }
    }

    /// The mailbox that used mails go to; and where the sender's mail is, if it is not here.
    private mutating func lookAtOthers(
        _ session: Session, _ watch: Watch<Reading>, _ settings: MailboxSettings, _ afterUse: AfterUse, isMissing: Bool
    ) throws(IMAPError) {
        var target: String?
        if case .move(let name) = afterUse { target = name }
        let isMoving = target != nil && settings.isWritable
        guard isMoving || isMissing else { return }
        try session.endAll(endingIdle: watch.isIdling)
        if watch.arrival == .notify { _ = try session.execute(.notifyNone) }
        if isMoving, let target { moveTarget = try session.moveTarget(target) }
        guard isMissing else { return }
        let since = Double(time(nil)) - Double(settings.lookBack.components.seconds)
        // What was used lies there, and rightly so.
        misplaced = try session.misplacedMail(
            from: settings.sender, since: since, without: [settings.folder] + (target.map { [$0] } ?? []))
    }

    /// Time that a command which is asked for a credential may take: none is asked where less is left.
    private static var credentialTime: Duration { .seconds(30) }
    /// How long an address may take to be connected to, and again for TLS: less than a daemon gives it, for who waits sits there.
    private static var patience: Duration { .seconds(12) }

    /// A session that is logged in. A token that is refused may only be stale: like the daemon it asks for another one, once.
    private mutating func logIn(
        _ settings: MailboxSettings, _ stop: EventDescriptor, _ time: ProbeTimeLimits,
        _ heard: @escaping (HeardText) -> Void, _ secrets: inout [Secret], _ steps: inout ProbeSteps
    ) throws(IMAPError) -> Session {
        var addresses = ServerAddresses()
        while true {
            // Asked for first, while there is time: nothing can interrupt it. What is wrong with it is told after what is wrong with the
            // server.
            let credential: Result<Credential, CredentialError> = try steps.measure(.credential) {
                Result { () throws(CredentialError) in try settings.credential() }
            }
            stop.comesDue(at: min(time.end, .after(time.forServer)))
            defer { uselessAddresses = addresses.memory.doubtful.count }
            let session = try steps.measure(.connection) { () throws(IMAPError) in
                try Session.open(
                    settings.endpoint, &addresses, keywords: settings.keywords, stop: stop, patience: Self.patience,
                    heard: heard)
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
                if case .tokenRefused = error, secrets.count == 1, time.end.remaining >= Self.credentialTime {
                    continue
                }
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

/// How long a check may take.
private struct ProbeTimeLimits: Sendable {
    /// The server, from each time that a credential is at hand.
    let forServer: Duration
    /// All of it.
    let end: Deadline
}

/// Ends a check that is under way, from any thread, at once. For one check.
public final class ProbeStop: Sendable {
    let event = EventDescriptor()
    public init() {}
    /// What comes of the check is of no use then.
    public func signal() { event.signal() }
}

/// Collects a probe's mails.
private final class Found<Reading: Sendable>: Sendable {
    private let arrivals = Mutex<[Arrival<Reading>]>([])
    func add(_ more: [Arrival<Reading>]) { arrivals.withLock { $0 += more } }
    var all: [Arrival<Reading>] { arrivals.withLock { $0 } }
}
