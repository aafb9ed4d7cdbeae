/// The messages that a search looks at.
enum SearchedSet: Equatable, Sendable {
    case all
    /// From this sequence number on.
    case messages(from: UInt32)
    /// These sequence numbers, all of which there are.
    case range(ClosedRange<UInt32>)
    /// From this UID on.
    case uids(from: UInt32)

    var text: String {
        switch self {
        case .all, .messages(from: 1): ""
        case .messages(from: let first): "\(first):* "
        case .range(let range): "\(range.lowerBound):\(range.upperBound) "
        case .uids(from: let first): "UID \(first):\(UInt32.max) "
        }
    }
}
