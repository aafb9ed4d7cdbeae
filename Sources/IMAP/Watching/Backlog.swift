/// Messages that are known but not fetched yet, and how far the mailbox has been searched. A pure value.
///
/// The mailbox is searched from its newest message on, in steps that take the server no longer than a few round trips: what may be claimed
/// is known soon, and a mark never waits long behind a search. It ends where two steps in a row are older than what matters.
struct Backlog: Equatable, Sendable {
    /// Messages fetched in one command.
    static let batch = 16
    /// Messages of the first step: a server reads through a thousand in 3 ms, through all of a large mailbox in hundreds.
    static let firstStep: UInt32 = 100
    /// A longer line of results than this gives is no honest server's.
    private static let longestStep: UInt32 = 16_384
    /// Messages whose dates tell that what lies before them is older: one alone may have been moved here.
    private static let sample: UInt32 = 4
    /// Steps in a row that are older than what matters before the rest is taken to be: many old messages may have been moved here at once.
    private static let oldStepsToTheEnd = 2

    /// The lowest sequence number that was searched; 1: there are no more.
    private(set) var searchedFrom: UInt32
    private var step = firstStep
    private var oldSteps = 0
    /// Messages that a search has found, in ascending order.
    private var found: [UInt32] = []
    /// Messages of which the reader wants all.
    private var wholes: [UInt32] = []

    init(exists: UInt32) { searchedFrom = exists == .max ? .max : exists + 1 }

    var isSearched: Bool { searchedFrom <= 1 }
    /// There is nothing to be searched, and nothing to be fetched.
    var isDone: Bool { isSearched && found.isEmpty && wholes.isEmpty }

    /// The mailbox is searched again.
    mutating func beginSearch(exists: UInt32) {
        (searchedFrom, step, oldSteps) = (exists == .max ? .max : exists + 1, Self.firstStep, 0)
    }

    /// The next messages to search, and those whose dates decide whether the search continues after them.
    mutating func nextStep() -> (SearchedSet, dates: ClosedRange<UInt32>?) {
        let last = searchedFrom
        let first = last > step ? last - step : 1
        searchedFrom = first
        let dates = first > 1 ? first...min(first + Self.sample - 1, last - 1) : nil
        // The newest go without an end, which another client may have moved.
        return (step == Self.firstStep ? .messages(from: first) : .range(first...max(first, last - 1)), dates)
    }

    /// A step took so long, where the server answers to the least in `roundTrip`.
    mutating func stepTook(_ duration: Duration, roundTrip: Duration) {
        step =
            duration > max(roundTrip * 4, .milliseconds(15))
            ? max(step / 2, Self.firstStep + 1) : min(step * 4, Self.longestStep)
    }

    /// What the dates at the end of a step have told: whether all of them are older than what matters.
    mutating func stepEnded(isOld: Bool) {
        oldSteps = isOld ? oldSteps + 1 : 0
        if oldSteps >= Self.oldStepsToTheEnd { searchedFrom = 1 }
    }

    /// A message is gone: those after it are renumbered.
    mutating func removed(_ number: UInt32) { if number < searchedFrom, searchedFrom > 1 { searchedFrom -= 1 } }

    mutating func add(found uids: [UInt32]) { if !uids.isEmpty { found = Set(found).union(uids).sorted() } }
    mutating func add(whole uid: UInt32) { wholes.append(uid) }

    /// They were fetched by the way.
    mutating func remove(_ uids: [UInt32]) { if !found.isEmpty { found.removeAll(where: uids.contains) } }

    /// The messages to be fetched next and so much of each: the newest first, since somebody may wait for them.
    mutating func next() -> (uids: UIDSet, bound: Int)? {
        if let uid = wholes.popLast() { return (UIDSet(uid), WatchState.wholeBound) }
        guard let uids = UIDSet(found.suffix(Self.batch)) else { return nil }
        found.removeLast(min(Self.batch, found.count))
        return (uids, WatchState.firstBound)
    }
}
