/// What a server answered to the STORE of a claim, and what that proves. A pure value.
///
/// That nothing speaks against a claim is no proof: a plain OK comes too where the message has vanished and where the keyword was set
/// already. Where changes are numbered it is won only by a FETCH of this very message that can be of nothing but our own change; everything
/// else is read again, see ``MarkProcedure``. Where they are not, the keyword is set, and one daemon alone can be sure of it.
struct ClaimProof: Equatable, Sendable {
    /// The message's flags as they were last told, without the keyword.
    let known: MessageFlags
    let keyword: String

    enum Verdict: Equatable, Sendable {
        /// The keyword is ours: the flags as they are now.
        case won(MessageFlags)
        /// It may be ours, or another's: that depends on how the server tells of changes.
        case dependsOnHabit
        case notProven
    }

    /// How a server answers to a conditional STORE with `.SILENT` (RFC 7162, section 3.1.3).
    enum Habit: Equatable, Sendable {
        case unknown
        /// Flags in the answer are those of our own change. Cyrus: it always tells them, and always tells the loser MODIFIED.
        case tellsOwnFlags
        /// Flags in the answer may be another's change. Dovecot 2.3 and before: it drops a change that another session has just made before it looks
        /// at the condition, so that the loser of a close race gets a plain OK, and with it the winner's flags. The winner is told the
        /// new MODSEQ alone.
        case mayTellOthersFlags
    }

    /// The condition that the change is made on; nil where the server numbers no changes.
    var condition: UInt64? { known.modSeq }

    var command: Command {
        if let condition { return .uidStore(known.uid, unchangedSince: condition, adding: keyword) }
        return .uidStore(known.uid, add: true, [keyword])
    }

    /// - Parameter reply: the answer to ``command``, which was no refusal.
    func verdict(_ reply: Reply, habit: Habit) -> Verdict {
        guard reply.completion.code != .modified else { return .notProven }
        let told = reply.fetched.filter { $0.uid == known.uid }
        guard let condition else {
            // The keyword is set, and nobody can tell by whom.
            return told.contains { $0.flags?.contains(keyword) ?? false } ? won(known.modSeq) : .notProven
        }
        let later = told.filter { ($0.modSeq ?? 0) > condition }
        if let silent = later.last(where: { $0.flags == nil && !$0.hasUnknownFlags }) { return won(silent.modSeq) }
        guard let flags = later.last(where: { $0.flags?.contains(keyword) ?? false }) else { return .notProven }
        switch habit {
        case .unknown: return .dependsOnHabit
        case .tellsOwnFlags: return won(flags.modSeq)
        case .mayTellOthersFlags: return .notProven
        }
    }

    private func won(_ modSeq: UInt64?) -> Verdict {
        .won(MessageFlags(uid: known.uid, flags: known.flags.union([keyword]), modSeq: modSeq))
    }
}
