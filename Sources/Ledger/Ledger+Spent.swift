import FoundationEssentials

/// Which passwords have been handed out, whatever messages they are in: known over a restart by their ``Trace``.
extension Ledger {
    /// From now on no copy of it is given after a restart either. Comes before the password leaves.
    mutating func spend(_ fingerprint: Int) {
        let copies = custodies[fingerprint]?.members.compactMap { messages[$0] } ?? []
        guard let trace = copies.compactMap(\.trace).first, memory.spent[trace] == nil,
            let expiresAt = copies.compactMap(\.expiresAt).max()
        else { return }
        if memory.spent.count >= mostSpent {
            // A day longer, for a clock that is wrong.
            let old = now.wall.timeIntervalSince1970 - 86_400
            for (trace, until) in memory.spent where Double(until) < old { remember(.unspent(trace: trace)) }
            mostSpent = max(Self.spentBound, 2 * memory.spent.count)
        }
        remember(.spent(trace: trace, until: Int64(exactly: expiresAt.timeIntervalSince1970.rounded(.up)) ?? .max))
    }

    /// Nobody has it.
    mutating func unspend(_ fingerprint: Int) {
        guard let trace = custodies[fingerprint]?.members.compactMap({ messages[$0]?.trace }).first,
            memory.spent[trace] != nil
        else { return }
        remember(.unspent(trace: trace))
    }

    /// What an earlier process knew of a message that is seen for the first time: of itself, or of a copy that this process has not found.
    func note(of message: Message, _ told: Record) -> Memory.Note? {
        let note = memory.notes[message.key]
        guard note ?? .seen == .seen, told == .unmarked, let trace = message.trace, memory.spent[trace] != nil,
            let fingerprint = message.fingerprint, custodies[fingerprint] == nil
        else { return note }
        return .owedClaimed
    }
}
