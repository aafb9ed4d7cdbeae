/// When to poll the server next. A pure value.
///
/// While somebody waits, it is polled at the eager pace instead of idling, if that is faster: not if pushes are immediate, for a
/// minute if they are late, for ten seconds if nothing is known yet; then less and less often. Servers lock out clients that poll endlessly.
struct Pace: Equatable, Sendable {
    /// A server may end an IDLE after 30 minutes (RFC 2177); NATs forget a silent connection much sooner.
    static let idleRenewal: Duration = .seconds(9 * 60)
    /// Between two proofs that the mailbox is still there, while somebody waits.
    static let proofWhileAwaited: Duration = .seconds(30)

    /// The pace of a server that has had enough of a quicker one, and for how long.
    private static let cautious: Duration = .seconds(5)
    private static let caution: Duration = .seconds(10 * 60)

    let poll: Duration
    let eagerPoll: Duration
    var canIdle: Bool
    /// When the last question was sent. The pace counts from there, not from its answer: else a distant server is asked less often.
    private(set) var lastAsked: Deadline
    /// When the mailbox has last proved to be there.
    private(set) var lastProof: Deadline
    /// Until when somebody waits for a mail; nil: nobody does.
    private(set) var awaitedUntil: Deadline?
    private var awaitedSince: Deadline
    /// The server has asked to be left alone until then.
    private(set) var quietUntil: Deadline?

    init(poll: Duration, eagerPoll: Duration, canIdle: Bool, since now: Deadline) {
        self.poll = poll
        self.eagerPoll = eagerPoll
        self.canIdle = canIdle
        (lastAsked, lastProof, awaitedSince) = (now, now, now)
    }

    mutating func asked(at now: Deadline) { lastAsked = now }
    mutating func proved(at now: Deadline) { lastProof = now }

    /// Somebody waits until then, or nobody does. A newcomer is served at a newcomer's pace.
    mutating func awaited(until: Deadline?, at now: Deadline) {
        if let until, until > (awaitedUntil ?? now).advanced(by: .milliseconds(50)) { awaitedSince = now }
        awaitedUntil = until
    }

    /// The server has enough of it for this long.
    mutating func leaveAlone(for duration: Duration, at now: Deadline) {
        quietUntil = max(quietUntil ?? now, now.advanced(by: min(duration, .seconds(3600))))
    }

    func isAwaited(at now: Deadline) -> Bool { awaitedUntil.map { $0 > now } ?? false }
    func isQuiet(at now: Deadline) -> Bool { quietUntil.map { $0 > now } ?? false }

    /// Whether questions are asked at the eager pace now.
    func isEager(at now: Deadline, _ pushes: PushHabit.Kind) -> Bool {
        isAwaited(at: now) && eagerInterval(at: now, pushes) <= eagerPoll
    }

    /// Whether a question is to prove as well that the mailbox is there.
    func wantsProof(at now: Deadline) -> Bool {
        !isAwaited(at: now) || lastProof.advanced(by: Self.proofWhileAwaited) <= now
    }

    /// When the next question is due, once the last is answered.
    func due(at now: Deadline, _ pushes: PushHabit.Kind) -> Deadline {
        let relaxed = lastAsked.advanced(by: canIdle ? Self.idleRenewal : poll)
        var due = relaxed
        if isAwaited(at: now) {
            due = min(due, lastProof.advanced(by: Self.proofWhileAwaited))
            if eagerPoll > .zero { due = min(due, lastAsked.advanced(by: eagerInterval(at: now, pushes))) }
        }
        return max(due, quietUntil ?? due)
    }

    private func eagerInterval(at now: Deadline, _ pushes: PushHabit.Kind) -> Duration {
        let isCautious = quietUntil.map { $0.advanced(by: Self.caution) > now } ?? false
        if isCautious, !canIdle || pushes != .prompt { return max(eagerPoll, Self.cautious) }
        let waited = now.remaining(from: awaitedSince)
        if canIdle {
            switch pushes {
            case .prompt: return Self.idleRenewal
            case .unknown where waited >= .seconds(10) && waited < .seconds(60): return max(eagerPoll, .seconds(1))
            case .unknown, .late: break
            }
        }
        return waited < .seconds(60) ? eagerPoll : max(eagerPoll, .seconds(5))
    }
}
