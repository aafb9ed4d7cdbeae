public import FoundationEssentials

/// What the mailboxes tell of their messages.
extension Ledger {
    /// A mail that was accepted, with its record as the mailbox has it.
    ///
    /// - Parameter internalDate: INTERNALDATE in seconds since 1970.
    public mutating func arrived(
        _ password: Password, _ told: Record, internalDate: Int64? = nil, now: Moment
    ) -> [Action] {
        react(now) { $0.arrived(password, told, internalDate: internalDate) }
    }

    private mutating func arrived(_ password: Password, _ told: Record, internalDate: Int64?) {
        let number = password.id.number
        var id = renamed[number] ?? number
        let new = Message(password, as: id, internalDate: internalDate)
        if let known = messages[id] {
            if known.fingerprint == new.fingerprint, known.presence != .replaced {
                return isBack(id, password, told, internalDate)
            }
            if known.fingerprint == nil {
                forget(id)
            } else {
                // Another message under the number of one that is known: the old one counts as gone.
                lose(id, .replaced)
                if messages[id] != nil {
                    id = rename(number, internalDate ?? Int64(password.issuedAt.timeIntervalSince1970))
                }
            }
        }
        guard makeRoom(in: id.mailbox) else { return act(.entered(id, .refused, reason: "too-many", detail: nil)) }
        var message = Message(password.named(id), as: id, internalDate: internalDate)
        message.account = mailboxes[id.mailbox]?.watched?.account ?? ""
        message.awaitsSearch = mailboxes[id.mailbox].map { !$0.isSearched } ?? false
        let record = firstRecord(told, of: message)
        insert(message)
        guard let fingerprint = message.fingerprint else { return }
        join(id, fingerprint)
        let note = memory.notes[message.key]
        heed(id, record, isNew: true)
        takeUp(note, of: id)
        index(fingerprint)
        report(fingerprint)
        settleDeferred()
        offer(fingerprint)
    }

    /// It was known, and is there again after all, or still.
    private mutating func isBack(_ id: PasswordID, _ password: Password, _ told: Record, _ internalDate: Int64?) {
        guard let message = messages[id], let fingerprint = message.fingerprint else { return }
        if message.internalDate != internalDate {
            // A copy in its place.
            let note = memory.notes[message.key]
            forgetNote(for: id)
            messages[id]?.internalDate = internalDate
            if let note { self.note(note, for: id) }
        }
        messages[id]?.presence = .there
        if messages[id]?.password == nil { messages[id]?.password = password.named(id) }
        if told != .unmarked || mailboxes[id.mailbox]?.keepsMarks ?? true { heed(id, told) }
        index(fingerprint)
        report(fingerprint)
        offer(fingerprint)
    }

    /// A mail from the sender that was not accepted.
    public mutating func refused(
        _ id: PasswordID, reason: String, detail: String? = nil, recipient: String?, issuedAt: Date?, expiresAt: Date?,
        internalDate: Int64? = nil, now: Moment
    ) -> [Action] {
        react(now) { ledger in
            let id = ledger.renamed[id.number] ?? id.number
            if let known = ledger.messages[id] {
                guard known.refusal == Self.unfetchable, reason != Self.unfetchable else { return }
                ledger.forget(id)
            }
            guard ledger.makeRoom(in: id.mailbox) else {
                return ledger.act(.entered(id, .refused, reason: reason, detail: detail))
            }
            ledger.insert(
                Message(
                    id: id, recipient: recipient, issuedAt: issuedAt, expiresAt: expiresAt, internalDate: internalDate,
                    refusal: reason, detail: detail))
            ledger.report(id)
        }
    }

    /// Somebody else changed the mail's record.
    public mutating func changed(_ number: PasswordID, _ record: Record, now: Moment) -> [Action] {
        react(now) { ledger in
            let id = ledger.renamed[number.number] ?? number
            guard let message = ledger.messages[id], message.isThere, let fingerprint = message.fingerprint else {
                return
            }
            // What stands in memory, no flag takes back.
            if record == .unmarked, ledger.mailboxes[id.mailbox]?.keepsMarks == false { return }
            ledger.heed(id, record)
            ledger.report(fingerprint)
            ledger.offer(fingerprint)
        }
    }

    /// The mail is no longer in the mailbox.
    public mutating func vanished(_ number: PasswordID, now: Moment) -> [Action] {
        react(now) { ledger in
            let id = ledger.renamed[number.number] ?? number
            guard let fingerprint = ledger.messages[id]?.fingerprint else { return }
            ledger.lose(id, .gone)
            ledger.offer(fingerprint)
        }
    }

    /// A message is not where it was. What nobody had is given again should it come back, unless a daemon of ours may have taken it away.
    mutating func lose(_ id: PasswordID, _ presence: Message.Presence) {
        guard let (fingerprint, custody) = custody(of: id) else { return forget(id) }
        guard messages[id]?.presence != .replaced else { return }
        let wasThere = messages[id]?.isThere ?? false
        messages[id]?.presence = presence
        if messages[id]?.debt != nil { clearDebt(of: id) }
        // No mark is left to be taken off.
        if case .releasing(let release) = custody.state, release.awaited.contains(id) {
            released(fingerprint, release, id, .gone)
        }
        let isElsewhere = presence == .replaced || mailboxes[id.mailbox]?.uidValidity != id.uidValidity
        if custody.state == .free, wasThere {
            if isElsewhere { return forget(id) }
            if mailboxes[id.mailbox]?.watched?.takesAway ?? false { return enter(fingerprint, .inDoubt) }
        }
        index(fingerprint)
        report(fingerprint)
    }

