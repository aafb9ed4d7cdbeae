import FoundationEssentials

/// What is recorded about a message, in its mailbox or in memory, and what that means for its password.
extension Ledger {
    /// Takes in what is written down of a message, and moves its password's state along.
    mutating func heed(_ id: PasswordID, _ record: Record, isNew: Bool = false) {
        guard let message = messages[id], let (fingerprint, custody) = custody(of: id) else { return }
        let wasHeld = message.isHeld
        messages[id]?.record = record
        messages[id]?.isUncertain = false
        switch (custody.state, record) {
        // Somebody has it by a copy that this claim knew nothing of.
        case (.claiming(var attempt), _)
        where !attempt.awaited.contains(id) && record != message.record
            && (record.isFinal || record.isHeld && !attempt.fromDoubt && message.debt == nil):
            attempt.isLost = true
            custodies[fingerprint]?.state = .claiming(attempt)
        // Somebody had it before this claimant asked for what is in doubt.
        case (.claiming(let attempt), .unmarked) where isNew && attempt.fromDoubt: owe(.claim, by: id)
        // The server's answer to our own change will tell.
        case (.claiming, _), (.releasing, _): break
        case (.rejected, .used), (.claimed, .used), (.inDoubt, .used), (.free, .used):
            enter(fingerprint, .used)
            markCopies(fingerprint)
        case (.claimed, .rejected), (.inDoubt, .rejected), (.free, .rejected):
            enter(fingerprint, .rejected)
            markCopies(fingerprint)
        case (.free, .claimed), (.free, .flagged):
            enter(fingerprint, .inDoubt)
            // One that is marked while we watch is another daemon's, which marks the copies itself.
            if isNew { markCopies(fingerprint) }
        case (.inDoubt, .unmarked) where isNew: markCopies(fingerprint)
        case (.inDoubt, .unmarked):
            // A claim that is still to be written there holds as one that is.
            let isHeld = present(custodies[fingerprint] ?? custody).contains(where: \.isHeld)
            // Whoever took a mark off cannot speak for a claimant of this daemon.
            if wasHeld, !isHeld, custody.given == nil || custody.wasGivenBack { enter(fingerprint, .free) }
        // A copy whose twin is somebody's has the same mark.
        case (.claimed, .unmarked) where isNew: owe(.claim, by: id)
        case (.used, .unmarked) where isNew, (.used, .claimed) where isNew, (.used, .flagged) where isNew:
            owe(.settle(used: true, isRepeated: false), by: id)
        case (.rejected, .unmarked) where isNew, (.rejected, .claimed) where isNew, (.rejected, .flagged) where isNew:
            owe(.settle(used: false, isRepeated: false), by: id)
        default: break
        }
    }

    /// Has a password's mark set in every mailbox that has none of it: after a restart one may be found alone.
    mutating func markCopies(_ fingerprint: Int) {
        guard let custody = custodies[fingerprint] else { return }
        let copies = present(custody)
        let change: RecordChange
        switch custody.state {
        case .used: change = .settle(used: true, isRepeated: false)
        case .rejected: change = .settle(used: false, isRepeated: false)
        // What a person has flagged, the same person may give free again.
        case .inDoubt where custody.given != nil || copies.contains { $0.record == .claimed }: change = .claim
        default: return
        }
        let told = Set(copies.filter { $0.record != .unmarked || $0.debt != nil }.map(\.id.mailbox))
        for copy in copies where !told.contains(copy.id.mailbox) { owe(change, by: copy.id) }
    }

    /// The state that the records of a password's messages make, where nobody here has it.
    func recorded(_ custody: Custody) -> Custody.State {
        let records = present(custody).map(\.record)
        if records.contains(.used) { return .used }
        if records.contains(.rejected) { return .rejected }
        return present(custody).contains(where: \.isHeld) ? .inDoubt : .free
    }

    /// What is to be believed of a message that is seen for the first time. Where its mailbox keeps no marks, nobody can tell of one that was
    /// there before whether it was given.
    func firstRecord(_ told: Record, of message: Message, _ note: Memory.Note?) -> Record {
        guard let standing = mailboxes[message.id.mailbox] else { return told }
        if let note {
            switch note {
            case .seen: return told
            case .claimed, .owedClaimed: return told == .unmarked ? .claimed : told
            case .used, .owedUsed: return .used
            case .rejected, .owedRejected: return told == .used ? .used : .rejected
            }
        }
        guard told == .unmarked, !standing.keepsMarks, let numbering = numbering(of: message.id.mailbox) else {
            return told
        }
        return memory.next[numbering].map { message.id.uid >= $0 } ?? false ? .unmarked : .claimed
    }

    /// Marks that an earlier process could not make.
    mutating func takeUp(_ note: Memory.Note?, of id: PasswordID) {
        guard let message = messages[id], message.debt == nil else { return }
        switch note {
        case .owedClaimed: owe(.claim, by: id)
        case .owedUsed: owe(.settle(used: true, isRepeated: true), by: id)
        case .owedRejected: owe(.settle(used: false, isRepeated: true), by: id)
        case .seen, .claimed, .used, .rejected: break
        case nil:
            guard let standing = mailboxes[id.mailbox], !standing.keepsMarks else { return }
            self.note(message.record.note, for: id)
            if let numbering = numbering(of: id.mailbox), let next = memory.next[numbering], id.uid >= next {
                remember(.next(numbering, uid: id.uid == .max ? .max : id.uid + 1))
            }
        }
    }

    func key(of message: Message) -> MessageKey? { message.presence == .replaced ? nil : message.key }

    mutating func remember(_ entry: Memory.Entry) {
        memory.apply(entry)
        act(.remember(entry))
    }

    mutating func note(_ note: Memory.Note, for id: PasswordID) {
        guard let message = messages[id], let key = key(of: message), memory.notes[key] != note else { return }
        remember(.note(key, note))
    }

    /// Unless the same message is known by another name as well: another mailbox of the configuration has its account since a reload.
    mutating func forgetNote(for id: PasswordID) {
        guard let message = messages[id], let key = key(of: message), memory.notes[key] != nil else { return }
        let members = custody(of: id)?.custody.members ?? []
        guard !members.contains(where: { $0 != id && messages[$0]?.isThere == true && messages[$0]?.key == key }) else {
            return
        }
        remember(.forget(key))
    }
}

extension Record {
    /// How the daemon's memory writes it down.
    var note: Memory.Note {
        switch self {
        case .unmarked: .seen
        case .claimed, .flagged: .claimed
        case .used: .used
        case .rejected: .rejected
        }
    }
}
