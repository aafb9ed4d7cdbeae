import FoundationEssentials

/// What is due when, by the time of day: a binary heap.
struct Agenda: Sendable {
    struct Item: Sendable {
        let due: Date
        let id: PasswordID
    }

    private var items: [Item] = []

    /// The earliest.
    var next: Date? { items.first?.due }

    mutating func add(_ id: PasswordID, at due: Date) {
        items.append(Item(due: due, id: id))
        var child = items.count - 1
        while child > 0, items[child].due < items[(child - 1) / 2].due {
            items.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    /// The earliest, where it is due now.
    mutating func take(at now: Date) -> PasswordID? {
        guard let first = items.first, first.due <= now else { return nil }
        let last = items.removeLast()
        guard !items.isEmpty else { return first.id }
        items[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < items.count && items[child].due < items[least].due {
                least = child
            }
            if least == parent { return first.id }
            items.swapAt(parent, least)
            parent = least
        }
    }
}