    // MARK: Records

    /// Takes in what is written down of a message, and moves its password's state along.
    mutating func heed(_ id: PasswordID, _ record: Record, isNew: Bool = false) {
        guard let message = messages[id], let (fingerprint, custody) = custody(of: id) else { return }
        let wasHeld = message.record.isHeld || message.isUncertain
        messages[id]?.record = record
        messages[id]?.isUncertain = false
        switch (custody.state, record) {
        // Somebody has it by a copy that this claim knew nothing of.
        case (.claiming(var attempt), _)
        where !attempt.awaited.contains(id) && record != message.record
            && (record.isFinal || record.isHeld && !attempt.fromDoubt && message.debt == nil):
            attempt.isLost = true
            custodies[fingerprint]?.state = .claiming(attempt)
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
            let isHeld = present(custodies[fingerprint] ?? custody).contains { $0.record.isHeld || $0.isUncertain }
            if wasHeld, !isHeld { enter(fingerprint, .free) }
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
    private mutating func markCopies(_ fingerprint: Int) {
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
        return present(custody).contains { $0.record.isHeld || $0.isUncertain } ? .inDoubt : .free
    }

    /// What is to be believed of a message that is seen for the first time. Where its mailbox keeps no marks, nobody can tell of one that was
    /// there before whether it was given.
    private func firstRecord(_ told: Record, of message: Message) -> Record {
        guard let standing = mailboxes[message.id.mailbox] else { return told }
        if let note = key(of: message).flatMap({ memory.notes[$0] }) {
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
        if let next = memory.next[numbering] { return message.id.uid >= next ? .unmarked : .claimed }
        return standing.isSearched ? .unmarked : .claimed
    }

    /// Marks that an earlier process could not make.
    private mutating func takeUp(_ note: Memory.Note?, of id: PasswordID) {
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

    private func key(of message: Message) -> MessageKey? { message.presence == .replaced ? nil : message.key }

    mutating func remember(_ entry: Memory.Entry) {
        memory.apply(entry)
        act(.remember(entry))
    }

    mutating func note(_ note: Memory.Note, for id: PasswordID) {
        guard let message = messages[id], let key = key(of: message), memory.notes[key] != note else { return }
        remember(.note(key, note))
    }

    mutating func forgetNote(for id: PasswordID) {
        guard let message = messages[id], let key = key(of: message), memory.notes[key] != nil else { return }
        remember(.forget(key))
    }

    // MARK: Names

    private mutating func rename(_ number: PasswordID, _ date: Int64) -> PasswordID {
        var date = date
        while true {
            let id = PasswordID(
                mailbox: number.mailbox, uidValidity: number.uidValidity, uid: number.uid, internalDate: date)
            if messages[id] == nil {
                renamed[number] = id
                return id
            }
            date &+= 1
        }
    }

    private mutating func insert(_ message: Message) {
        messages[message.id] = message
        names[message.id.mailbox, default: []].insert(message.id)
        if let expiresAt = message.expiresAt { agenda.add(message.id, at: expiresAt) }
    }

    /// Adds a message to those that its password stands in. Under a new UIDVALIDITY the same mail comes under a new name: the old one
    /// is forgotten unless somebody has the password by it.
    private mutating func join(_ id: PasswordID, _ fingerprint: Int) {
        if let custody = custodies[fingerprint], !custody.isHeldHere {
            for old in custody.members where old.mailbox == id.mailbox && old.number != id.number {
                guard messages[old]?.isThere != true else { continue }
                if custody.given == old { custodies[fingerprint]?.given = id }
                forget(old, keepsCustody: true)
            }
        }
        let members = custodies[fingerprint]?.members ?? []
        let index = members.firstIndex { id.mailbox == $0.mailbox && id < $0 } ?? members.endIndex
        custodies[fingerprint, default: Custody()].members.insert(id, at: index)
    }

    /// - Parameters:
    ///   - keepsCustody: its password is known on, though no message may be left.
    ///   - keepsNote: it may be found again under this name.
    mutating func forget(_ id: PasswordID, keepsCustody: Bool = false, keepsNote: Bool = false) {
        guard let message = messages[id] else { return }
        if !keepsNote { forgetNote(for: id) }
        free.remove(message)
        inDoubt.remove(message)
        owing[id.mailbox]?.remove(id)
        messages[id] = nil
        if renamed[id.number] == id { renamed[id.number] = nil }
        names[id.mailbox]?.remove(id)
        guard let fingerprint = message.fingerprint else { return }
        custodies[fingerprint]?.members.removeAll { $0 == id }
        guard custodies[fingerprint]?.members.isEmpty == true, !keepsCustody else { return report(fingerprint) }
        end(fingerprint)
    }

    private mutating func end(_ fingerprint: Int) {
        guard let custody = custodies[fingerprint] else { return }
        for call in custody.calls { act(.settled(call: call.id, nil)) }
        if case .claiming(let attempt) = custody.state { leave(attempt, fingerprint) }
        enter(fingerprint, .inDoubt)
        custodies[fingerprint] = nil
        calling.remove(fingerprint)
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
