import IMAP

/// When the daemon last checked each mailbox, the result, and for how long it must not log in again: a mailbox is checked at most once a
/// minute, and not while its login is held back. A pure value.
struct LookMemory: Sendable {
    /// What was found is reported again for this long.
    static let interval: Duration = .seconds(60)

    enum Decision: Sendable {
        case look
        /// What was found then will do.
        case again(CheckedMailbox, age: Duration)
        /// No login before that time, in seconds since 1970.
        case heldBack(IMAPError, until: Double)
    }

    private struct Entry: Sendable {
        var began: ContinuousClock.Instant
        var found: CheckedMailbox?
        var policy = LookPolicy()
        var refusal: Refusal?
    }

    private struct Refusal: Sendable {
        let error: IMAPError
        let until: ContinuousClock.Instant
        /// What the credential looked like from outside.
        let stamp: [Int]
    }

    private var entries: [String: Entry] = [:]
    private var generation = 0

    /// The configuration was read again: earlier results no longer count, because a reload retries every mailbox at once.
    mutating func configured(_ generation: Int) {
        guard generation != self.generation else { return }
        (entries, self.generation) = ([:], generation)
    }

    /// Whether ``decide(_:_:stamp:now:wall:)`` has to know what the credential looks like now.
    func wantsStamp(_ mailbox: String) -> Bool { entries[mailbox]?.refusal != nil }

    /// - Parameters:
    ///   - status: how its watch is doing.
    ///   - stamp: what the credential looks like now; nil where that is not known.
    ///   - wall: the time of day, in seconds since 1970.
    func decide(
        _ mailbox: String, _ status: MailboxStatus?, stamp: [Int]?, now: ContinuousClock.Instant, wall: Double
    ) -> Decision {
        let entry = entries[mailbox]
        if let entry, let found = entry.found {
            let age = entry.began.duration(to: now)
            if age < Self.interval { return .again(found, age: age) }
        }
        if let (error, until) = status?.heldBack(at: wall) { return .heldBack(error, until: until) }
        if let refusal = entry?.refusal, refusal.until > now, stamp.map({ $0 == refusal.stamp }) ?? true {
            return .heldBack(refusal.error, until: wall + now.duration(to: refusal.until) / .seconds(1))
        }
        return .look
    }

    mutating func began(_ mailbox: String, at now: ContinuousClock.Instant) {
        entries[mailbox, default: Entry(began: now)].began = now
        entries[mailbox]?.found = nil
    }

    /// - Parameters:
    ///   - error: what ended the check before its end.
    ///   - generation: of the configuration that it was begun with.
    mutating func ended(
        _ mailbox: String, _ found: CheckedMailbox, _ error: IMAPError?, stamp: [Int], generation: Int,
        at now: ContinuousClock.Instant
    ) {
        guard generation == self.generation, var entry = entries[mailbox] else { return }
        entry.found = found
        entry.refusal = entry.policy.ended(error).flatMap { delay in
            error.map { Refusal(error: $0, until: now + delay, stamp: stamp) }
        }
        entries[mailbox] = entry
    }
}
