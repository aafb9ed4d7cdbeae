/// The messages that a search looks at.
enum SearchedSet: Equatable, Sendable {
    case all
    /// From this sequence number on.
    case messages(from: UInt32)
    /// From this UID on.
    case uids(from: UInt32)

    var text: String {
        switch self {
        case .all: ""
        case .messages(let first): "\(first):* "
        case .uids(let first): "UID \(first):\(UInt32.max) "
        }
    }
}
