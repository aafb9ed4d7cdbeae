extension Command {
    /// FETCH (RFC 3501, section 6.4.5) of the dates of messages, by their sequence numbers.
    static func fetchDates(_ numbers: ClosedRange<UInt32>) -> Command {
        Command(
            name: .fetch, text: "FETCH \(numbers.lowerBound):\(numbers.upperBound) (UID INTERNALDATE)",
            uids: 1...UInt32.max)
    }

    /// The same of what a search would look at.
    static func fetchDates(_ among: SearchedSet) -> Command {
        switch among {
        case .all: fetchDates("FETCH 1:*", .fetch)
        case .messages(let first): fetchDates("FETCH \(first):*", .fetch)
        case .range(let range): fetchDates("FETCH \(range.lowerBound):\(range.upperBound)", .fetch)
        case .uids(let first): fetchDates("UID FETCH \(first):\(UInt32.max)", .uidFetch)
        }
    }

    private static func fetchDates(_ text: String, _ name: CommandName) -> Command {
        Command(
            name: name, text: "\(text) (UID INTERNALDATE)", uids: 1...UInt32.max, bounds: .init(total: 8 * 1024 * 1024))
    }
}
