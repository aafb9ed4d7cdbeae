/// Notices, by comparison with the monotonic clock, that the wall clock was set. A pure value.
struct WallClock: Equatable, Sendable {
    private var offset: Double

    /// Less is drift, and nobody's mail is too old by it.
    private static let step = 5.0

    init(_ now: Moment) { offset = Self.offset(now) }

    /// Whether it was set since this was last asked.
    mutating func wasSet(_ now: Moment) -> Bool {
        let offset = Self.offset(now)
        guard abs(offset - self.offset) > Self.step else { return false }
        self.offset = offset
        return true
    }

    private static func offset(_ now: Moment) -> Double { now.wall - Double(now.monotonic.nanoseconds) / 1e9 }
}
