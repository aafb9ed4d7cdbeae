import Glibc

/// One mailbox, watched for as long as it lives, through any fault.
///
/// It has its own thread, because libetpan blocks: a mailbox that hangs or floods delays no other. Events are
/// delivered on that thread, in order, by a closure that must not block.
public final class Mailbox<Reading: Sendable>: Sendable {
    private let channel: MailboxChannel<Reading>
    private let ended: @Sendable () async -> Void

    /// Starts to watch.
    ///
    /// - Parameters:
    ///   - read: looks at each new message, or the start of it, and says whether it matters. Called on the thread.
    ///   - deliver: takes the events. Called on the thread.
    public init(
        _ settings: MailboxSettings,
        read: @escaping @Sendable (FetchedMessage) -> Interest<Reading>,
        deliver: @escaping @Sendable (MailboxEvent<Reading>) -> Void
    ) {
        let channel = MailboxChannel(settings, read: read, deliver: deliver)
        self.channel = channel
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        ended = { for await _ in stream {} }
        let isStarted = BlockingThread.start {
            MailboxThread(channel).run()
            continuation.finish()
        }
        if !isStarted {
            channel.update {
                $0.state = .failed
                $0.error = .noThread
            }
            continuation.finish()
        }
    }

    /// The operator's name for it.
    public var name: String { channel.settings.name }

    /// How it is doing now.
    public var status: MailboxStatus { channel.status }

    /// Somebody waits for a mail, for at most this long from now; nil: nobody does any more.
    public func expectMail(for duration: Duration?) { channel.expectMail(until: duration.map { .after($0) }) }

    /// What keeps it from being watched may be fixed: it is tried again at once, whatever the reason was.
    public func tryAgain() { channel.tryAgain() }

    /// Changes one message's mark on the server. `answer` is called once, on any thread.
    ///
    /// - Parameter internalDate: the message's, in seconds since 1970, where it is known: a message that has another is not marked.
    public func mark(
        uidValidity: UInt32, uid: UInt32, internalDate: Int64?, _ mark: Mark,
        answer: @escaping @Sendable (MarkResult) -> Void
    ) {
        channel.request(
            MarkRequest(
                subject: .init(uidValidity: uidValidity, uid: uid, internalDate: internalDate, mark: mark),
                answer: answer))
    }

    /// Ends the watch; returns when the thread is done, which is soon: every wait of its own ends at once.
    public func stop() async {
        channel.stop.signal()
        await ended()
    }
}
