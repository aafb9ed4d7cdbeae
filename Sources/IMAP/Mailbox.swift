import Glibc

/// One mailbox, watched for as long as it lives, through any fault.
///
/// It has a thread of its own, since libetpan blocks: one mailbox that hangs or floods delays no other. Events are
/// delivered on that thread, in order, by a closure that must not block.
public final class Mailbox<Reading: Sendable>: Sendable {
    private let core: MailboxCore<Reading>
    private let ended: @Sendable () async -> Void

    /// Starts to watch.
    ///
    /// - Parameters:
    ///   - predecessor: watched the same folder, and has been stopped: what it had still to write down there is written by this one.
    ///   - read: looks at each new message, or the start of it, and says whether it matters. Called on the thread.
    ///   - deliver: takes the events. Called on the thread.
    public init(
        _ settings: MailboxSettings, succeeding predecessor: Mailbox? = nil,
        read: @escaping @Sendable (FetchedMessage) -> Interest<Reading>,
        deliver: @escaping @Sendable (MailboxEvent<Reading>) -> Void
    ) {
        let core = MailboxCore(settings, read: read, deliver: deliver)
        for request in predecessor?.core.takeRequests() ?? [] { core.request(request) }
        self.core = core
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        ended = { for await _ in stream {} }
        let isStarted = BlockingThread.start {
            MailboxLoop(core).run()
            continuation.finish()
        }
        if !isStarted {
            core.update {
                $0.state = .failed
                $0.error = .connection(
                    host: settings.endpoint.host, port: settings.endpoint.port, reason: "no thread to be had")
            }
            continuation.finish()
        }
    }

    public var name: String { core.settings.name }

    /// How it is doing now.
    public var status: MailboxStatus { core.status }

    /// Whether a round trip to the server was completed when it should have been, or the retries go on: what a watchdog is fed
    /// by.
    public var isAlive: Bool { core.isAlive }

    /// Somebody waits for a mail, for at most this long from now; nil: nobody does any more.
    public func await(for duration: Duration?) { core.await(until: duration.map { .after($0) }) }

    /// Changes one message's flags on the server. `answer` is called once, on any thread.
    public func mark(uidValidity: UInt32, uid: UInt32, _ mark: Mark, answer: @escaping @Sendable (MarkResult) -> Void) {
        core.request(MarkRequest(uidValidity: uidValidity, uid: uid, mark: mark, answer: answer))
    }

    /// Ends the watch; returns when the thread is done, which is soon: every wait of its own ends at once.
    public func stop() async {
        core.stop.signal()
        await ended()
    }
}
