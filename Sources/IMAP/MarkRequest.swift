/// A ``Mark`` on its way to the mailbox's thread.
struct MarkRequest: Sendable {
    let uidValidity: UInt32
    let uid: UInt32
    let mark: Mark
    /// Called once.
    let answer: @Sendable (MarkResult) -> Void

    /// The same, after it was answered.
    var answered: MarkRequest { MarkRequest(uidValidity: uidValidity, uid: uid, mark: mark) { _ in } }

    /// What was settled stays settled: it is written down later if it cannot be now.
    var isDurable: Bool { if case .settle = mark { true } else { false } }
}
