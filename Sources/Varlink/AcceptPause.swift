import NIOCore

/// Keeps a listening socket from being asked again at once where it could accept nobody, since the process or the system has no
/// descriptor left: it stays readable, and asking again and again would cost a whole processor. Who has connected waits
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
