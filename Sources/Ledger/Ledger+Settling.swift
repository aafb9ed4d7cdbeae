import FoundationEssentials
import Messages

/// What a claimant reports about a password.
extension Ledger {
    /// Ends a claim. `.settled` follows for this call when the mailbox has it, or cannot have it soon.
    ///
    /// The same outcome again joins the one under way, or gets its answer.
    public mutating func settle(_ text: String, _ outcome: Outcome, call: UInt64, now: Moment) -> [Action] {
        react(now) { ledger in
            let call = Custody.Call(id: call, deadline: now.uptime + Self.settlePatience)
            guard let id = PasswordID(text) else { return ledger.act(.settled(call: call.id, .notClaimed(id: text))) }
            ledger.settle(id, outcome, call)
        }
    }

    private mutating func settle(_ id: PasswordID, _ outcome: Outcome, _ call: Custody.Call?) {
        guard let message = messages[id], let (fingerprint, custody) = custody(of: id) else {
            // The mailbox may have it all the same, and not have been searched yet.
            if messages[id] == nil, let standing = mailboxes[id.mailbox], !standing.hasBeenSearched {
                return awaitMessage(
                    DeferredSettlement(id: id, outcome: outcome, call: call, until: now.uptime + Self.mostDeferral))
            }
            return answer(call, .notClaimed(id: id.description))
        }
        switch (custody.state, outcome) {
        case (.claimed, _) where isGiven(message, custody), (.inDoubt, _) where isGiven(message, custody):
            custodies[fingerprint]?.given = id
            join(call, fingerprint)
            if outcome == .unused {
                release(fingerprint, wasInDoubt: custody.state == .inDoubt)
            } else {
                settle(fingerprint, used: outcome == .used)
            }
        // The same again: it joins what is under way.
        case (.releasing, .unused), (.used, .used), (.rejected, .rejected):
            join(call, fingerprint)
            if isSettled(custodies[fingerprint]) { answerCalls(fingerprint, nil) }
        case (.free, .unused) where custody.wasGivenBack: answer(call, nil)
        default: answer(call, .notClaimed(id: id.description))
        }
    }

    /// It waits for what is under way.
    private mutating func join(_ call: Custody.Call?, _ fingerprint: Int) {
        guard let call else { return }
        custodies[fingerprint]?.calls.append(call)
        calling.insert(fingerprint)
    }

    private mutating func answer(_ call: Custody.Call?, _ error: ClaimError?) {
        if let call { act(.settled(call: call.id, error)) }
    }

    /// Whoever repeats what was answered with MarkFailed takes its place. A client that settles ever new IDs pushes out its oldest.
    private mutating func awaitMessage(_ settlement: DeferredSettlement) {
        deferred.removeAll { $0.id == settlement.id && $0.call == nil }
        deferred.append(settlement)
        guard deferred.count > Self.mostDeferred else { return }
        let oldest = deferred.removeFirst()
        answer(oldest.call, .notClaimed(id: oldest.id.description))
    }

    /// Somebody has the password, or may have it, by this name.
    private func isGiven(_ message: Message, _ custody: Custody) -> Bool {
        guard !isExpired(message) else { return false }
        let state = status(message).state
        return state == .claimed || state == .inDoubt || custody.state == .inDoubt && message.record.isHeld
    }

    private mutating func settle(_ fingerprint: Int, used: Bool) {
        guard let custody = custodies[fingerprint] else { return }
        enter(fingerprint, used ? .used : .rejected)
        spend(fingerprint)
        for message in present(custody) {
            let change = RecordChange.settle(used: used, isRepeated: message.isUncertain)
            owe(change, by: message.id)
        }
        // Gone, and nowhere to be marked: its name alone is remembered.
        report(fingerprint)
        if isSettled(custodies[fingerprint]) { answerCalls(fingerprint, nil) }
    }

    /// The mailbox has what was settled, on the message that was given; where that is gone, on all others.
    func isSettled(_ custody: Custody?) -> Bool {
        guard let custody, custody.state.isSettled else { return false }
        if let given = custody.given, let message = messages[given], message.isThere { return message.debt == nil }
        return present(custody).allSatisfy { $0.debt == nil }
    }

    mutating func answerCalls(_ fingerprint: Int, _ error: ClaimError?) {
        for call in custodies[fingerprint]?.calls ?? [] { act(.settled(call: call.id, error)) }
        custodies[fingerprint]?.calls = []
        calling.remove(fingerprint)
    }

    /// Calls for messages that had not been found yet.
    mutating func settleDeferred() {
        let calls = deferred
        deferred = []
        for settlement in calls where settlement.until > now.uptime {
            settle(settlement.id, settlement.outcome, settlement.call)
        }
    }

    /// Calls that have waited long enough.
    mutating func answerOverdueCalls() {
        for fingerprint in calling.sorted() {
            guard let custody = custodies[fingerprint] else { continue }
            let reason = (custody.given ?? custody.members.first).flatMap { mailboxes[$0.mailbox] }.map {
                $0.isOpen ? Text("the mailbox does not answer") : $0.absence
            }
            for call in custody.calls where call.deadline <= now.uptime {
                let error = ClaimError.markFailed(
                    reason: Text(
                        "\(reason ?? Text("the mailbox is no longer watched")); it will be marked as soon as possible"))
                act(.settled(call: call.id, error))
            }
            custodies[fingerprint]?.calls.removeAll { $0.deadline <= now.uptime }
            if custodies[fingerprint]?.calls.isEmpty ?? true { calling.remove(fingerprint) }
        }
        for index in deferred.indices {
            guard let call = deferred[index].call, call.deadline <= now.uptime else { continue }
            let mailbox = mailboxes[deferred[index].id.mailbox]
            let reason = mailbox?.isOpen ?? false ? Text("the mailbox is still being searched") : mailbox?.absence
            let error = ClaimError.markFailed(
                reason: Text(
                    "\(reason ?? Text("the mailbox is no longer watched")); it will be marked as soon as possible"))
            act(.settled(call: call.id, error))
            deferred[index].call = nil
        }
        deferred.removeAll { $0.until <= now.uptime }
    }
}
