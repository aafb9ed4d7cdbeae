/// A ``Mark`` on its way to the mailbox's thread.
struct MarkRequest: Sendable {
    /// Which mark, of which message.
    struct Subject: Equatable, Sendable {
        let uidValidity: UInt32
        let uid: UInt32
        /// INTERNALDATE of the message that is meant; nil where that is not known. Another message may have the UID by now.
        var internalDate: Int64?
        let mark: Mark
    }

    let subject: Subject
    /// Called once.
    let answer: @Sendable (MarkResult) -> Void
}
