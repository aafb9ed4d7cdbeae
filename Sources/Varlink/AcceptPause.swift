import NIOCore

/// Keeps a listening socket from being polled again at once when nothing could be accepted because the process or the system has no
/// descriptor left: it stays readable, and polling it continuously would cost a whole processor. Clients that have connected wait
/// meanwhile.
final class AcceptPause: ChannelInboundHandler {
    typealias InboundIn = any Channel

    private static let length = TimeAmount.milliseconds(250)
    private var isPausing = false

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // What else fails concerns one connection, or closes the socket anyway.
        guard error is IOError, !isPausing, let options = context.channel.syncOptions else { return }
        isPausing = true
        try? options.setOption(.autoRead, value: false)
        let bound = NIOLoopBound((self, context.channel), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: Self.length) {
            let (pause, channel) = bound.value
            pause.isPausing = false
            if channel.isActive { try? channel.syncOptions?.setOption(.autoRead, value: true) }
        }
    }
}
