import FoundationEssentials

/// Messages whose password may be handed out, indexed by what claims may ask for: the newest match is found without looking at the
/// others.
struct Candidates: Sendable {
    struct Key: Hashable, Sendable {
        var mailbox: String?
        var recipient: String?
    }

    private struct Candidate: Comparable, Sendable {
        let issuedAt: Date
        let id: PasswordID
        static func < (left: Candidate, right: Candidate) -> Bool {
            (left.issuedAt, left.id) < (right.issuedAt, right.id)
        }
    }

    /// Each in ascending order.
    private var lists: [Key: [Candidate]] = [:]

    mutating func insert(_ message: Message) {
        let candidate = Candidate(issuedAt: message.issuedAt ?? .distantPast, id: message.id)
        for key in Self.keys(message) {
            let place = Self.place(of: candidate, in: lists[key] ?? [])
            if !place.isTaken { lists[key, default: []].insert(candidate, at: place.index) }
        }
    }

    mutating func remove(_ message: Message) {
        let candidate = Candidate(issuedAt: message.issuedAt ?? .distantPast, id: message.id)
        for key in Self.keys(message) {
            let place = Self.place(of: candidate, in: lists[key] ?? [])
            if place.isTaken { lists[key]?.remove(at: place.index) }
            if lists[key]?.isEmpty == true { lists[key] = nil }
        }
    }

    /// The newest that fits the filter.
    func newest(_ filter: ClaimFilter, where isGivable: (PasswordID) -> Bool) -> (issuedAt: Date, id: PasswordID)? {
        guard let list = lists[filter.key] else { return nil }
        let earliest = filter.earliest
        for index in list.indices.reversed() {
            let candidate = list[index]
            if let earliest, candidate.issuedAt < earliest { return nil }
            if !filter.excluded.contains(candidate.id), isGivable(candidate.id) {
                return (candidate.issuedAt, candidate.id)
            }
        }
        return nil
    }

    private static func keys(_ message: Message) -> [Key] {
        let mailbox = message.id.mailbox
        let all = [Key(), Key(mailbox: mailbox)]
        guard let recipient = message.foldedRecipient else { return all }
        return all + [Key(recipient: recipient), Key(mailbox: mailbox, recipient: recipient)]
    }

    /// Its position, or where it would be inserted.
    private static func place(of candidate: Candidate, in list: [Candidate]) -> (index: Int, isTaken: Bool) {
        var (low, high) = (0, list.count)
        while low < high {
            let middle = (low + high) / 2
            if list[middle] < candidate { low = middle + 1 } else { high = middle }
        }
        return (low, low < list.count && list[low] == candidate)
    }
}
