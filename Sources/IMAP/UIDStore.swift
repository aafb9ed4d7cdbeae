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
    /// too. Nor is a higher MODSEQ: where two try at once, Dovecot 2.3 often gives the loser a plain OK, and with it the winner's
    /// change. But that it tells with its flags, as any change that others made, while the change that `.SILENT` made is told without
    /// them (section 3.1.3). So the proof is a FETCH of this UID with a higher MODSEQ and no flags. Where another flag changes
    /// in the same instant there is none although the claim may be ours: nobody can tell, so it counts as lost, which is in doubt.
    /// libetpan's call for this forgets a space and never works.
    ///
    /// Without CONDSTORE the answer shows that the keyword is set, but not by whom.
    func claim(_ known: MessageFlags, keyword: String) throws(IMAPError) -> StoreResult {
        var known = known
        for _ in 0..<8 {
            if known.flags.contains(keyword) { return .lost(known) }
            let condition = usesModSeq ? known.modSeq.map { " (UNCHANGEDSINCE \($0))" } ?? "" : ""
            let completion = try store(
                known.uid, "\(condition) +FLAGS\(condition.isEmpty ? "" : ".SILENT") (\(keyword))")
            let proof = fetched.last { message in
                let told = message.flags
                guard told.uid == known.uid else { return false }
                if condition.isEmpty { return told.flags.contains(keyword) }
                return !message.hasFlags && (told.modSeq ?? 0) > (known.modSeq ?? .max)
            }
            if completion.code != "MODIFIED", let proof {
                known.flags.insert(keyword)
                known.modSeq = proof.flags.modSeq ?? known.modSeq
                return .stored(known)
            }
            guard let now = try fetchFlags(UIDSet(known.uid)).first(where: { $0.uid == known.uid }) else {
                return .gone
            }
            known = now
        }
        throw .refused(command: "UID STORE: the message's flags change all the time", code: nil)
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
