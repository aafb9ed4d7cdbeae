public import FoundationEssentials

/// The time of day, and a way to wait for it.
public protocol LedgerClock: Sendable {
    var now: Date { get }
    /// Returns when `now` may have reached the date; throws when the task is cancelled.
    func sleep(until date: Date) async throws
}

/// The system's clock.
public struct SystemClock: LedgerClock {
    private let sleep: @Sendable (Duration) async throws -> Void

    /// - Parameter sleep: how to wait; it throws when the task is cancelled.
    public init(sleep: @escaping @Sendable (Duration) async throws -> Void) {
        self.sleep = sleep
    }

    public var now: Date { Date() }

    /// Sleeps at most an hour at a time: somebody may set the clock.
    public func sleep(until date: Date) async throws {
        try await sleep(.seconds(min(max(date.timeIntervalSince(now), 0.001), 3600)))
    }
}
