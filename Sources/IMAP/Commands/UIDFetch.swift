/// What is asked of messages.
enum FetchItems: Equatable, Sendable {
    /// A message that may matter, from its start and at most so many bytes of it. BODY.PEEK, so that nothing is marked as seen.
    case message(bound: Int)
    case flags
    /// The flags, and what tells the message from another of the same UID.
    case identity
    case uid

    /// - Parameter numbersChanges: whether the mailbox has mod-sequences (RFC 7162), which are asked for then.
    func text(numbersChanges: Bool) -> String {
        let modSeq = numbersChanges ? " MODSEQ" : ""
        return switch self {
        case .message(let bound): "(UID FLAGS INTERNALDATE RFC822.SIZE\(modSeq) BODY.PEEK[]<0.\(bound)>)"
        case .flags: "(UID FLAGS\(modSeq))"
        case .identity: "(UID FLAGS INTERNALDATE RFC822.SIZE\(modSeq))"
        case .uid: "(UID)"
        }
    }

    var bound: Int { if case .message(let bound) = self { bound } else { 0 } }
}

extension Command {
    /// UID FETCH (RFC 3501, section 6.4.8). Messages that are gone are left out of the answer.
    static func uidFetch(_ uids: UIDSet, _ items: FetchItems, numbersChanges: Bool) -> Command {
        Command(
            name: .uidFetch, text: "UID FETCH \(uids) \(items.text(numbersChanges: numbersChanges))", uids: uids.bounds,
            bounds: .init(
                literal: max(items.bound, 64 * 1024), total: 1024 * 1024 + items.bound * (uids.expectedCount + 1)))
    }

    /// The highest UID of a mailbox that is not empty, for servers that tell no UIDNEXT.
    static let fetchLastUID = Command(name: .uidFetch, text: "UID FETCH * (UID)", uids: 1...UInt32.max)
}
