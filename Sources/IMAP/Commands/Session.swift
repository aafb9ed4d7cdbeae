import Glibc

/// One IMAP session: from the connection to the open mailbox, one command after the other, and then many commands at
/// once. Lives on one thread, blocks it, and is discarded after any error except a plain refusal.
///
/// It is based on libetpan: see ``LibEtPan``. ``ResponseStream`` reads what the server sends, and libetpan reads only its results.
final class Session {
    let stream: ResponseStream
    let libetpan: LibEtPan
    /// The keywords of our own.
    let keywords: [String]
    /// In upper case.
    var capabilities: Set<String> = []
    /// Why reading or writing failed.
    private(set) var failure: IMAPError?
    private(set) var deadline: Deadline
    private(set) var phase = Phase.greeting
    /// The last tagged response.
    private(set) var lastStatus: StatusResponse?
    /// What an untagged NO or BAD told of the server's state since the command began: the tagged one after it often says no more.
    private(set) var stateTold: StatusResponse?
    /// Told of each response before libetpan reads it.
    private var observe: (Response) -> Void = { _ in }
    private var commandEnds = CommandEnds()

    /// What begins has no longer than until then, while the session is being opened.
    private var opening: Deadline?

    /// Time that a server gets for one command, and for everything up to a session.
    static let commandTimeout: Duration = .seconds(30)
    /// Time that it gets for its greeting: a dead backend behind a live balancer never greets. One that took longer is given ``commandTimeout``
    /// the next time: some look up the caller's name first, or keep callers waiting on purpose.
    static let greetingTimeout: Duration = .seconds(10)

    /// Reads the greeting and protects the connection, all of it until then; after it the capabilities are known.
    ///
    /// - Parameters:
    ///   - keywords: those of our own, see ``ResponseReader``.
    ///   - greeting: time for the greeting.
    ///   - heard: told of what the server says of a refusal, word for word.
    init(
        over connection: Connection, keywords: [String] = [], greeting: Duration = greetingTimeout,
        until opening: Deadline,
        heard: ((HeardText) -> Void)? = nil
    ) throws(IMAPError) {
        stream = ResponseStream(connection, keywords: keywords)
        stream.heard = heard
        self.keywords = keywords
        self.opening = opening
        deadline = min(opening, .after(greeting))
        guard let libetpan = LibEtPan() else { throw .outOfStep(during: .greeting, code: -1) }
        self.libetpan = libetpan
        switch libetpan.connect(read: { [unowned self] in readCanonical() }, write: { [unowned self] in write($0) }) {
        case .done: break
        case .preauthenticated:
            if connection.endpoint.protection == .starttls { throw .startTLS(.preauthenticated) }
        case .refused: throw failure ?? .outOfStep(during: .greeting, code: -1)
        case .failed(let code): throw failure ?? .outOfStep(during: .greeting, code: code)
        }
        try askCapabilities()
        if connection.endpoint.protection == .starttls { try startTLS() }
        self.opening = nil
    }

    func offers(_ capability: String) -> Bool { capabilities.contains(capability) }

    // MARK: One command after the other, through libetpan

    /// What is done next, for errors, and how long it may take.
    func begin(_ phase: Phase, timeout: Duration = Session.commandTimeout, bounds: ResponseStream.Bounds = .init()) {
        self.phase = phase
        deadline = .after(timeout)
        if let opening { deadline = min(deadline, opening) }
        lastStatus = nil
        stateTold = nil
        stream.expect(bounds)
    }

    /// Sends a command and waits for its end. Everything else that comes meanwhile is shown to `observe`.
    func execute(_ command: Command, observe: @escaping (Response) -> Void = { _ in }) throws(IMAPError)
        -> StatusResponse
    {
        begin(.command(command.name), bounds: command.bounds)
        self.observe = observe
        defer { self.observe = { _ in } }
        let tag = libetpan.nextTag()
        guard libetpan.write("\(tag) \(command.text)\r\n") else { throw failure ?? .outOfStep(during: phase, code: -1) }
        let outcome = libetpan.readResponse()
        if let failure { throw failure }
        guard let status = lastStatus else {
            if case .failed(let code) = outcome { throw .outOfStep(during: phase, code: code) }
            throw .outOfStep(during: phase, code: -1)
        }
        return status
    }

    /// The same, where anything but OK is an error.
    func run(_ command: Command, observe: @escaping (Response) -> Void = { _ in }) throws(IMAPError) {
        let status = try execute(command, observe: observe)
        guard status.condition == .ok else { throw .refusal(of: command.name, status) }
    }

