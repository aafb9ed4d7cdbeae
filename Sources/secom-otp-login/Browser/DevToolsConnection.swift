import NIOCore
import NIOPosix
import Varlink

/// The DevTools protocol on the browser's two pipes: JSON objects, each followed by a NUL; commands out, replies and events in.
///
/// No port is open that others on the machine could reach: only the browser's parent can control it.
final class DevToolsConnection: Sendable {
    /// Gets the browser's events, each with its session; nil: it belongs to none.
    typealias Listener = @Sendable (_ method: String, _ parameters: JSON.Object, _ session: String?) -> Void

    private let channel: any Channel
    private let handler: NIOLoopBound<DevToolsHandler>

    /// Takes over both descriptors.
    ///
    /// - Parameters:
    ///   - eventLoop: reads and writes the pipes, and calls the listener.
    ///   - ended: called once, on the loop, when the browser has closed its end.
    init(
        reading input: Int32, writing output: Int32, on eventLoop: any EventLoop, listener: @escaping Listener,
        ended: @escaping @Sendable () -> Void
    ) async throws {
        let handler = try await eventLoop.submit {
            NIOLoopBound(DevToolsHandler(listener: listener, ended: ended), eventLoop: eventLoop)
        }.get()
        self.handler = handler
        channel = try await NIOPipeBootstrap(group: eventLoop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(handler.value) }
            }
            .takingOwnershipOfDescriptors(input: input, output: output).get()
    }

    /// Sends a command and waits for its result.
    ///
    /// - Parameter session: the target that the command is for; nil: the browser itself.
    func call(
        _ method: String, _ parameters: JSON.Object = [:], session: String? = nil
    ) async throws(DevToolsError) -> JSON.Object {
        let result = await withCheckedContinuation {
            (continuation: CheckedContinuation<DevToolsHandler.Answer, Never>) in
            channel.eventLoop.execute { [handler] in
                handler.value.send(method, parameters, session) { continuation.resume(returning: $0) }
            }
        }
        return try result.get()
    }

    /// Sends a command whose reply is ignored.
    func notify(_ method: String, _ parameters: JSON.Object = [:], session: String? = nil) {
        channel.eventLoop.execute { [handler] in handler.value.send(method, parameters, session) { _ in } }
    }

    /// Ends all waiting for replies from this session: its page is blocked.
    func giveUp(session: String) {
        channel.eventLoop.execute { [handler] in handler.value.giveUp(session: session) }
    }

    func close() { channel.close(promise: nil) }
}

/// Works on the event loop: passes each reply to the caller that waits for it.
final class DevToolsHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer
    typealias Answer = Result<JSON.Object, DevToolsError>

    /// The maximum size of one message in bytes; a picture of a page can be large.
    private static let messageBound = 64 * 1024 * 1024
    /// The maximum depth of nested arrays and objects.
    private static let depthBound = 128

    private let listener: DevToolsConnection.Listener
    private let ended: @Sendable () -> Void
    private var decoder = FrameDecoder(maximumLength: messageBound)
    private var context: ChannelHandlerContext?
    private var hasEnded = false
    private var last = 0
    private var waiting: [Int: (session: String?, answer: @Sendable (Answer) -> Void)] = [:]

    init(listener: @escaping DevToolsConnection.Listener, ended: @escaping @Sendable () -> Void) {
        (self.listener, self.ended) = (listener, ended)
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        decoder.append(unwrapInboundIn(data))
        do {
            while let frame = try decoder.next() { received(frame) }
        } catch {
            fail(.breach("its message cannot be read: \(error)"))
            context.close(promise: nil)
        }
    }

    func channelInactive(context: ChannelHandlerContext) { fail(.closed) }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        // The browser has closed the pipe that it writes to.
        if case ChannelEvent.inputClosed = event { context.close(promise: nil) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    func send(
        _ method: String, _ parameters: JSON.Object, _ session: String?, answer: @escaping @Sendable (Answer) -> Void
    ) {
        guard !hasEnded, let context else { return answer(.failure(.closed)) }
        last += 1
        var message: JSON.Object = ["id": .int(last), "method": .string(method), "params": .object(parameters)]
        if let session { message["sessionId"] = .string(session) }
        waiting[last] = (session, answer)
        // The message may contain a secret.
        let buffer = ByteBuffer(message: message)
        let written = context.eventLoop.makePromise(of: Void.self)
        written.futureResult.whenComplete { _ in buffer.wipe() }
        context.writeAndFlush(wrapOutboundOut(buffer), promise: written)
    }

    func giveUp(session: String) {
        for (id, one) in waiting where one.session == session {
            waiting[id] = nil
            one.answer(.failure(.blocked))
        }
    }

    /// Skips a message that cannot be read: pages influence the content of events, and every wait for a reply has a time limit.
    private func received(_ frame: ByteBuffer) {
        guard
            let json = try? frame.withUnsafeReadableBytes({ try JSON(parsing: $0, maximumDepth: Self.depthBound) }),
            let message = json.object
        else { return }
        if let id = message["id"]?.int {
            guard let one = waiting.removeValue(forKey: id) else { return }
            if let error = message["error"]?.object {
                one.answer(.failure(.refused(error["message"]?.string ?? "no reason given")))
            } else {
                one.answer(.success(message["result"]?.object ?? [:]))
            }
        } else if let method = message["method"]?.string {
            listener(method, message["params"]?.object ?? [:], message["sessionId"]?.string)
        }
    }

    private func fail(_ error: DevToolsError) {
        guard !hasEnded else { return }
        hasEnded = true
        let all = waiting
        waiting = [:]
        for one in all.values { one.answer(.failure(error)) }
        ended()
    }
}
