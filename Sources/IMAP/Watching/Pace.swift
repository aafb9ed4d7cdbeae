/// When the server is asked next. A pure value.
struct Pace: Equatable, Sendable {
    /// A server may end an IDLE after 30 minutes (RFC 2177); NATs forget a silent connection much sooner.
    static let idleRenewal: Duration = .seconds(9 * 60)

    let poll: Duration
    let eagerPoll: Duration
    var canIdle: Bool
    /// When the last question was sent. The pace counts from there, not from its answer: else a distant server is asked less often.
    private(set) var lastAsked: Deadline
    /// Until when somebody waits for a mail; nil: nobody does.
    var awaitedUntil: Deadline?

    init(poll: Duration, eagerPoll: Duration, canIdle: Bool, since now: Deadline) {
        self.poll = poll
        self.eagerPoll = eagerPoll
        self.canIdle = canIdle
        lastAsked = now
    }

    mutating func asked(at now: Deadline) { lastAsked = now }

    func isAwaited(at now: Deadline) -> Bool { awaitedUntil.map { $0 > now } ?? false }

    /// When the next question is due, once the last is answered.
    func due(at now: Deadline) -> Deadline {
        let relaxed = canIdle ? Self.idleRenewal : poll
        let isEager = isAwaited(at: now) && eagerPoll > .zero
        return lastAsked.advanced(by: isEager ? min(eagerPoll, relaxed) : relaxed)
    }
}