    /// The next response for libetpan; nil after a failure.
    private func readCanonical() -> [UInt8]? {
        guard failure == nil else { return nil }
        do throws(IMAPError) {
            while true {
                let response = try next()
                // Nothing but a login waits for one.
                if case .continuation = response, phase != .login { continue }
                observe(response)
                let bytes = response.canonical
                if !bytes.isEmpty { return bytes }
            }
        } catch {
            failure = error
            return nil
        }
    }

    /// The next response while one command is under way, waiting for it.
    func next() throws(IMAPError) -> Response {
        let response = try stream.next(until: deadline, during: phase)
        switch response {
        // Nothing that counts comes after it; and libetpan leaks memory for a greeting that is one.
        case .status(let status) where status.condition == .bye:
            throw status.stateError ?? .closed(during: phase, code: status.code?.name ?? "BYE")
        case .status(let status): if status.state != nil { stateTold = status }
        case .tagged(let tag, let status):
            guard tag == libetpan.tag else { throw .breach(.unexpectedTag) }
            lastStatus = status
        default: break
        }
        return response
    }

    /// Writes at once; false after a failure.
    private func write(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard failure == nil else { return false }
        do throws(IMAPError) { try stream.connection.send(bytes, until: deadline, during: phase) } catch {
            failure = error
            return false
        }
        return true
    }

    /// Writes at once, past libetpan: for what nobody but the socket's buffers is to hold a copy of.
    func write(_ bytes: [UInt8]) throws(IMAPError) {
        guard bytes.withUnsafeBytes(write) else { throw failure ?? .outOfStep(during: phase, code: -1) }
    }

    // MARK: Many at once

    /// Sends commands in one write, and does not wait. An IDLE under way is ended before them. ``receive()`` has what comes.
    ///
    /// - Parameter pushes: what the server may push besides the answers, at any time.
    func send(_ commands: [Command], endingIdle: Bool, pushes: ResponseStream.Bounds?) throws(IMAPError) {
        // Without a command it is an IDLE that is ended.
        var bounds = ResponseStream.Bounds(total: commands.isEmpty ? ResponseStream.Bounds().total : 0)
        for more in commands.map(\.bounds) + [pushes].compactMap({ $0 }) {
            bounds.literal = max(bounds.literal, more.literal)
            bounds.total += more.total
        }
        begin(commands.first.map { .command($0.name) } ?? .waiting, bounds: bounds)
        var text = endingIdle ? Idle.done : ""
        if endingIdle { commandEnds.idleEnded() }
        for command in commands {
            let tag = libetpan.nextTag()
            commandEnds.sent(tag, command.name)
            text += "\(tag) \(command.text)\r\n"
        }
        guard libetpan.write(text) else { throw failure ?? .outOfStep(during: phase, code: -1) }
    }

    /// Has the server end what is under way, an IDLE that it has confirmed among it, and reads to the end of it: one command after the
    /// other may follow. What is told meanwhile is for nobody.
    func endAll(endingIdle: Bool) throws(IMAPError) {
        deadline = .after(Self.commandTimeout)
        if endingIdle, !libetpan.write(Idle.done) { throw failure ?? .outOfStep(during: phase, code: -1) }
        if endingIdle { commandEnds.idleEnded() }
        while let name = commandEnds.oldest {
            phase = .command(name)
            while commandEnds.next() == nil {
                switch try stream.next(until: deadline, during: phase) {
                case .tagged(let tag, let status): try commandEnds.received(tag, status)
                // An IDLE that was on its way.
                case .continuation:
                    guard libetpan.write(Idle.done) else { throw failure ?? .outOfStep(during: phase, code: -1) }
                case .fetch(let fetch): fetch.wipe()
                case .status(let status) where status.condition == .bye: throw .closed(during: phase, code: "BYE")
                default: break
                }
            }
        }
    }

    /// Whether ``receive()`` has something although nothing has come.
    var hasHeldBack: Bool { commandEnds.hasNext }

    /// What has come, without waiting. A tagged response is one of the oldest command that is under way.
    func receive() throws(IMAPError) -> Response? {
        while true {
            if let (tag, status) = commandEnds.next() { return .tagged(tag: tag, status) }
            phase = commandEnds.oldest.map { .command($0) } ?? .waiting
            guard let response = try stream.nextNow(during: phase) else { return nil }
            guard case .tagged(let tag, let status) = response else { return response }
            try commandEnds.received(tag, status)
        }
    }
}
