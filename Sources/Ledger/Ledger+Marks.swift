import FoundationEssentials
import Messages

/// A claim's marks: first that of one message, which decides, then those of its copies, in parallel.
extension Ledger {
    /// The server has answered to a mark, or cannot be asked.
    ///
    /// - Parameter key: as ``Action/change(_:_:_:)`` had it.
    public mutating func recordChanged(
        _ id: PasswordID, _ change: RecordChange, _ key: MessageKey, _ result: RecordResult, now: Moment
    ) -> [Action] {
        react(now) { ledger in
            // Another account's mail has this name by now.
            guard let message = ledger.messages[id], message.account == key.account else { return }
            // Or a copy is in its place: it is asked for again.
            let result = message.key == key ? result : .unavailable(reason: Text("a different mail has this UID now"))
            ledger.learn(id, result, change)
            guard let (fingerprint, custody) = ledger.custody(of: id) else { return }
            // An attempt on a message that was to be marked anyway takes that mark's answer for its own.
            if case .claiming = custody.state, change == .claim { ledger.paid(id, change, result) }
            switch (custody.state, change) {
            case (.claiming(let attempt), .claim) where attempt.awaited.contains(id),
                (.claiming(let attempt), .confirmClaimed) where attempt.awaited.contains(id):
                ledger.answered(fingerprint, attempt, id, result)
            case (.releasing(let release), .release) where release.awaited.contains(id):
                ledger.released(fingerprint, release, id, result)
            case (.releasing(let release), .claim) where release.awaited.contains(id):
                ledger.markedTooLate(fingerprint, release, id, result)
            default:
                ledger.paid(id, change, result)
                // Taken off too late: somebody has the password again.
                if change == .release, case .claimed = custody.state, ledger.messages[id]?.debt == nil {
                    ledger.owe(.claim, by: id)
                }
            }
        }
    }

    /// What an answer tells of the message and its mailbox, whatever it was asked for.
    private mutating func learn(_ id: PasswordID, _ result: RecordResult, _ change: RecordChange) {
        let mailbox = id.mailbox
        switch result {
        case .done, .notKept:
            mailboxes[mailbox]?.refusals = 0
            if result == .notKept { keepsNoMarks(mailbox) }
            guard let record = change.record else { break }
            messages[id]?.record = record
            messages[id]?.isUncertain = false
            if result == .notKept { note(record.note, for: id) }
        case .lost(let record):
            messages[id]?.record = record
            messages[id]?.isUncertain = false
        case .gone: if messages[id]?.presence == .there { messages[id]?.presence = .gone }
        case .unavailable(let reason):
            mailboxes[mailbox]?.absence = reason
            mailboxes[mailbox]?.hold(at: now.uptime)
        case .unknown(let reason):
            mailboxes[mailbox]?.absence = reason
            messages[id]?.isUncertain = true
        case .refused(let reason): messages[id]?.obstacle = reason
        }
    }

    // MARK: Claiming

    mutating func begin(_ chosen: PasswordID, for claimant: Claimant) {
        guard let (fingerprint, custody) = custody(of: chosen) else { return }
        let fromDoubt = custody.state == .inDoubt
        let leader =
            custody.members.first { $0.mailbox == chosen.mailbox && messages[$0]?.isThere ?? false } ?? chosen
        attempts[claimant.id, default: []].insert(fingerprint)
        let attempt = Custody.Attempt(
            claimant: claimant.id, chosen: chosen, leader: leader, fromDoubt: fromDoubt, awaited: [leader],
            patientUntil: now.uptime + Self.patience)
        enter(fingerprint, .claiming(attempt))
        let isHeld = messages[leader]?.record.isHeld ?? false
        ask(leader, fromDoubt && isHeld ? .confirmClaimed : .claim)
    }

    private mutating func answered(
        _ fingerprint: Int, _ attempt: Custody.Attempt, _ id: PasswordID, _ result: RecordResult
    ) {
        var attempt = attempt
        attempt.awaited.remove(id)
        switch result {
        case .done, .notKept: break
        // Who asks for what is in doubt gets it with the mark that it has.
        case .lost(let record) where attempt.fromDoubt && record.isHeld: break
        case .lost: attempt.isLost = true
        case .gone: break
        case .unavailable, .unknown, .refused:
            if attempt.isLed {
                owe(.claim, by: id, isUnderWay: true)
                postpone(id, result)
            }
        }
        guard attempt.isLed else { return led(fingerprint, attempt, result) }
        custodies[fingerprint]?.state = .claiming(attempt)
        if attempt.awaited.isEmpty { conclude(fingerprint, attempt) }
    }

