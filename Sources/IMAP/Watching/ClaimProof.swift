/// The STORE of a claim, and what its answer proves. A pure value.
///
/// The absence of a refusal is no proof: a plain OK is also sent if the message has vanished or the flag was already
/// set. If changes are numbered, only a later number proves the claim, because only our own change can cause it; what flags prove
/// depends on the server's ``ChangeHabit``. If they are not numbered, the flag is set, and only a single daemon can rely on it.
struct ClaimProof: Equatable, Sendable {
    /// The message's flags as they were last told, without the claim's.
    let known: MessageFlags
    /// The claim's flag.
    let flag: String

    enum Told: Equatable, Sendable {
        /// The condition did not hold.
        case modified
        /// A later number, and no flags: our own change.
        case number(MessageFlags)
        /// Flags with the claim's in it, by a later change where changes are numbered.
        case flags(MessageFlags)
        /// Nothing of the message, or nothing that says who did it.
        case nothing
    }

    /// The condition that the change is made on; nil where the server numbers no changes.
    var condition: UInt64? { known.modSeq }

    var command: Command {
        if let condition { return .uidStore(known.uid, unchangedSince: condition, add: true, flag) }
        return .uidStore(known.uid, add: true, [flag])
    }

    /// - Parameter reply: the answer to ``command``, which was no refusal.
    func told(by reply: Reply) -> Told {
        if reply.completion.code == .modified { return .modified }
        let own = reply.fetched.filter { fetch in
            fetch.uid == known.uid && condition.map { fetch.modSeq ?? 0 > $0 } ?? true
        }
        if condition != nil, let silent = own.last(where: { $0.flags == nil && !$0.hasUnknownFlags }) {
            return .number(MessageFlags(uid: known.uid, flags: known.flags.union([flag]), modSeq: silent.modSeq))
        }
        guard let told = own.last(where: { $0.flags?.contains(flag) ?? false }), let flags = told.flags else {
            return .nothing
        }
        return .flags(MessageFlags(uid: known.uid, flags: flags, modSeq: told.modSeq))
    }
}
