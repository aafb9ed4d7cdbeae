public import FoundationEssentials

/// What the custodian needs of the mailboxes.
public protocol RecordKeeper: Sendable {
    /// Changes a mail's record on the server. `answer` is called once, when the server has answered or cannot be asked.
    func change(_ id: PasswordID, _ change: RecordChange, answer: @escaping @Sendable (RecordResult) -> Void)
    /// Somebody waits for a mail of this mailbox, at the most until then; nil: nobody does any more.
    func expectMail(in mailbox: String, until date: Date?)
}
