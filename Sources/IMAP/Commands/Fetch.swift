extension Command {
    /// FETCH (RFC 3501, section 6.4.5) of the dates of messages, by their sequence numbers.
    static func fetchDates(_ numbers: ClosedRange<UInt32>) -> Command {
        Command(
            name: .fetch, text: "FETCH \(numbers.lowerBound):\(numbers.upperBound) (UID INTERNALDATE)",
            uids: 1...UInt32.max)
    }
}
