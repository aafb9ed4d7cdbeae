/// What the custodian needs from the mailboxes.
public protocol RecordKeeper: Sendable {
    /// Changes a mail's record on the server. ``Custodian/recordChanged(_:_:_:_:)`` follows once, when the server has answered or cannot be
    /// asked: in its place among everything else that is told of the mailbox.
    ///
    /// - Parameter key: which message is meant: under the same name there may be another by now.
    func change(_ id: PasswordID, _ change: RecordChange, _ key: MessageKey)
    /// Somebody waits for a mail of this mailbox, for this long at most; nil: nobody does any more.
    func expectMail(in mailbox: String, for duration: Duration?)
    /// Keeps what is to be known after a restart. Done when it returns.
    func remember(_ entry: Memory.Entry)
}