    /// The first mark is made, or not.
    private mutating func led(_ fingerprint: Int, _ attempt: Custody.Attempt, _ result: RecordResult) {
        var attempt = attempt
        switch result {
        case .done, .notKept: break
        case .lost where !attempt.isLost: break
        case .lost, .gone, .unavailable, .unknown: return fail(fingerprint, attempt)
        case .refused: return fail(fingerprint, attempt, isRefused: true)
        }
        attempt.isLed = true
        guard let custody = custodies[fingerprint] else { return }
        for copy in present(custody) where copy.id != attempt.leader {
            if copy.debt?.change == .release { clearDebt(of: copy.id) }
            guard copy.record == .unmarked else { continue }
            if canBeAsked(copy.id.mailbox) {
                attempt.awaited.insert(copy.id)
                ask(copy.id, .claim)
            } else {
                owe(.claim, by: copy.id)
            }
        }
        custodies[fingerprint]?.state = .claiming(attempt)
        if attempt.awaited.isEmpty { conclude(fingerprint, attempt) }
    }

    /// Takes the claimant off the password.
    mutating func leave(_ attempt: Custody.Attempt, _ fingerprint: Int) {
        attempts[attempt.claimant]?.remove(fingerprint)
        if attempts[attempt.claimant]?.isEmpty == true { attempts[attempt.claimant] = nil }
    }

    /// No claim came of it: the claimant looks on, at its place in the queue.
    private mutating func fail(_ fingerprint: Int, _ attempt: Custody.Attempt, isRefused: Bool = false) {
        leave(attempt, fingerprint)
        guard let custody = custodies[fingerprint] else { return }
        var state = recorded(custody)
        if attempt.fromDoubt, state == .free { state = .inDoubt }
        let mayBeTaken =
            state == .free && present(custody).isEmpty
            && mailboxes[attempt.leader.mailbox]?.watched?.takesAway ?? false
        enter(fingerprint, mayBeTaken ? .inDoubt : state)
        let claimant = waiting.first { $0.id == attempt.claimant }
        if let claimant { seek(claimant) }
        offer(fingerprint)
        guard let claimant else { return }
        if claimant.deadline <= now.uptime { giveUp(claimant) }
        if isRefused { giveUpIfHopeless(claimant) }
    }

    /// All marks are made that can be made: gives the password.
    private mutating func conclude(_ fingerprint: Int, _ attempt: Custody.Attempt) {
        guard !attempt.isLost, let custody = custodies[fingerprint] else { return fail(fingerprint, attempt) }
        guard let index = waiting.firstIndex(where: { $0.id == attempt.claimant }),
            let password = messages[attempt.chosen]?.password, !isExpired(custody)
        else {
            // The claimant is gone, or the time is over, and the password never left.
            leave(attempt, fingerprint)
            if attempt.fromDoubt {
                enter(fingerprint, .inDoubt)
                offer(fingerprint)
            } else {
                release(fingerprint, wasInDoubt: false)
            }
            if let claimant = waiting.first(where: { $0.id == attempt.claimant }) { seek(claimant) }
            return
        }
        leave(attempt, fingerprint)
        let claimant = waiting.remove(at: index)
        custodies[fingerprint]?.given = attempt.chosen
        custodies[fingerprint]?.holder = claimant.caller
        custodies[fingerprint]?.wasGivenBack = false
        enter(fingerprint, .claimed(by: claimant.id, on: claimant.connection, fromDoubt: attempt.fromDoubt))
        // Copies that came, or came back, in the meantime.
        for copy in present(custody) where copy.record == .unmarked && copy.debt == nil && copy.id != attempt.leader {
            owe(.claim, by: copy.id)
        }
        spend(fingerprint)
        act(.give(password, to: attempt.claimant))
    }

