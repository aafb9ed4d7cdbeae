/// How a server announces new mail during an IDLE, learnt from each arrival while it is also polled. A pure value that
/// outlives the session.
struct PushHabit: Equatable, Sendable {
    enum Kind: Equatable, Sendable {
        case unknown
        /// A push comes before a question can: asking is of no use.
        case prompt
        /// A question has the answer before a push comes (Dovecot holds them back for half a second).
        case late
    }

    private(set) var kind = Kind.unknown
    private var lateInARow = 0

    /// New mail was told of while somebody waited and the server was asked at the eager pace: in answer to a question, or not.
    ///
    /// A mail may come just while a prompt server answers a question: so two in a row are needed to call it late again.
    mutating func told(inAnswer: Bool) {
        guard inAnswer else {
            (kind, lateInARow) = (.prompt, 0)
            return
        }
        lateInARow = min(lateInARow + 1, 10)
        if kind != .prompt || lateInARow > 1 { kind = .late }
    }
}
