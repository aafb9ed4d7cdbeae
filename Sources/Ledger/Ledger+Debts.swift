import FoundationEssentials

/// Marks that a mailbox must receive: made as soon as it can be reached, however long that takes.
extension Ledger {
    private static let mostPause = Duration.seconds(3600)

    /// A message is to get a mark: now where its mailbox can be asked, else later.
    ///
    /// - Parameters:
    ///   - isUnderWay: it has been asked for already.
    mutating func owe(_ change: RecordChange, by id: PasswordID, isUnderWay: Bool = false) {
        guard let message = messages[id], message.isThere else { return }
        messages[id]?.debt = Debt(change: change, isUnderWay: isUnderWay)
        owing[id.mailbox, default: []].insert(id)
        // It counts though the daemon be killed before the mailbox has it.
        noteDebt(of: id)
        if !isUnderWay, canBeAsked(id.mailbox) { pay(id) }
    }

    /// What a mailbox could not be told so far.
    mutating func payDebts(in mailbox: String) {
        guard canBeAsked(mailbox) else { return }
        for id in (owing[mailbox] ?? []).sorted() {
            guard let debt = messages[id]?.debt, !debt.isUnderWay, debt.notBefore <= now.uptime else { continue }
            pay(id)
        }
    }

    private mutating func pay(_ id: PasswordID) {
        guard let change = messages[id]?.debt?.change else { return }
        messages[id]?.debt?.isUnderWay = true
        ask(id, change)
    }

    /// A mark that was owed is made, or not.
    mutating func paid(_ id: PasswordID, _ change: RecordChange, _ result: RecordResult) {
        guard let (fingerprint, custody) = custody(of: id) else { return }
        guard let debt = messages[id]?.debt, debt.isUnderWay, debt.change.isSame(as: change) else { return }
        switch result {
        case .done, .notKept, .gone: clearDebt(of: id)
        case .lost(let record):
            clearDebt(of: id)
            // Two had it, one in doubt, and the other's word is in the mailbox: every daemon on it must say the same.
            if record == .used, custody.state == .rejected { enter(fingerprint, .used) }
        case .unavailable, .unknown, .refused: postpone(id, result)
        }
        report(fingerprint)
        if isSettled(custodies[fingerprint]) {
            answerCalls(fingerprint, nil)
        } else if case .refused(let reason) = result {
            answerCalls(fingerprint, .markFailed(reason: reason))
        }
    }

    /// It is asked for again when the mailbox is open again; where that has ended several sessions, less and less often.
    mutating func postpone(_ id: PasswordID, _ result: RecordResult) {
        guard var debt = messages[id]?.debt else { return }
        debt.isUnderWay = false
        switch result {
        case .unknown:
            debt.failures += 1
            if debt.failures > 2 { debt.notBefore = now.uptime + Self.pause(debt.failures - 2) }
            if case .settle(let used, _) = debt.change { debt.change = .settle(used: used, isRepeated: true) }
        case .refused:
            debt.failures += 1
            debt.notBefore = now.uptime + Self.pause(debt.failures)
        case .done, .notKept, .lost, .gone, .unavailable: break
        }
        messages[id]?.debt = debt
        noteDebt(of: id)
    }

    private static func pause(_ failures: Int) -> Duration { min(.seconds(60) * (1 << min(failures, 8)), mostPause) }

    mutating func ask(_ id: PasswordID, _ change: RecordChange) {
        if let message = messages[id] { act(.change(id, change, message.key)) }
    }

    mutating func clearDebt(of id: PasswordID) {
        messages[id]?.debt = nil
        owing[id.mailbox]?.remove(id)
        guard let message = messages[id] else { return }
        if mailboxes[id.mailbox]?.keepsMarks ?? true || !message.isThere {
            forgetNote(for: id)
        } else {
            note(message.record.note, for: id)
        }
    }

    /// Kept over a restart.
    private mutating func noteDebt(of id: PasswordID) {
        if let note = messages[id]?.debt?.note { self.note(note, for: id) }
    }
}
