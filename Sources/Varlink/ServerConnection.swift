import NIOCore

/// One client of a server: bytes in, replies out. Lives on the server's event loop; what is to be done when is the
/// `Conversation`'s to say.
final class ServerConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    let id: ConnectionID
    private let credentials: PeerCredentials
    private let service: VarlinkService
    private let limits: VarlinkLimits
    private let executor: (any TaskExecutor)?
    /// Set where there is no room for the connection: the answer to its first call, which is also its last.
    private let refusal: VarlinkError?
    private weak var clients: ServerClients?

    private var decoder: FrameDecoder
    private var conversation: Conversation
    private var context: ChannelHandlerContext?
    private var task: Task<Void, Never>?
    private var loop: (any EventLoop)?
    private var lateness: Scheduled<Void>?
    private var isOver = false

    init(
        id: ConnectionID, credentials: PeerCredentials, service: VarlinkService, limits: VarlinkLimits,
        executor: (any TaskExecutor)?, refusal: VarlinkError?, clients: ServerClients
    ) {
        (self.id, self.credentials, self.service, self.limits) = (id, credentials, service, limits)
        (self.executor, self.refusal, self.clients) = (executor, refusal, clients)
        decoder = FrameDecoder(maximumLength: limits.messageLength)
        var limits = limits
        if refusal != nil { limits.pendingCalls = 1 }
        conversation = Conversation(limits: limits)
    }

    // MARK: - What happens on the channel

    func channelActive(context: ChannelHandlerContext) {
        self.context = context
        loop = context.eventLoop
        if refusal != nil { close(unlessOverIn: limits.writeTimeout) }
        advance()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        decoder.append(unwrapInboundIn(data))
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        advance()
    }

    /// EPOLLRDHUP alone: the client has shut down its writing side (as `printf | socat` does) and still reads.
    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard case ChannelEvent.inputClosed = event else { return }
        takeCalls()
        conversation.inputEnded()
        advance()
    }

    /// EPOLLHUP: the client has closed. Seen even while nothing is read and nothing written.
    func channelInactive(context: ChannelHandlerContext) {
        takeCalls()
        self.context = nil
        conversation.ended()
        advance()
    }

    /// Where it closes before it ever was active, nothing else is told.
    func handlerRemoved(context: ChannelHandlerContext) {
        if loop == nil { clients?.forget(id) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    /// Begins no further call, gives up the current one, closes.
    func stop() {
        conversation.stop()
        advance()
    }

    func close() {
        context?.close(promise: nil)
    }

    private func close(unlessOverIn duration: Duration) {
        guard let loop else { return }
        let connection = NIOLoopBound(self, eventLoop: loop)
        lateness = loop.scheduleTask(in: TimeAmount(duration)) { connection.value.close() }
    }

    // MARK: - One call after the other

    private func advance() {
        takeCalls()
        if conversation.currentIsAbandoned { task?.cancel() }
        switch conversation.next() {
        case .answer(let pending): answer(pending)
        case .wait: break
        case .close: close()
        case .over: over()
        }
        clients?.isBusy(id, !conversation.isSilent)
        if conversation.wantsInput { context?.read() }
    }

    /// Takes as many calls out of what has come in as there is room for. A malformed one ends the connection, whatever
    /// else it waits for.
    private func takeCalls() {
        do {
            while conversation.hasRoom, let frame = try decoder.next() {
                let message = try frame.withUnsafeReadableBytes { bytes throws(MessageError) in
                    try CallMessage(parsing: bytes)
                }
                let route = refusal.map(VarlinkService.Route.error) ?? service.route(message)
                conversation.received(message, for: route, at: .now)
            }
        } catch {
            conversation.breached()
            guard case FrameError.messageTooLong(let maximum) = error else { return close() }
            // There is a reply to this one: it keeps to the protocol, and goes too far in it.
            let reply = ReplyMessage.error(limits.exceeded(.messageLength(maximum)))
            let connection = loop.map { NIOLoopBound(self, eventLoop: $0) }
            write(ByteBuffer(message: reply.json)) { _ in connection?.value.close() }
        }
    }

    private func answer(_ pending: Conversation.Pending) {
        guard let loop else { return }
        let connection = NIOLoopBound(self, eventLoop: loop)
        let peer = Peer(connection: id, credentials: credentials)
        task = Task(executorPreference: executor) {
            let outcome = await pending.answer(to: peer) { parameters in
                await connection.send(.parameters(parameters, continues: true))
            }
            let wantsReply = pending.message.mode != .oneway
            guard let afterwards = outcome.afterwards else {
                return connection.finish(wantsReply ? outcome.message : nil)
            }
            await afterwards(wantsReply ? await connection.send(outcome.message) : .discarded)
            connection.finish(nil)
        }
        if conversation.currentIsAbandoned { task?.cancel() }
    }

    fileprivate func answered() {
        task = nil
        conversation.answered()
        if refusal != nil { conversation.stop() }
        advance()
    }

    private func over() {
        guard !isOver else { return }
        isOver = true
        lateness?.cancel()
        guard let loop else { return }
        let connection = NIOLoopBound(self, eventLoop: loop)
        Task(executorPreference: executor) { [service, id] in
            await service.connectionEnded(id)
            loop.execute { connection.value.clients?.forget(id) }
        }
    }

    // MARK: - Writing

    /// Writes one message and says what became of it. What was written is wiped from memory.
    fileprivate func write(_ buffer: ByteBuffer, then done: @escaping @Sendable (Delivery) -> Void) {
        guard let context, context.channel.isActive else {
            buffer.wipe()
            return done(.discarded)
        }
        let promise = context.eventLoop.makePromise(of: Void.self)
        let patience = Patience()
        let bound = NIOLoopBound((patience, context), eventLoop: context.eventLoop)
        promise.futureResult.whenComplete { result in
            bound.value.0.end()
            buffer.wipe()
            switch result {
            case .success: done(.written)
            case .failure: done(.discarded)
            }
        }
        context.writeAndFlush(wrapOutboundOut(buffer), promise: promise)
        // Only where the socket had no room is there anything to wait for, and a timer.
        patience.begin(on: context.eventLoop, limits.writeTimeout) { bound.value.1.close(promise: nil) }
    }
}

/// A timer that is set only if what it waits for has not happened already.
private final class Patience {
    private var isOver = false
    private var timer: Scheduled<Void>?

    func begin(on eventLoop: any EventLoop, _ duration: Duration, _ action: @escaping @Sendable () -> Void) {
        guard !isOver else { return }
        timer = eventLoop.scheduleTask(in: TimeAmount(duration), action)
    }

    func end() {
        isOver = true
        timer?.cancel()
        timer = nil
    }
}

extension NIOLoopBound<ServerConnection> {
    /// Puts a reply into bytes, off the event loop, and waits until it is written or cannot be.
    fileprivate func send(_ message: ReplyMessage) async -> Delivery {
        let buffer = ByteBuffer(message: message.json)
        return await withCheckedContinuation { continuation in
            eventLoop.execute { value.write(buffer) { continuation.resume(returning: $0) } }
        }
    }

    /// Ends the current call, with its reply where there is one to be sent.
    fileprivate func finish(_ message: ReplyMessage?) {
        let buffer = message.map { ByteBuffer(message: $0.json) }
        eventLoop.execute {
            guard let buffer else { return value.answered() }
            value.write(buffer) { _ in value.answered() }
        }
    }
}
