/// Which questions a server refused, so that the session ended, although the mailbox could be opened again: that is the server's habit
/// then, and says nothing of the mailbox. A pure value that outlives the session.
struct RefusalMemory: Equatable, Sendable {
    enum Question: Hashable, Sendable {
        /// STATUS of the open mailbox.
        case status
        /// The flags of messages, some of which may be gone.
        case refresh
        case search
    }

    private var counts: [Question: Int] = [:]

    /// A session has ended with it.
    mutating func ended(with purpose: Purpose) {
        if let question = Question(purpose) { counts[question, default: 0] += 1 }
    }

    /// It was answered.
    mutating func answered(_ purpose: Purpose) { if let question = Question(purpose) { counts[question] = nil } }

    /// Whether it is refused for good. A search is what finds mail: it takes two sessions to be given up.
    func outlive(_ question: Question) -> Bool { counts[question, default: 0] >= (question == .search ? 2 : 1) }
}

extension RefusalMemory.Question {
    fileprivate init?(_ purpose: Purpose) {
        switch purpose {
        case .proof: self = .status
        case .refresh: self = .refresh
        case .search, .searchStep: self = .search
        default: return nil
        }
    }
}
