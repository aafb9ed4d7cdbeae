public import FoundationEssentials

/// A point in time, by both clocks: passwords live by the time of day, which somebody may set, and waits end by a clock that nobody can.
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
