/// A ``Mark`` on its way to the mailbox's thread.
struct MarkRequest: Sendable {
    /// Which mark, of which message.
    struct Subject: Equatable, Sendable {
        let uidValidity: UInt32
        let uid: UInt32
        let mark: Mark
    }

    let subject: Subject
    /// Called once.
    let answer: @Sendable (MarkResult) -> Void
}
