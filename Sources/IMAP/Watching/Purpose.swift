/// What a command is sent for.
enum Purpose: Equatable, Sendable {
    case idle
    /// News, and nothing else.
    case ask
    /// Whether the mailbox is still the one that was opened.
    case proof
    /// News together with what is new.
    case askedArrivals
    /// What was announced: so many messages.
    case arrivals(announced: Int)
    /// What a gap may hide: the last messages, whatever a search says.
    case gap
    /// Messages that a search has found, so much of each.
    case found([UInt32], bound: Int)
    case lastUID
    /// The last of more messages than are fetched unseen, or than can be.
    case lastOfMany
    /// A step of the search through the mailbox, with the dates at its end after it.
    case searchStep(hasDates: Bool)
    case dates
    /// A search for what may have been missed.
    case search
    /// The flags of the messages that matter, which were these: these sets are still to be asked for, these were told.
    case refresh(FetchItems, of: Set<UInt32>, rest: [UIDSet], told: [ToldMessage])
    case notify
    case mark(MarkQueue.Job)
    /// Takes off what a mark has left behind.
    case sweep

    var asksForBodies: Bool {
        switch self {
        case .askedArrivals, .arrivals, .gap, .found: true
        default: false
        }
    }
}
