extension Command {
    /// NOTIFY (RFC 5465): has the server push new mail itself, not only word of it.
    ///
    /// It has no filter, so every mail of the mailbox comes: `bound` is how much of each.
    static func notify(bound: Int, numbersChanges: Bool) -> Command {
        let items = FetchItems.message(bound: bound).text(numbersChanges: numbersChanges)
        return Command(name: .notify, text: "NOTIFY SET (SELECTED (MessageNew \(items) MessageExpunge FlagChange))")
    }

    /// NOTIFY NONE (RFC 5465, section 3.2): nothing more is pushed.
    static let notifyNone = Command(
        name: .notify, text: "NOTIFY NONE", bounds: .init(total: 64 * 1024 * 1024))
}
