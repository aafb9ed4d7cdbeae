/// How long a throttling server is left alone. A pure value that outlives the session: the end of a session
/// is no reason to come back sooner.
struct Throttling: Equatable, Sendable {
    /// Where the server does not say for how long: twice that the next time, and so on.
    private static let firstPause: Duration = .seconds(30)
    private static let longestPause: Duration = .seconds(5 * 60)
    private static let bounds: ClosedRange<Duration> = .seconds(1) ... .seconds(3600)
    /// What is told sooner after the last time is the same throttling.
    private static let calm: Duration = .seconds(60)

    /// Nothing is asked before this.
    private(set) var until: Deadline?
    /// As the server said it last.
    private(set) var error = IMAPError.throttled(backOff: nil)
    private var pause = Duration.zero

    func isQuiet(at now: Deadline) -> Bool { until.map { $0 > now } ?? false }

    /// The server has enough. Returns whether that is news.
    mutating func told(_ error: IMAPError, for backOff: Duration?, at now: Deadline) -> Bool {
        let isAgain = until.map { $0.advanced(by: max(pause, Self.calm)) > now } ?? false
        self.error = error
        if let backOff {
            let told = now.advanced(by: min(max(backOff, Self.bounds.lowerBound), Self.bounds.upperBound))
            until = max(until ?? told, told)
        } else if !isQuiet(at: now) {
            // Several commands of one flight are refused at once: that is once.
            pause = isAgain ? min(max(pause * 2, Self.firstPause), Self.longestPause) : Self.firstPause
            until = now.advanced(by: pause)
        }
        return !isAgain
    }
}
