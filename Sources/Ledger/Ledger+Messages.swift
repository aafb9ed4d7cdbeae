public import FoundationEssentials
import Messages

/// The mailboxes' reports about their messages.
extension Ledger {
    /// A mail that was accepted, with its record as stored in the mailbox.
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
        let new = Message(password, as: id, internalDate: internalDate, seed: memory.seed)
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
        var message = Message(password.named(id), as: id, internalDate: internalDate, seed: memory.seed)
        message.account = mailboxes[id.mailbox]?.watched?.account ?? ""
        message.awaitsSearch = mailboxes[id.mailbox].map { !$0.isSearched } ?? false
        let note = note(of: message, told)
        let record = firstRecord(told, of: message, note)
        insert(message)
        guard let fingerprint = message.fingerprint else { return }
        join(id, fingerprint)
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
        // A copy in its place: that it has no mark does not mean that somebody took the mark away.
        let isCopy = message.internalDate != internalDate
        if isCopy {
            let note = memory.notes[message.key]
            forgetNote(for: id)
            messages[id]?.internalDate = internalDate
            if let note { self.note(note, for: id) }
        }
        messages[id]?.presence = .there
        if messages[id]?.password == nil { messages[id]?.password = password.named(id) }
        if told != .unmarked || mailboxes[id.mailbox]?.keepsMarks ?? true { heed(id, told, isNew: isCopy) }
        index(fingerprint)
        report(fingerprint)
        offer(fingerprint)
    }

    /// A mail from the sender that was not accepted.
    public mutating func refused(
        _ id: PasswordID, reason: String, detail: Text? = nil, recipient: String?, issuedAt: Date?, expiresAt: Date?,
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

    /// A mail that was accepted, and was too old when it was first seen: it is told of, and has no part in anything. Where there are too many
    /// it makes none of them go.
    ///
    /// - Parameter told: its record as stored in the mailbox.
    public mutating func expired(
        _ id: PasswordID, _ told: Record, recipient: String?, issuedAt: Date?, expiresAt: Date?,
        internalDate: Int64? = nil, now: Moment
    ) -> [Action] {
        react(now) { ledger in
            let id = ledger.renamed[id.number] ?? id.number
            if let known = ledger.messages[id] {
                guard known.refusal == Self.unfetchable else { return }
                ledger.forget(id)
            }
            guard ledger.names[id.mailbox]?.count ?? 0 < Self.messageBound else {
                return ledger.act(.entered(id, .expired, reason: "too-many", detail: nil))
            }
            var message = Message(
                id: id, recipient: recipient, issuedAt: issuedAt, expiresAt: expiresAt, internalDate: internalDate,
                refusal: Self.tooOld)
            message.record = told
            ledger.insert(message)
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
            // What is in memory, no flag takes back.
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

    /// Adds a message to those that its password is in. Under a new UIDVALIDITY the same mail comes under a new name: the old one
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
