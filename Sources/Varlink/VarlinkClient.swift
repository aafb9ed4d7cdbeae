public import NIOCore
import NIOPosix
import Synchronization

/// A connection to a Varlink service on a Unix socket.
///
/// Calls made at the same time go out at once and are answered in their order. A reply cannot be skipped, so cancelling the
/// task of a call closes the connection, which is also how the service learns that nobody is waiting any more.
public final class VarlinkClient: Sendable {
    private let connection: NIOLoopBound<ClientConnection>
    private let count = Atomic<UInt64>(0)

    /// Connects.
    ///
    /// - Parameters:
    ///   - eventLoop: which does the socket's work.
    ///   - maximumReply: bytes of one reply; the service that sends a longer one is given up.
    public init(
        connectingTo path: String, on eventLoop: any EventLoop, maximumReply: Int = 16 * 1024 * 1024
    ) async throws(VarlinkClientError) {
        guard UnixAddress(path) != nil else { throw .badPath(path) }
        do {
            connection = try await ClientBootstrap(group: eventLoop)
                .channelOption(.autoRead, value: false)
                .connect(unixDomainSocketPath: path) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let connection = ClientConnection(maximumReply: maximumReply)
                        try channel.pipeline.syncOperations.addHandler(connection)
                        return NIOLoopBound(connection, eventLoop: channel.eventLoop)
                    }
                }
        } catch {
            throw VarlinkClientError(connectingTo: path, errno: (error as? IOError)?.errnoCode ?? 0)
        }
    }

    deinit { close() }

    /// Closes the connection; calls under way fail. Returns at once.
    public func close() {
        connection.eventLoop.execute { [connection] in connection.value.close() }
    }

    /// Calls a method, given fully qualified, and returns what it gives.
    public func call(
        _ method: String, _ parameters: JSON.Object = [:]
    ) async throws(VarlinkClientError) -> JSON.Object {
        let message = CallMessage(method: method, parameters: parameters)
        return try await reply { connection, id, waiter in
            connection.send(message, id: id, waiter: waiter)
        }.parameters
    }

    /// Calls a method that may give several results, and hands over each. A body that throws ends the connection, since
    /// what else the service sends is for nobody then.
    public func call(
        _ method: String, _ parameters: JSON.Object = [:], each body: (JSON.Object) async throws -> Void
    ) async throws {
        let message = CallMessage(method: method, parameters: parameters, mode: .more)
        let id = nextID()
        var reply = try await reply(id) { connection, id, waiter in
            connection.send(message, id: id, waiter: waiter)
        }
        do {
            try await body(reply.parameters)
            while reply.continues {
                reply = try await self.reply(id) { connection, id, waiter in
                    connection.awaitNext(id: id, waiter: waiter)
                }
                try await body(reply.parameters)
            }
        } catch {
            if reply.continues { close() }
            throw error
        }
    }

    /// Calls a method without wanting to hear what comes of it. Returns once the call has left.
    public func callOneway(_ method: String, _ parameters: JSON.Object = [:]) async throws(VarlinkClientError) {
        let message = CallMessage(method: method, parameters: parameters, mode: .oneway)
        let failure = await withCheckedContinuation { (continuation: CheckedContinuation<VarlinkClientError?, _>) in
            connection.eventLoop.execute { [connection] in
                connection.value.sendOneway(message) { continuation.resume(returning: $0) }
            }
        }
        if let failure { throw failure }
    }

    private func nextID() -> UInt64 { count.wrappingAdd(1, ordering: .relaxed).newValue }

    /// Waits for one reply to what `ask` asks for, on the event loop.
    private func reply(
        _ id: UInt64? = nil,
        to ask: @escaping @Sendable (ClientConnection, UInt64, @escaping ClientConnection.Waiter) -> Void
    ) async throws(VarlinkClientError) -> (parameters: JSON.Object, continues: Bool) {
        let id = id ?? nextID()
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation {
                (continuation: CheckedContinuation<Result<ReplyMessage, VarlinkClientError>, _>) in
                connection.eventLoop.execute { [connection] in
                    ask(connection.value, id) { continuation.resume(returning: $0) }
                }
            }
        } onCancel: {
            close()
        }
        switch result {
        case .success(.parameters(let parameters, let continues)): return (parameters, continues)
        case .success(.error(let error)): throw .error(error)
        case .failure(.closed) where Task.isCancelled: throw .cancelled
        case .failure(let failure): throw failure
        }
    }
}
