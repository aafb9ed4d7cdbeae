import FoundationEssentials

/// The time, and a way to wait for it.
public protocol LedgerClock: Sendable {
    var now: Moment { get }
    /// Returns at this ``Moment/uptime``, or earlier; throws when the task is cancelled. A deadline, not a duration: the task that sleeps
    /// may begin late.
    func sleep(until uptime: Duration) async throws
}

/// The system's clocks.
public struct SystemClock: LedgerClock {
    private static let origin = ContinuousClock.now
    private let sleep: @Sendable (Duration) async throws -> Void

    /// - Parameter sleep: how to wait; it throws when the task is cancelled.
    public init(sleep: @escaping @Sendable (Duration) async throws -> Void) {
        self.sleep = sleep
        _ = Self.origin
    }

    // CLOCK_BOOTTIME on Linux: a claim's wait continues while the machine sleeps.
    public var now: Moment { Moment(wall: Date(), uptime: Self.origin.duration(to: .now)) }

    /// At most an hour at a time: somebody may set the clock.
    public func sleep(until uptime: Duration) async throws {
        try await sleep(min(max(uptime - now.uptime, .milliseconds(1)), .seconds(3600)))
    }
}
