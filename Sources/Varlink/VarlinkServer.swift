public import NIOCore
import NIOPosix

/// Serves a `VarlinkService` on a Unix socket.
///
/// Clients can connect from the moment the server exists. Whoever made one must `run()` it: that returns once all is over
/// after the task was cancelled or `stop()` was called.
public final class VarlinkServer: Sendable {
    private let socket: ListeningSocket
    private let listener: any Channel
    private let clients: NIOLoopBound<ServerClients>
    private let over: EventLoopFuture<Void>

    /// Starts to accept connections. The socket is the server's from now on.
    ///
    /// - Parameters:
    ///   - eventLoop: which does the socket's work.
    ///   - executor: which runs the calls; nil: Swift's own.
    public init(
        on socket: ListeningSocket, service: VarlinkService, limits: VarlinkLimits,
        eventLoop: any EventLoop, executor: (any TaskExecutor)? = nil
    ) async throws(ListenError) {
        let promise = eventLoop.makePromise(of: Void.self)
        do {
            clients = try await eventLoop.submit {
                NIOLoopBound(
                    ServerClients(service: service, limits: limits, executor: executor, over: promise),
                    eventLoop: eventLoop)
            }.get()
            listener = try await ServerBootstrap(group: eventLoop)
                .serverChannelOption(.backlog, value: ListeningSocket.backlog)
                .serverChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(AcceptPause())
                    }
                }
                .childChannelOption(.autoRead, value: false)
                .childChannelOption(.allowRemoteHalfClosure, value: true)
                .childChannelOption(.maxMessagesPerRead, value: 1)
                .childChannelOption(
                    .recvAllocator, value: AdaptiveRecvByteBufferAllocator(minimum: 512, initial: 1024, maximum: 65536)
                )
                .childChannelInitializer { [clients] channel in
                    channel.eventLoop.makeCompletedFuture {
                        let pipeline = channel.pipeline.syncOperations
                        let credentials = try pipeline.withUnsafeTransportIfAvailable(of: CInt.self) { socket in
                            PeerCredentials(ofPeerOn: socket)
                        }
                        guard let credentials = credentials ?? nil, let connection = clients.value.admit(credentials)
                        else { throw ChannelError.ioOnClosedChannel }
                        try pipeline.addHandler(connection)
                    }
                }
                .withBoundSocket(socket.descriptor).get()
        } catch {
            promise.succeed()
            throw .failed(call: "accept", path: socket.file?.path ?? "", errno: (error as? IOError)?.errnoCode ?? 0)
        }
        self.socket = socket
        over = promise.futureResult
    }

    /// Serves until the task is cancelled or `stop()` is called, then until all calls under way have ended, at most
    /// `VarlinkLimits.stopTimeout`.
    public func run() async {
        await withTaskCancellationHandler {
            try? await over.get()
        } onCancel: {
            stop()
        }
        try? await listener.closeFuture.get()
    }

    /// Accepts no further connection, cancels the calls under way, sends their replies, closes. Returns at once; may be
    /// called from any thread, and more than once.
    public func stop() {
        clients.eventLoop.execute { [listener, clients, socket] in
            socket.removeFile()
            listener.close(promise: nil)
            clients.value.stop(on: clients.eventLoop)
        }
    }
}
