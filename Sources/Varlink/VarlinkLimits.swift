/// What a server allows its clients. A client that goes further harms itself alone.
public struct VarlinkLimits: Sendable {
    /// Bytes of one message from a client; a longer one closes the connection.
    public var messageLength = 64 * 1024
    /// Connections served at once. Further ones have their first call answered with `exceeded` and are closed.
    public var connections = 64
    /// Calls of `waitingMethods` that one connection may have unanswered; the next is answered with `exceeded`.
    public var waitingCalls = 16
    /// Calls of any kind that one connection may have unanswered; the next is not read before one is answered.
    public var pendingCalls = 32
    /// How long a client may leave a reply unread that its socket has no room for, until it is closed.
    public var writeTimeout: Duration = .seconds(30)
    /// How long the calls under way may take to end once the server stops.
    public var stopTimeout: Duration = .seconds(5)
    /// What is answered where there are too many of something.
    public var exceeded: VarlinkError = .permissionDenied(message: "too many connections or waiting calls")

    public init() {}
}
