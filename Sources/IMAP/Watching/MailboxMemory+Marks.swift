/// What is known of the messages' marks.
extension MailboxMemory {
    /// Somebody told of one message's flags. Returns its mark, where that is news of a message that matters.
    mutating func told(_ flags: MessageFlags) -> MarkedMessage? {
        guard let before = kept[flags.uid] else { return nil }
        let mark = marks.state(of: flags.flags)
        kept[flags.uid]?.update(flags, mark)
        return uncertain.remove(flags.uid) != nil || before.mark != mark
            ? MarkedMessage(uid: flags.uid, mark: mark) : nil
    }

    /// Takes in the flags of all messages that matter, as they are now. Returns the marks that are news, what is gone, and what is
    /// another message now.
    mutating func refreshed(_ now: [ToldMessage], of asked: Set<UInt32>) -> (
        changed: [MarkedMessage], vanished: [UInt32], replaced: [UInt32]
    ) {
        var (changed, others): ([MarkedMessage], Set<UInt32>) = ([], [])
        // Not those that have come since they were asked for.
        var missing = asked.intersection(kept.keys)
        for message in now {
            missing.remove(message.flags.uid)
            if kept[message.flags.uid]?.identity.differs(from: message.identity) ?? false {
                others.insert(message.flags.uid)
            } else if let mark = told(message.flags) {
                changed.append(mark)
            }
        }
        for uid in missing.union(others) {
            kept[uid] = nil
            uncertain.remove(uid)
        }
        replaced.formUnion(others)
        return (changed, missing.sorted(), others.sorted())
    }

    /// Marks that end a claim, and that no other daemon takes off, were told in one session, and none of them is in the next: the mailbox keeps
    /// them no longer than that. A single one may have been taken off by a person. Returns whether that is news.
    mutating func forgets(_ now: [ToldMessage]) -> Bool {
        guard !forgetsMarks, marks.kind == .keywords else { return false }
        let ended = now.filter { message in
            guard let before = kept[message.flags.uid], !before.identity.differs(from: message.identity) else {
                return false
            }
            return before.mark == .used || before.mark == .rejected
        }
        forgetsMarks = ended.count > 1 && ended.allSatisfy { marks.state(of: $0.flags.flags) == .none }
        if forgetsMarks { marks.keepNothing() }
        return forgetsMarks
    }

    /// All is read that there was to read: what was not kept of those is of no interest.
    mutating func takeReplaced() -> [UInt32] {
        let gone = replaced.filter { !division.holds($0) }
        replaced.subtract(gone)
        return gone.sorted()
    }

    mutating func isUncertain(of uid: UInt32) { if kept[uid] != nil { uncertain.insert(uid) } }

    /// What the making of a mark has shown, and the message's flags as they are known to whoever asked for it. Returns what others are to
    /// be told.
    mutating func learn(_ findings: MarkFindings, from flags: MessageFlags) -> [MarkQueue.Step] {
        var news: [MarkQueue.Step] = []
        if let habit = findings.habit, self.habit != .provesNothing { self.habit = habit }
        if findings.refusesKeywords, !refusesKeywords {
            refusesKeywords = true
            marks.refuseKeywords()
            // What was no mark may be one now.
            let changed = kept.values.sorted { $0.flags.uid < $1.flags.uid }.compactMap { told($0.flags) }
            if !changed.isEmpty { news.append(.tell(.changed(changed))) }
        }
        if findings.forgetsMarks, !forgetsMarks {
            forgetsMarks = true
            marks.keepNothing()
            news.append(.tell(.marksNotKept))
        }
        kept[flags.uid]?.update(flags, marks.state(of: flags.flags))
        return news
    }
}
