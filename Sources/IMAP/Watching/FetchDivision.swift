/// Finds the message that a server cannot deliver when a FETCH of many is refused or ends the session. A pure value that outlives the
/// session.
///
/// The messages of a FETCH that failed are suspects. They are fetched again by halves, apart from the others and after them, until the
/// one that cannot be fetched stands alone. That one is left alone, and asked for again now and then.
struct FetchDivision: Equatable, Sendable {
    /// Sets of suspects, each to be fetched by itself.
    private var sets: [[UInt32]] = []
    /// The messages that are being fetched.
    private var underWay: [UInt32] = []
    /// How often the fetch of a message alone has failed.
    private var failures: [UInt32: Int] = [:]
    /// When those that failed alone are asked for again.
    private var unfetchable: [UInt32: Deadline] = [:]
    /// Those of them that nobody was told of yet.
    private var news: [UInt32] = []
    /// Sessions in a row that were begun at once for the division's sake.
    private var reconnects = 0

    /// Failures of a message alone after which it counts as unfetchable: a server may be out of sorts, and a link be cut, for a moment.
    private static let certain = 2
    private static let longestPause: Duration = .seconds(4 * 60 * 60)
    private static let bound = 10_000

    /// Whether the next session is to begin at once: suspects are still to be fetched, and the good ones among them wait. Not more than ten
    /// times in a row: a server that is down is not to be hammered.
    mutating func takesReconnect() -> Bool {
        guard hasSuspects, reconnects < 10 else { return false }
        reconnects += 1
        return true
    }

    /// Of some messages it is not known yet whether they can be had.
    var hasSuspects: Bool { !sets.isEmpty || unfetchable.keys.contains { failures[$0] == 1 } }

    /// Whether the message is a suspect, or cannot be fetched: it is fetched by nobody else.
    func holds(_ uid: UInt32) -> Bool { unfetchable[uid] != nil || sets.contains { $0.contains(uid) } }

    /// The next set of suspects, those that cannot be fetched and are due again after all others.
    mutating func next(at now: Deadline) -> [UInt32]? {
        if !sets.isEmpty { return sets.removeFirst() }
        guard let due = unfetchable.first(where: { $0.value <= now }) else { return nil }
        unfetchable[due.key] = nil
        return [due.key]
    }

    /// When the next of those that cannot be fetched is due; nil: there is none.
    var nextDue: Deadline? { unfetchable.values.min() }

    mutating func began(_ uids: [UInt32]) { underWay = uids }

    /// The fetch of these was answered.
    mutating func succeeded(_ uids: [UInt32]) {
        for uid in uids { failures[uid] = nil }
        underWay = []
        if sets.isEmpty { reconnects = 0 }
    }

    /// The server refused it. Returns the message that cannot be fetched, if it is known by now.
    mutating func refused(at now: Deadline) -> UInt32? { failed(pause: .seconds(30), now) }

    /// The session ended, perhaps by it. Asked for again it may end the next one, so that comes much later.
    mutating func sessionEnded(at now: Deadline) {
        guard !underWay.isEmpty else { return }
        if let uid = failed(pause: .seconds(600), now) { news.append(uid) }
    }

    /// Those that are known to be unfetchable since this was last asked.
    mutating func takeNews() -> [UInt32] {
        defer { news = [] }
        return news
    }

    private mutating func failed(pause: Duration, _ now: Deadline) -> UInt32? {
        let uids = underWay
        underWay = []
        guard uids.count == 1, let uid = uids.first else {
            let half = uids.count / 2
            // The newest first: somebody may wait for them.
            sets += [Array(uids[half...]), Array(uids[..<half])].filter { !$0.isEmpty }
            return nil
        }
        if failures.count >= Self.bound { failures.removeAll() }
        let count = (failures[uid] ?? 0) + 1
        failures[uid] = count
        if unfetchable.count >= Self.bound { unfetchable.removeAll() }
        guard count >= Self.certain else {
            unfetchable[uid] = now.advanced(by: .seconds(2))
            return nil
        }
        unfetchable[uid] = now.advanced(by: min(pause * Double(1 << min(count - Self.certain, 10)), Self.longestPause))
        // Reported once: what is asked for again and fails again is no news.
        return count == Self.certain ? uid : nil
    }

    /// Messages that are of no use any more, or are gone.
    mutating func forget(_ isGone: (UInt32) -> Bool) {
        sets = sets.map { $0.filter { !isGone($0) } }.filter { !$0.isEmpty }
        unfetchable = unfetchable.filter { !isGone($0.key) }
        failures = failures.filter { !isGone($0.key) }
    }
}
