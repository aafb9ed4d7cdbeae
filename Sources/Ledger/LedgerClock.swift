import Dispatch
public import FoundationEssentials

/// The time of day, and a way to wait for it.
public protocol LedgerClock: Sendable {
    var now: Date { get }
    /// Returns when `now` may have reached the date; throws when the task is cancelled.
    func sleep(until date: Date) async throws
}

/// The system's clock.
public struct SystemClock: LedgerClock {
    public init() {}

    public var now: Date { Date() }

    /// Sleeps at most an hour at a time: somebody may set the clock.
    ///
    /// Not with `Task.sleep`: what that takes is given back only when the time has come, also after a cancellation. Whoever
    /// claims and hangs up, a thousand times a second, sets and cancels an alarm each time.
    public func sleep(until date: Date) async throws {
        let seconds = min(max(date.timeIntervalSince(now), 0.001), 3600)
        // Dispatch's objects may be used from any thread, which their types do not say.
        nonisolated(unsafe) let alarm = DispatchSource.makeTimerSource()
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                alarm.setEventHandler { alarm.cancel() }
                alarm.setCancelHandler { continuation.resume() }
                alarm.schedule(wallDeadline: .now() + seconds, leeway: seconds > 60 ? .seconds(1) : .nanoseconds(0))
                alarm.activate()
            }
        } onCancel: {
            alarm.cancel()
        }
        try Task.checkCancellation()
    }
}
