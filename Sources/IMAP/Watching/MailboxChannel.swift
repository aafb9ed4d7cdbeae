import Glibc
import Synchronization

/// Connects a mailbox's thread and its callers: marks and waiting claimants go in, events and the status come out.
final class MailboxChannel<Reading: Sendable>: Sendable {
    private struct State {
        var status = MailboxStatus()
        var requests: [MarkRequest] = []
        var awaitedUntil: Deadline?
        /// The thread does not know of it yet.
        var isAwaitedNew = false
        var isConnected = false
        /// Somebody has fixed something: the next attempt is to be at once.
        var isRetryWanted = false
        var leftOut: Set<LeftOut> = []
    }

    let settings: MailboxSettings
    let read: @Sendable (FetchedMessage) -> Interest<Reading>
    let wake = EventDescriptor()
    let stop: EventDescriptor
    private let deliver: @Sendable (MailboxEvent<Reading>) -> Void
    private let state = Mutex(State())

    init(
        _ settings: MailboxSettings, stop: EventDescriptor = EventDescriptor(),
        read: @escaping @Sendable (FetchedMessage) -> Interest<Reading>,
        deliver: @escaping @Sendable (MailboxEvent<Reading>) -> Void
    ) {
        self.settings = settings
        self.stop = stop
        self.read = read
        self.deliver = deliver
    }

    // MARK: For callers, on any thread

    var status: MailboxStatus { state.withLock { $0.status } }

    /// Somebody waits for a mail of this mailbox; nil: nobody does.
    func expectMail(until deadline: Deadline?) {
        state.withLock { ($0.awaitedUntil, $0.isAwaitedNew) = (deadline, true) }
        wake.signal()
    }

    /// Somebody may have fixed what keeps the mailbox from being watched. Where it is watched there is nothing to try.
    func tryAgain() {
        state.withLock { $0.isRetryWanted = $0.status.state != .watching }
        wake.signal()
    }

    /// Hands a mark to the thread. Without a session it is answered at once: whoever asked keeps what is owed, and asks again.
    func request(_ request: MarkRequest) {
        let obstacle: IMAPError? = state.withLock {
            guard !$0.isConnected else {
                $0.requests.append(request)
                return nil
            }
            return $0.status.error ?? .notConnected
        }
        if let obstacle { request.answer(.unavailable(obstacle)) } else { wake.signal() }
    }

    // MARK: For the thread

    var now: Moment {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Moment(monotonic: .now, wall: Double(time.tv_sec) + Double(time.tv_nsec) / 1e9)
    }

    var awaitedUntil: Deadline? { state.withLock { $0.awaitedUntil } }

    /// Whether ``awaitedUntil`` has changed since this was last asked.
    func takeAwaitedChange() -> Bool {
        state.withLock { state in
            defer { state.isAwaitedNew = false }
            return state.isAwaitedNew
        }
    }

    /// Whether somebody waits for a mail now.
    var isAwaited: Bool { awaitedUntil.map { !$0.hasPassed } ?? false }

    /// Whether the next attempt is to be at once. Reported once.
    func takeRetry() -> Bool {
        state.withLock { state in
            defer { state.isRetryWanted = false }
            return state.isRetryWanted
        }
    }

    func nextRequest() -> MarkRequest? {
        state.withLock { $0.requests.isEmpty ? nil : $0.requests.removeFirst() }
    }

    func roundTripDone() {
        let now = now.wall
        state.withLock { $0.status.lastRoundTripAt = now }
    }

    /// A session is tried then. Status tells it together with what else has changed.
    func tries(at due: Deadline, _ change: (inout MailboxStatus) -> Void = { _ in }) {
        let now = now
        let left = due.remaining(from: now.monotonic) / .seconds(1)
        state.withLock {
            change(&$0.status)
            $0.status.nextAttemptAt = now.wall + left
        }
    }

    func arrived(_ arrivals: [Arrival<Reading>]) {
        let now = now.wall
        state.withLock { $0.status.lastArrivalAt = now }
        deliver(.arrived(arrivals))
    }

    /// Reported once of each part, however often the server sends it.
    func leftOut(_ part: LeftOut) {
        if state.withLock({ $0.leftOut.insert(part).inserted }) { deliver(.leftOut(part.description)) }
    }

    func emit(_ event: MailboxEvent<Reading>) { deliver(event) }

    func update(_ change: (inout MailboxStatus) -> Void) { state.withLock { change(&$0.status) } }

    /// The mailbox is open: marks are taken from here on, and made once everything that came before is known. Not later:
    /// somebody may wait for the very mails that are found then.
    func opened(_ change: (inout MailboxStatus) -> Void) {
        state.withLock {
            $0.isConnected = true
            change(&$0.status)
        }
    }

    /// The session is over: what it has not begun with is answered.
    func closed(_ error: IMAPError) {
        let pending = state.withLock { state in
            defer { state.requests = [] }
            state.isConnected = false
            return state.requests
        }
        for request in pending { request.answer(.unavailable(error)) }
        deliver(.closed)
    }
}
