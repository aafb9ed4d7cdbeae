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
    /// too. The proof is an untagged FETCH of this UID with a higher MODSEQ. Another flag's change raises it as well: then
    /// read again, try again. libetpan's call for this forgets a space and never works.
    ///
    /// Without CONDSTORE the answer shows that the keyword is set, but not by whom.
    func claim(_ known: MessageFlags, keyword: String) throws(IMAPError) -> StoreResult {
        var known = known
        for _ in 0..<8 {
            if known.flags.contains(keyword) { return .lost(known) }
            let condition = usesModSeq ? known.modSeq.map { " (UNCHANGEDSINCE \($0))" } ?? "" : ""
            let completion = try store(
                known.uid, "\(condition) +FLAGS\(condition.isEmpty ? "" : ".SILENT") (\(keyword))")
            if completion.code != "MODIFIED", let told = answer(about: known.uid) {
                let isProven =
                    if condition.isEmpty { told.flags.contains(keyword) } else {
                        (told.modSeq ?? 0) > (known.modSeq ?? .max)
                    }
                if isProven {
                    known.flags.insert(keyword)
                    known.modSeq = told.modSeq ?? known.modSeq
                    return .stored(known)
                }
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

    private func answer(about uid: UInt32) -> MessageFlags? { fetched.last { $0.flags.uid == uid }?.flags }
}
