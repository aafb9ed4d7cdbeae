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

    /// The same, after it was answered.
    var answered: MarkRequest { MarkRequest(subject: subject) { _ in } }

    /// What was settled stays settled: it is written down later if it cannot be now.
    var isDurable: Bool { if case .settle = subject.mark { true } else { false } }
}
