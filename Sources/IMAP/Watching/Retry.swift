/// When the next session is tried, and what may bring it forward. A pure value.
struct Retry: Equatable, Sendable {
    /// No claim has the server asked more often than this.
    static let claimInterval: Duration = .seconds(10)
    /// While somebody waits, a server that cannot be reached is tried this often: it has seen no login yet that could be too many.
    static let awaitedInterval: Duration = .seconds(4)
    /// How often a credential that was refused is looked at for a change.
    static let lookInterval: Duration = .seconds(10)

    var delay: Duration
    /// A claim brings it forward, this long after the last attempt at the soonest. Nil: not at all. Nobody may lock an account by claiming,
    /// nor come sooner than the server said.
    var claimInterval: Duration?
    /// As long as somebody waits it is tried this long after the last attempt, whenever the wait began. Nil: no sooner than ``delay``.
    var awaitedInterval: Duration?
    /// It may be the credential: once that is changed there is no need to wait.
    var watchesCredential = false
    /// An operator must fix something: it does not fix itself.
    var isFailure = false

    /// The server wants to be left alone for this long: nothing but an operator brings it forward.
    mutating func waits(atLeast least: Duration) {
        guard least > .zero else { return }
        (delay, claimInterval, awaitedInterval) = (max(delay, least), nil, nil)
    }

    /// When it is due.
    ///
    /// - Parameters:
    ///   - last: when the last attempt ended.
    ///   - isClaimed: somebody has begun to wait since.
    ///   - isAwaited: somebody waits now.
    func due(since last: Deadline, isClaimed: Bool, isAwaited: Bool) -> Deadline {
        let sooner = [isClaimed ? claimInterval : nil, isAwaited ? awaitedInterval : nil].compactMap(\.self)
        return last.advanced(by: min(delay, sooner.min() ?? delay))
    }
}
