public import FoundationEssentials

/// A point in time, on both clocks: passwords expire by the time of day, which may be set, and waits end by a clock that cannot be.
public struct Moment: Equatable, Sendable {
    /// The time of day.
    public let wall: Date
    /// Since the machine was started, its sleep included.
    public let uptime: Duration

    public init(wall: Date, uptime: Duration) {
        self.wall = wall
        self.uptime = uptime
    }
}
