/// Messages that are known of and not fetched yet, and how far the mailbox has been searched. A pure value.
struct Backlog: Equatable, Sendable {
    /// Messages fetched in one command.
    static let batch = 16

    /// So many of the newest messages have been searched; nil: all of them, or none yet.
    private(set) var searched: UInt32?
    /// Messages that a search has found, in ascending order.
    private var found: [UInt32] = []
    /// Messages of which the reader wants all.
    private var wholes: [UInt32] = []

    /// The messages of a search through the newest `count` of a mailbox that has `exists`.
    mutating func searchNewest(_ count: UInt32, of exists: UInt32) -> SearchedSet {
        searched = count < exists ? count : nil
        return count < exists ? .messages(from: exists - count + 1) : .all
    }

    mutating func add(found uids: [UInt32]) { found = Set(found).union(uids).sorted() }
    mutating func add(whole uid: UInt32) { wholes.append(uid) }

    /// The messages to be fetched next and so much of each: the newest first, since somebody may wait for them.
    mutating func next() -> (uids: UIDSet, bound: Int)? {
        if let uid = wholes.popLast() { return (UIDSet(uid), WatchState.wholeBound) }
        guard let uids = UIDSet(found.suffix(Self.batch)) else { return nil }
        found.removeLast(min(Self.batch, found.count))
        return (uids, WatchState.firstBound)
    }
}
