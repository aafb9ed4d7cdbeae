/// One interface of a service: its text, and what its methods do.
///
/// A call reaches the interface only with a method that the text declares and with parameters that the text allows; what
/// the text cannot say (ranges, formats) is the implementor's, who throws `invalidParameter`.
public protocol VarlinkInterface: Sendable {
    /// The parsed text, which clients are given word by word.
    var definition: InterfaceDefinition { get }

    /// Methods that may take long to answer. Only `VarlinkLimits.waitingCalls` calls of them wait on one connection.
    var waitingMethods: Set<String> { get }

    /// Answers one call. Calls of one connection come one after the other, those of several connections at once.
    ///
    /// The task is cancelled when the client has closed its connection (not when it only has nothing more to say; and not
    /// for a `oneway` call, whose client need not stay), and when the server stops. An error thrown then is still sent if
    /// there is anybody to read it.
    func call(_ call: Call) async throws(VarlinkError) -> Reply

    /// Whether something belongs to the connection that ends with it. Where others need its place, it is not hung up on for
    /// being silent. Called on the server's event loop; must not block.
    func holdsSomething(_ connection: ConnectionID) -> Bool

    /// The connection has ended, each of its calls has returned and knows what became of its reply: nothing more will
    /// come from or go to this connection.
    func connectionEnded(_ connection: ConnectionID) async
}

extension VarlinkInterface {
    public var waitingMethods: Set<String> { [] }
    public func holdsSomething(_ connection: ConnectionID) -> Bool { false }
    public func connectionEnded(_ connection: ConnectionID) async {}
}

/// Names one connection of one server. Never used twice.
public struct ConnectionID: Hashable, Sendable, CustomStringConvertible {
    /// Counted from 1.
    public let number: UInt64
    public var description: String { "\(number)" }
}

/// Who calls.
public struct Peer: Sendable {
    public let connection: ConnectionID
    public let credentials: PeerCredentials
}

/// One call, its parameters already checked against the interface's text.
public struct Call: Sendable {
    /// Unqualified, such as `GetInfo`.
    public let method: String
    public let parameters: JSON.Object
    public let mode: CallMessage.Mode
    public let peer: Peer
    /// When the call was received: earlier than now where other calls of its connection had to be answered first.
    public let received: ContinuousClock.Instant
    let sendReply: @Sendable (JSON.Object) async -> Delivery

    /// Sends one of several replies, more of which follow; the last is the one that `call` returns. Returns once it is
    /// written. Throws `ExpectedMore` where the client has not asked for several.
    @discardableResult
    public func send(_ parameters: JSON.Object) async throws(VarlinkError) -> Delivery {
        guard mode == .more else { throw .expectedMore }
        return await sendReply(parameters)
    }
}

/// What became of a reply.
public enum Delivery: Sendable {
    /// It was handed to the kernel, whole, while the client's end was open.
    case written
    /// The client never got all of it and cannot: it had gone, or wanted none (`oneway`).
    case discarded
}

/// The last or only reply to a call.
public struct Reply: Sendable {
    let parameters: JSON.Object
    let afterwards: (@Sendable (Delivery) async -> Void)?

    public init(_ parameters: JSON.Object = [:]) {
        (self.parameters, afterwards) = (parameters, nil)
    }

    /// - Parameter afterwards: learns, exactly once and before anything else happens on the connection, whether the reply
    ///   was written.
    public init(_ parameters: JSON.Object, afterwards: @escaping @Sendable (Delivery) async -> Void) {
        (self.parameters, self.afterwards) = (parameters, afterwards)
    }
}
