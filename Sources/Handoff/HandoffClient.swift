public import Ledger
import Messages
public import ProcessRuntime
public import Varlink

/// The daemon's socket, from a worker's side.
public struct HandoffClient: Sendable {
    private let client: VarlinkClient
    private let language: Language

    /// Where the daemon listens unless it is told otherwise.
    public static let defaultPath = "/run/secom-otpd/handoff.sock"
    private static let prefix = "org.secom-otpd.Handoff."

    /// Connects.
    ///
    /// - Parameters:
    ///   - executor: on whose event loop the socket's work is done.
    ///   - language: of what the daemon says for people to read.
    public init(
        connectingTo path: String = defaultPath, on executor: EventLoopExecutor, language: Language = .english
    ) async throws(VarlinkClientError) {
        self.language = language
        client = try await VarlinkClient(connectingTo: path, on: executor.eventLoop)
    }

    /// What to ask for. Times are RFC 3339; see the interface's text.
    public struct Request: Sendable {
        public var mailbox: String?
        public var recipient: String?
        public var issuedAfter: String?
        public var waitSeconds = 0
        public var includesInDoubt = false
        public init() {}
    }

    /// Why a call brought no result.
    public enum Failure: Error, Sendable {
        case handoff(ClaimError)
        /// The daemon has no room now, of which kind its words tell.
        case busy(Text)
        case client(VarlinkClientError)
        /// The daemon is there, and has not answered in this time.
        case noAnswer(within: Duration)

        /// Whether it is different a moment later, without anybody's doing: a daemon that restarts, or is full.
        public var passes: Bool {
            switch self {
            case .busy, .client(.closed), .client(.full): true
            case .handoff, .client, .noAnswer: false
            }
        }

        /// Whether there is no daemon at the socket: it restarts, or does not run.
        public var isAbsence: Bool {
            switch self {
            case .client(.notFound), .client(.refused): true
            case .handoff, .busy, .client, .noAnswer: false
            }
        }
    }

    /// Claims one password; the result is the interface's `OneTimePassword`.
    public func claim(_ request: Request) async throws(Failure) -> JSON.Object {
        let reply = try await call(
            "Claim",
            [
                "mailbox": JSON(request.mailbox), "recipient": JSON(request.recipient),
                "issuedAfter": JSON(request.issuedAfter), "waitSeconds": .int(request.waitSeconds),
                "includeInDoubt": .bool(request.includesInDoubt),
            ])
        guard let password = reply["oneTimePassword"]?.object else {
            throw .client(.breach(Text("a Claim without a password")))
        }
        return password
    }

    /// Ends a claim.
    public func settle(_ id: String, _ outcome: Outcome) async throws(Failure) {
        _ = try await call("Settle", ["id": .string(id), "outcome": .string(outcome.rawValue)])
    }

    /// The whole reply of Status.
    public func status() async throws(Failure) -> JSON.Object { try await call("Status", [:]) }

    /// Has the daemon look at one mailbox, or at all of them (nil); each answer is handed over as it comes. Returns whether all could serve.
    public func check(_ mailbox: String?, each: @Sendable (CheckAnswer) -> Void) async throws(Failure) -> Bool {
        var isOK = true
        do {
            let take = { (reply: JSON.Object) throws in
                guard let answer = CheckAnswer(reply) else {
                    throw VarlinkClientError.breach(Text("a Check without lines"))
                }
                if !answer.isOK { isOK = false }
                each(answer)
            }
            let parameters: JSON.Object = ["mailbox": JSON(mailbox)]
            do { try await client.call(Self.prefix + "Check", spoken(parameters), each: take) } catch {
                guard let error = error as? VarlinkClientError, Self.isOfOlder(error) else { throw error }
                try await client.call(Self.prefix + "Check", parameters, each: take)
            }
            return isOK
        } catch let error as VarlinkClientError {
            throw Self.failure(error)
        } catch {
            throw .client(.closed)
        }
    }

    private func call(_ method: String, _ parameters: JSON.Object) async throws(Failure) -> JSON.Object {
        do { return try await client.call(Self.prefix + method, spoken(parameters)) } catch {
            guard Self.isOfOlder(error) else { throw Self.failure(error) }
        }
        do { return try await client.call(Self.prefix + method, parameters) } catch { throw Self.failure(error) }
    }

    /// English goes without saying.
    private func spoken(_ parameters: JSON.Object) -> JSON.Object {
        guard language != .english else { return parameters }
        var spoken = parameters
        spoken["language"] = .string(language.code)
        return spoken
    }

    /// A daemon from before there were languages, which has not been restarted yet.
    private static func isOfOlder(_ error: VarlinkClientError) -> Bool {
        if case .error(let reply) = error { reply == .invalidParameter("language") } else { false }
    }

    private static func failure(_ error: VarlinkClientError) -> Failure {
        if case .error(let reply) = error {
            if let known = ClaimError(reply) { return .handoff(known) }
            if reply.name == VarlinkLimits.busy {
                return .busy(
                    VarlinkLimits.Bound(busy: reply.parameters)?.text
                        ?? reply.parameters["message"]?.string.map(Text.init(verbatim:))
                        ?? Text("too many clients are connected"))
            }
        }
        return .client(error)
    }
}
