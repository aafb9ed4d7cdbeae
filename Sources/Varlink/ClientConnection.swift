import Messages
import NIOCore

/// The client's end of a connection: calls out, replies in, each to whom it is for. Lives on the event loop.
///
/// The socket is read only while somebody waits for a reply, so a service that sends more than is asked for fills its own
/// buffers. A hang-up is noticed nevertheless.
final class ClientConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer
    typealias Waiter = @Sendable (Result<ReplyMessage, VarlinkClientError>) -> Void

    private struct Pending {
        let id: UInt64
        let mode: CallMessage.Mode
        /// Who waits for the next reply. Nobody, while the caller is busy with the one before.
        var waiter: Waiter?
    }

    private var decoder: FrameDecoder
    private var context: ChannelHandlerContext?
    private var pending: [Pending] = []
    private var failure: VarlinkClientError?

    init(maximumReply: Int) {
        decoder = FrameDecoder(maximumLength: maximumReply)
    }

    func channelActive(context: ChannelHandlerContext) {
        self.context = context
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        decoder.append(unwrapInboundIn(data))
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        deliver()
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.context = nil
        failure = failure ?? .closed
        deliver()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    /// Nobody wants to hear any more: whoever still waits is told so, also after a caller that is busy and never comes
    /// back.
    func close() {
        fail(.closed)
    }

    /// Sends a call whose replies the waiter is the first to wait for.
    func send(_ message: CallMessage, id: UInt64, waiter: @escaping Waiter) {
        guard let context else { return waiter(.failure(failure ?? .closed)) }
        pending.append(Pending(id: id, mode: message.mode, waiter: waiter))
        write(message, on: context, promise: nil)
        deliver()
    }

    /// Sends a call that has no reply; the waiter learns that it has left, or why not.
    func sendOneway(_ message: CallMessage, done: @escaping @Sendable (VarlinkClientError?) -> Void) {
        guard let context else { return done(failure ?? .closed) }
        let promise = context.eventLoop.makePromise(of: Void.self)
        promise.futureResult.whenComplete { result in
            switch result {
            case .success: done(nil)
            case .failure: done(.closed)
            }
        }
        write(message, on: context, promise: promise)
    }

    /// Waits for one more reply to a call whose last one said that it continues.
    func awaitNext(id: UInt64, waiter: @escaping Waiter) {
        guard let first = pending.first, first.id == id, first.waiter == nil else {
            return waiter(.failure(failure ?? .closed))
        }
        pending[0].waiter = waiter
        deliver()
    }

    private func write(_ message: CallMessage, on context: ChannelHandlerContext, promise: EventLoopPromise<Void>?) {
        let buffer = ByteBuffer(message: message.json)
        let promise = promise ?? context.eventLoop.makePromise(of: Void.self)
        promise.futureResult.whenComplete { _ in buffer.wipe() }
        context.writeAndFlush(wrapOutboundOut(buffer), promise: promise)
    }

    /// Gives the replies that are there to those who wait, in the order of the calls.
    private func deliver() {
        do {
            while let first = pending.first, let waiter = first.waiter, let frame = try decoder.next() {
                let reply = try frame.withUnsafeReadableBytes { bytes throws(MessageError) in
                    try ReplyMessage(parsing: bytes)
                }
                if case .parameters(_, continues: true) = reply {
                    guard first.mode == .more else {
                        throw VarlinkClientError.breach(Text("several replies to one call"))
                    }
                    pending[0].waiter = nil
                } else {
                    pending.removeFirst()
                }
                waiter(.success(reply))
            }
        } catch let error as VarlinkClientError {
            fail(error)
        } catch {
            fail(.breach(Text(verbatim: "\(error)")))
        }
        guard pending.first?.waiter != nil else { return }
        if let failure, context == nil { failAll(failure) } else { context?.read() }
    }

    private func fail(_ error: VarlinkClientError) {
        let failure = self.failure ?? error
        self.failure = failure
        let context = self.context
        self.context = nil
        failAll(failure)
        context?.close(promise: nil)
    }

    private func failAll(_ error: VarlinkClientError) {
        let failed = pending
        pending = []
        for index in failed.indices { failed[index].waiter?(.failure(error)) }
    }
}
