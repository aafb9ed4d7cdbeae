import Messages

/// What a server allows its clients. A client that exceeds a limit harms only itself.
public struct VarlinkLimits: Sendable {
    /// One of the bounds, and how wide it is: what a client that has passed it is told.
    public enum Bound: Equatable, Sendable, TextConvertible {
        /// Bytes of one message.
        case messageLength(Int)
        /// Connections in all.
        case connections(Int)
        /// Connections of the client's user.
        case connectionsOfOneUser(Int)
        /// Calls of `waitingMethods` on one connection.
        case waitingCalls(Int)

        /// For people: what is the matter, and what to do.
        public var text: Text {
            switch self {
            case .messageLength(let bytes): Text("a message is longer than \(bytes) bytes")
            case .connections(let count): Text("all \(count) connections are in use; try again in a moment")
            case .connectionsOfOneUser(let count):
                Text(
                    "this user already has \(count) connections, the most that one user may have; close one, or try again in a moment"
                )
            case .waitingCalls(let count):
                Text("more than \(count) calls are waiting on this connection; open another one")
            }
        }
    }

    /// Bytes of one message from a client; a longer one is answered with an error, and its connection closed.
    public var messageLength = 64 * 1024
    /// Connections served at once. One more takes the place of the one that has been silent longest; where none is silent, its
    /// first call is answered with an error, and it is closed.
    public var connections = 256
    /// Of these, those of one user. One more takes the place of the user's own.
    public var connectionsOfOneUser: Int { max(connections * 3 / 4, 1) }
    /// Calls of `waitingMethods` that one connection may have unanswered; the next is answered with an error.
    public var waitingCalls = 16
    /// Calls of any kind that one connection may have unanswered; the next is not read before one is answered.
    public var pendingCalls = 32
    /// How long a client may leave a reply unread that its socket has no room for, until it is closed.
    public var writeTimeout: Duration = .seconds(30)
    /// How long the calls under way may take to end once the server stops.
    public var stopTimeout: Duration = .seconds(5)
    /// What is answered where a bound is passed.
    public let exceeded: @Sendable (Bound) -> VarlinkError

    /// - Parameter exceeded: what is answered where a bound is passed; org.varlink.service has no error for it.
    public init(exceeded: @escaping @Sendable (Bound) -> VarlinkError) { self.exceeded = exceeded }
}
