import FoundationEssentials

/// The effects of time.
extension Ledger {
    /// A password is kept for this long after its time: the clock may have been wrong.
    private static let keptAfterExpiry = 3600.0

    /// In how long ``tick(now:)`` must be called.
    public func nextWake(now: Moment) -> Duration? {
        var due: [Duration] = []
        if let next = agenda.next { due.append(now.uptime + .seconds(max(next.timeIntervalSince(now.wall), 0))) }
        for claimant in waiting {
            due.append(claimant.deadline + (attempts[claimant.id] == nil ? .zero : Self.grace))
        }
        for fingerprint in attempts.values.joined() {
            if case .claiming(let attempt)? = custodies[fingerprint]?.state, !attempt.isOverdue {
                due.append(attempt.patientUntil)
            }
        }
        for (name, standing) in mailboxes where standing.isOpen {
            if standing.heldUntil > now.uptime { due.append(standing.heldUntil) }
            due += (owing[name] ?? []).compactMap { id in
                messages[id]?.debt.flatMap { $0.isUnderWay || $0.notBefore <= now.uptime ? nil : $0.notBefore }
            }
        }
        for fingerprint in calling { due += (custodies[fingerprint]?.calls ?? []).map(\.deadline) }
        due += deferred.map { $0.call?.deadline ?? $0.until }
        return due.min().map { max($0 - now.uptime, .zero) }
    }

    /// Ends what has had its time.
    public mutating func tick(now: Moment) -> [Action] {
        react(now) { ledger in
            ledger.expire()
            for fingerprint in Set(ledger.attempts.values.joined()).sorted() { ledger.losePatience(fingerprint) }
            for name in ledger.mailboxes.keys.sorted() where ledger.canBeAsked(name) { ledger.payDebts(in: name) }
            ledger.seekForAll()
            ledger.answerOverdueCalls()
            for claimant in ledger.waiting where claimant.deadline <= now.uptime { ledger.giveUp(claimant) }
        }
    }

    private mutating func expire() {
        while let id = agenda.take(at: now.wall) {
            guard let message = messages[id], let expiresAt = message.expiresAt else { continue }
            guard let since = message.expiredSince else {
                messages[id]?.expiredSince = now.uptime
                agenda.add(id, at: now.wall.addingTimeInterval(Self.keptAfterExpiry))
                if let fingerprint = message.fingerprint {
                    index(fingerprint)
                    report(fingerprint)
                }
                continue
            }
            guard now.uptime - since >= .seconds(Self.keptAfterExpiry) else {
                agenda.add(id, at: now.wall.addingTimeInterval(Self.keptAfterExpiry))
                continue
            }
            messages[id]?.password = nil
            // Told in Status for as long again as it was of use, then forgotten.
            let validity = message.issuedAt.map { expiresAt.timeIntervalSince($0) } ?? Self.keptAfterExpiry
            let end = expiresAt.addingTimeInterval(validity)
            if end <= now.wall, custody(of: id)?.custody.isChanging != true {
                forget(id)
            } else {
                agenda.add(id, at: max(end, now.wall.addingTimeInterval(60)))
            }
        }
    }

    /// The clock was set back: what had expired by it may not have.
    mutating func lookAgainAtExpired() {
        agenda = Agenda()
        for (id, message) in messages {
            guard let expiresAt = message.expiresAt else { continue }
            if expiresAt > now.wall {
                messages[id]?.expiredSince = nil
                agenda.add(id, at: expiresAt)
            } else {
                agenda.add(id, at: now.wall)
            }
        }
        for fingerprint in custodies.keys.sorted() {
            index(fingerprint)
            report(fingerprint)
        }
        seekForAll()
    }

    /// Forgets some that are over when there are too many, or the oldest that nobody has: a new one is of more use. False: all are
    /// somebody's.
    mutating func makeRoom(in mailbox: String) -> Bool {
        guard names[mailbox]?.count ?? 0 >= Self.messageBound else { return true }
        let dispensable = (names[mailbox] ?? []).compactMap { id in
            messages[id].flatMap { message in rankToForget(message).map { ($0, message.issuedAt ?? .distantPast, id) } }
        }.sorted { $0 < $1 }
        // Several at once: to look for them each time would make a flood costly.
        for (_, _, id) in dispensable.prefix(Self.messageBound / 8) {
            act(.forgotten(id))
            forget(id)
        }
        return !dispensable.isEmpty
    }

    /// Which go first when there are too many; nil: never.
    private func rankToForget(_ message: Message) -> Int? {
        guard let fingerprint = message.fingerprint, let custody = custodies[fingerprint] else { return 0 }
        if message.debt != nil { return nil }
        switch custody.state {
        case .used, .rejected: return custody.members.count > 1 ? 1 : 2
        case .free: return isExpired(message) ? 0 : custody.members.first == message.id ? 3 : 1
        case .claiming, .releasing: return nil
        case .claimed, .inDoubt: return isExpired(message) ? 2 : nil
        }
    }
}
