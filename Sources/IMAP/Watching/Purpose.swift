/// What a command is sent for.
enum Purpose: Equatable, Sendable {
    case idle
    /// News, and nothing else.
    case ask
    /// News together with what is new.
    case askedArrivals
    /// What was announced: so many messages.
    case arrivals(announced: Int)
    /// Messages that a search has found, so much of each.
    case found(bound: Int)
    case lastUID
    /// The last of more messages than are fetched unseen.
    case lastOfMany
    case search(isAll: Bool)
    /// The flags of the messages that matter: these sets are still to be asked for, these were told.
    case refresh(rest: [UIDSet], told: [MessageFlags])
    case notify
    case mark(Int, MarkProcedure)
    /// How the server tells of changes, which this mark needs to know.
    case habit(Int, MarkProcedure)

    var asksForBodies: Bool {
        switch self {
        case .askedArrivals, .arrivals, .found: true
        default: false
        }
    }
}
