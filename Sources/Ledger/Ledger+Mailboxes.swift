import FoundationEssentials
import Messages

/// Events of the mailboxes.
extension Ledger {
    /// These are the mailboxes now. Who waits for one that is no longer among them is told so.
    public mutating func configured(_ mailboxes: Set<String>, now: Moment) -> [Action] {
        react(now) { ledger in
            ledger.mailboxes = ledger.mailboxes.filter { mailboxes.contains($0.key) }
            for name in mailboxes where ledger.mailboxes[name] == nil { ledger.mailboxes[name] = MailboxStanding() }
            for claimant in ledger.waiting {
                guard let mailbox = claimant.filter.mailbox, !mailboxes.contains(mailbox) else { continue }
                ledger.dismiss(claimant.id, .unknownMailbox(mailbox))
            }
        }
    }

    /// The mailbox is open under this UIDVALIDITY: mails of another one will be found again under new names.
    ///
    /// - Parameters:
    ///   - watched: whose mailbox it is: after a reload it may be another's, with the same numbers.
    ///   - uidNext: where new mail begins; nil where the server does not tell.
    ///   - keepsMarks: whether a mark is kept there, as far as can be told.
    public mutating func opened(
        _ mailbox: String, _ watched: WatchedMailbox, uidValidity: UInt32, uidNext: UInt32?, keepsMarks: Bool,
        now: Moment
    ) -> [Action] {
        react(now) { ledger in
            guard var standing = ledger.mailboxes[mailbox] else { return }
            let isOtherAccount = standing.watched.map { $0.account != watched.account } ?? false
            let isOther = isOtherAccount || standing.uidValidity.map { $0 != uidValidity } ?? true
            standing.watched = watched
            // A mailbox that has once not kept a mark is not believed again.
            let keepsMarks = keepsMarks && !ledger.memory.forgetful.contains(watched.account)
            if isOther { (standing.hasBeenSearched, standing.newFrom) = (false, nil) }
            standing.newFrom = standing.newFrom ?? uidNext
            standing.uidValidity = uidValidity
            (standing.isOpen, standing.isSearched, standing.keepsMarks) = (true, false, keepsMarks)
            (standing.heldUntil, standing.refusals) = (.zero, 0)
            ledger.mailboxes[mailbox] = standing
            for id in ledger.names[mailbox] ?? [] {
                ledger.messages[id]?.obstacle = nil
                if ledger.messages[id]?.account != watched.account {
                    ledger.lose(id, .replaced)
                } else if id.uidValidity != uidValidity {
                    ledger.lose(id, .gone)
                }
            }
            ledger.watchWithoutMarks(mailbox)
            ledger.payDebts(in: mailbox)
            ledger.seekForAll()
        }
    }

    /// What is of use of the mailbox is searched, and all that was found has been told.
    public mutating func searched(_ mailbox: String, now: Moment) -> [Action] {
        react(now) { ledger in
            guard let standing = ledger.mailboxes[mailbox] else { return }
            ledger.mailboxes[mailbox]?.isSearched = true
            ledger.mailboxes[mailbox]?.hasBeenSearched = true
            let names = ledger.names[mailbox] ?? []
            for id in names { ledger.messages[id]?.awaitsSearch = false }
            if standing.newFrom == nil {
                let last = names.filter { $0.uidValidity == standing.uidValidity }.map(\.uid).max() ?? 0
                ledger.mailboxes[mailbox]?.newFrom = last == .max ? .max : last + 1
            }
            ledger.watchWithoutMarks(mailbox)
            ledger.settleDeferred()
            ledger.seekForAll()
        }
    }

    /// The mailbox has not kept a mark: it keeps none.
    public mutating func keepsNoMarks(_ mailbox: String, now: Moment) -> [Action] {
        react(now) { $0.keepsNoMarks(mailbox) }
    }

    /// The server had enough for a while, and is asked again: marks come first.
    public mutating func takesMarksAgain(_ mailbox: String, now: Moment) -> [Action] {
        react(now) { ledger in
            ledger.mailboxes[mailbox]?.heldUntil = .zero
            ledger.mailboxes[mailbox]?.refusals = 0
            ledger.payDebts(in: mailbox)
            ledger.seekForAll()
        }
    }

    /// What was there before may have been handed out by an earlier process, whose mark was not kept either.
    mutating func keepsNoMarks(_ mailbox: String) {
        guard let standing = mailboxes[mailbox], standing.keepsMarks else { return }
        mailboxes[mailbox]?.keepsMarks = false
        if let account = standing.watched?.account { remember(.forgetful(account: account)) }
        for id in names[mailbox] ?? [] {
            guard let message = messages[id], message.isThere, message.fingerprint != nil else { continue }
            let isNew = standing.newFrom.map { id.uid >= $0 } ?? false
            if message.record == .unmarked, !isNew, memory.notes[message.key] == nil { doubt(id) }
            note(message.debt?.note ?? (messages[id] ?? message).record.note, for: id)
        }
        watchWithoutMarks(mailbox)
    }

    private mutating func doubt(_ id: PasswordID) {
        messages[id]?.record = .claimed
        guard let (fingerprint, custody) = custody(of: id) else { return }
        switch custody.state {
        case .free: enter(fingerprint, .inDoubt)
        case .claiming(var attempt) where !attempt.fromDoubt:
            attempt.isLost = true
            custodies[fingerprint]?.state = .claiming(attempt)
        default: break
        }
    }

    /// No mark can be made in the mailbox until it is opened again.
    public mutating func closed(_ mailbox: String, reason: Text, now: Moment) -> [Action] {
        react(now) { ledger in
            ledger.mailboxes[mailbox]?.isOpen = false
            ledger.mailboxes[mailbox]?.absence = reason
        }
    }

    /// The mailbox is no longer watched, or will be again: what nobody had will be found again, if it is still to be had. What
    /// somebody had or may have had is kept, so that it is not given again.
    public mutating func left(_ mailbox: String, now: Moment) -> [Action] {
        react(now) { ledger in
            ledger.mailboxes[mailbox]?.isOpen = false
            ledger.mailboxes[mailbox]?.isSearched = false
            ledger.mailboxes[mailbox]?.hasBeenSearched = false
            ledger.mailboxes[mailbox]?.absence = Text("the mailbox is being reopened")
            for id in ledger.names[mailbox] ?? [] {
                guard let (_, custody) = ledger.custody(of: id) else {
                    ledger.forget(id, keepsNote: true)
                    continue
                }
                let isDuplicate = custody.given != id && ledger.messages[id]?.record == .unmarked
                if custody.state == .free || isDuplicate && !custody.isChanging {
                    ledger.forget(id, keepsNote: true)
                }
            }
        }
    }

    /// From here on new mail is known to be new where the mailbox keeps no marks.
    private mutating func watchWithoutMarks(_ mailbox: String) {
        guard let standing = mailboxes[mailbox], !standing.keepsMarks, let newFrom = standing.newFrom,
            let numbering = numbering(of: mailbox), memory.next[numbering] == nil
        else { return }
        remember(.next(numbering, uid: newFrom))
    }

    func numbering(of mailbox: String) -> Memory.Numbering? {
        guard let standing = mailboxes[mailbox], let account = standing.watched?.account,
            let uidValidity = standing.uidValidity
        else { return nil }
        return Memory.Numbering(account: account, uidValidity: uidValidity)
    }

}