    /// The claimant has waited long enough for this mailbox. Where only copies are missing, they get their marks later.
    mutating func losePatience(_ fingerprint: Int) {
        guard let custody = custodies[fingerprint], case .claiming(var attempt) = custody.state,
            attempt.patientUntil <= now.uptime, !attempt.isOverdue
        else { return }
        if attempt.isLed {
            for copy in attempt.awaited.sorted() { owe(.claim, by: copy, isUnderWay: true) }
            attempt.awaited = []
            return conclude(fingerprint, attempt)
        }
        attempt.isOverdue = true
        custodies[fingerprint]?.state = .claiming(attempt)
        if let claimant = waiting.first(where: { $0.id == attempt.claimant }) { seek(claimant) }
    }

    // MARK: Releasing

    /// Gives a password back: its marks are taken off.
    mutating func release(_ fingerprint: Int, wasInDoubt: Bool) {
        guard let custody = custodies[fingerprint] else { return }
        var release = Custody.Release(awaited: [], wasInDoubt: wasInDoubt)
        // A copy's mark that is under way is taken off when it is known to be ours.
        let underWay = present(custody).filter {
            $0.debt?.change == .claim && $0.debt?.isUnderWay == true && !$0.record.isHeld
        }.map(\.id)
        for message in present(custody) where message.debt != nil { clearDebt(of: message.id) }
        for message in present(custody) where message.isHeld {
            if message.id == custody.given || canBeAsked(message.id.mailbox) { release.awaited.insert(message.id) }
        }
        let held = present(custody).filter(\.isHeld).map(\.id)
        release.awaited.formUnion(underWay)
        enter(fingerprint, .releasing(release))
        for id in held where !underWay.contains(id) { owe(.release, by: id) }
        if release.awaited.isEmpty { concludeRelease(fingerprint, release) }
    }

    mutating func released(
        _ fingerprint: Int, _ release: Custody.Release, _ id: PasswordID, _ result: RecordResult
    ) {
        paid(id, .release, result)
        var release = release
        switch result {
        case .done, .notKept, .gone, .lost: break
        case .unavailable: return
        case .unknown(let reason), .refused(let reason):
            // Whether the mark is off nobody knows: another daemon may have claimed it since, so it is not tried again unasked.
            release.failure = reason
            clearDebt(of: id)
        }
        release.awaited.remove(id)
        custodies[fingerprint]?.state = .releasing(release)
        if release.awaited.isEmpty { concludeRelease(fingerprint, release) }
    }

    /// The mark of a copy is made, or not, after the password was given back.
    private mutating func markedTooLate(
        _ fingerprint: Int, _ release: Custody.Release, _ id: PasswordID, _ result: RecordResult
    ) {
        switch result {
        case .done, .notKept, .unknown: return owe(.release, by: id)
        case .lost, .gone, .unavailable, .refused: break
        }
        var release = release
        release.awaited.remove(id)
        custodies[fingerprint]?.state = .releasing(release)
        if release.awaited.isEmpty { concludeRelease(fingerprint, release) }
    }

    private mutating func concludeRelease(_ fingerprint: Int, _ release: Custody.Release) {
        guard let custody = custodies[fingerprint] else { return }
        // A mark that is to be taken off once its mailbox can be reached is no claim.
        let records = present(custody).filter { $0.debt?.change != .release }
        let state: Custody.State =
            records.contains { $0.record == .used }
            ? .used
            : records.contains { $0.record == .rejected }
                ? .rejected : records.contains(where: \.isHeld) ? .inDoubt : .free
        custodies[fingerprint]?.wasGivenBack = true
        enter(fingerprint, state)
        answerCalls(fingerprint, state == .inDoubt ? release.failure.map { .markFailed(reason: $0) } : nil)
        offer(fingerprint)
    }
}

extension RecordChange {
    /// The record when it is done; nil where it changes none.
    var record: Record? {
        switch self {
        case .claim: .claimed
        case .confirmClaimed: nil
        case .release: .unmarked
        case .settle(let used, _): used ? .used : .rejected
        }
    }

    /// The same, whether it is repeated or not.
    func isSame(as other: RecordChange) -> Bool {
        switch (self, other) {
        case (.settle(let used, _), .settle(let otherUsed, _)): used == otherUsed
        default: self == other
        }
    }
}
