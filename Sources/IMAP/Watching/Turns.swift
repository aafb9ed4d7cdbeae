/// Whether each command waits until the one before it has ended: some servers and proxies drop what comes with another command, or with
/// DONE, in one write. A pure value that outlives the session.
struct Turns: Equatable, Sendable {
    private var timeouts = 0
    private(set) var areTaken = false

    /// A session has ended.
    ///
    /// - Parameter isHalfAnswered: by a timeout, when some of what was sent in one write had been answered. A link that is dead answers
    ///   nothing. Once it may be a server that was out of sorts: that holds for one session; twice, for good.
    mutating func sessionEnded(isHalfAnswered: Bool) {
        if isHalfAnswered { timeouts = min(timeouts + 1, 2) }
        areTaken = isHalfAnswered || timeouts > 1
    }
}
