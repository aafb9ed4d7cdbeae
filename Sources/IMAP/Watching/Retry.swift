/// When the next session is tried, and what may bring it forward. A pure value.
struct Retry: Equatable, Sendable {
    /// No claim has the server asked more often than this.
    static let claimInterval: Duration = .seconds(10)
    /// How often a credential that was refused is looked at for a change.
    static let lookInterval: Duration = .seconds(10)

    var delay: Duration
    /// A claim brings it forward, this long after the last attempt at the soonest. Nil: not at all. Nobody may lock an account by claiming,
    /// nor come sooner than the server said.
    var claimInterval: Duration?
    /// It may be the credential: once that is changed there is no need to wait.
    var watchesCredential = false
    /// An operator must fix something: it does not fix itself.
    var isFailure = false

    /// The server wants to be left alone for this long: nothing but an operator brings it forward.
    mutating func waits(atLeast least: Duration) {
        guard least > .zero else { return }
        (delay, claimInterval) = (max(delay, least), nil)
    }

    /// When it is due.
    ///
    /// - Parameters:
    ///   - last: when the last attempt ended.
    ///   - isClaimed: somebody has begun to wait since.
    func due(since last: Deadline, isClaimed: Bool) -> Deadline {
        guard isClaimed, let claimInterval else { return last.advanced(by: delay) }
        return last.advanced(by: min(delay, claimInterval))
    }
}
