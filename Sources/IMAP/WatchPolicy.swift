/// When to ask the server next. A pure value.
struct WatchPolicy: Equatable, Sendable {
    /// A server may end an IDLE after 30 minutes (RFC 2177); NATs forget a silent connection much sooner.
    static let idleRenewal: Duration = .seconds(9 * 60)

    let poll: Duration
    let eagerPoll: Duration
    let canIdle: Bool

    /// The next question is due this long after the last was sent, once that is answered.
    func interval(isAwaited: Bool) -> Duration {
        let relaxed = canIdle ? Self.idleRenewal : poll
        return isAwaited && eagerPoll > .zero ? min(eagerPoll, relaxed) : relaxed
    }
}
