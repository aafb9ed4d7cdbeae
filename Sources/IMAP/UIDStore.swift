/// What became of a conditional change of flags.
enum StoreResult: Equatable {
    /// The change was made: the message's flags as they are now.
    case stored(MessageFlags)
    /// Somebody else was there first: the message's flags as they are now.
    case lost(MessageFlags)
    /// The message is gone.
    case gone
}

extension Session {
    /// Sets a keyword that nobody else has set, and proves it.
    ///
    /// With CONDSTORE (RFC 7162, section 3.1.3) the change is made only if nobody touched the message since `known`, so of
    /// two who try, one wins. That there is no MODIFIED is no proof: a vanished UID and flags that are set already give a plain OK
    /// too. The proof is a FETCH of this UID with a higher MODSEQ and no flags: that is how a change made by `.SILENT` is told.
    /// With flags it is a proof only where flags cannot be another's, see ``mayTellOthersChanges()``; elsewhere the claim counts as
    /// lost, which is in doubt. libetpan's call for this forgets a space and never works.
    ///
    /// Without CONDSTORE the answer shows that the keyword is set, but not by whom.
    func claim(_ known: MessageFlags, keyword: String) throws(IMAPError) -> StoreResult {
        var known = known
        for _ in 0..<8 {
            if known.flags.contains(keyword) { return .lost(known) }
            let condition = usesModSeq ? known.modSeq.map { " (UNCHANGEDSINCE \($0))" } ?? "" : ""
            let completion = try store(
                known.uid, "\(condition) +FLAGS\(condition.isEmpty ? "" : ".SILENT") (\(keyword))")
            if completion.code != "MODIFIED",
                let proof = try proof(of: known, keyword: keyword, isConditional: !condition.isEmpty)
            {
                known.flags.insert(keyword)
                known.modSeq = proof.modSeq ?? known.modSeq
                return .stored(known)
            }
            guard let now = try fetchFlags(UIDSet(known.uid)).first(where: { $0.uid == known.uid }) else {
                return .gone
            }
            known = now
        }
        throw .refused(command: "UID STORE: the message's flags change all the time", code: nil)
    }

    /// What shows that the STORE just answered has set the keyword.
    private func proof(of known: MessageFlags, keyword: String, isConditional: Bool) throws(IMAPError) -> MessageFlags?
    {
        let told = fetched.filter { $0.flags.uid == known.uid }
        let withKeyword = told.last { $0.flags.flags.contains(keyword) }?.flags
        guard isConditional else { return withKeyword }
        let isHigher = { (flags: MessageFlags) in (flags.modSeq ?? 0) > (known.modSeq ?? .max) }
        if let own = told.last(where: { !$0.hasFlags && isHigher($0.flags) }) { return own.flags }
        guard let withKeyword, isHigher(withKeyword) else { return nil }
        return try mayTellOthersChanges() ? nil : withKeyword
    }

    /// Whether flags in the answer to a conditional `.SILENT` change may be what somebody else has just set.
    ///
    /// Dovecot (2.3 and before) drops a change that another session has just made before it looks at the condition: the loser of a close
    /// race gets a plain OK, and with it the winner's flags. Only the winner's own change is told without flags. Cyrus always tells the
    /// flags, and always tells the loser MODIFIED. Asked only where it matters: once in a session, and not of Dovecot but in such a race.
    private func mayTellOthersChanges() throws(IMAPError) -> Bool {
        guard offers("ID") else { return false }
        guard let name = try serverName() else { return true }
        return name.lowercased().contains("dovecot")
    }

    /// Adds or removes flags, whatever they are now. Returns the flags as they are then, or nil when the message is gone.
    func change(_ uid: UInt32, add: Bool, _ flags: [String]) throws(IMAPError) -> MessageFlags? {
        try store(uid, " \(add ? "+" : "-")FLAGS (\(flags.joined(separator: " ")))")
        // A server need not repeat flags that are as they were.
        if let flags = fetched.last(where: { $0.flags.uid == uid && $0.hasFlags })?.flags { return flags }
        return try fetchFlags(UIDSet(uid)).first { $0.uid == uid }
    }

    @discardableResult
    private func store(_ uid: UInt32, _ rest: String) throws(IMAPError) -> Completion {
        let completion = try run("UID STORE", "UID STORE \(uid)\(rest)", uids: uid...uid)
        guard completion.condition == .ok || completion.code == "MODIFIED" else {
            throw .refused(command: "UID STORE", code: completion.code)
        }
        return completion
    }
}
