/// A reader's result for one message.
struct Judgement: Equatable, Sendable {
    enum Verdict: Equatable, Sendable {
        /// Nobody's business.
        case none
        /// Undecided: all of it is wanted.
        case whole
        case keep
    }

    let flags: MessageFlags
    let identity: MessageIdentity
    let verdict: Verdict
}
