import FoundationEssentials
import Messages

/// Who gets which password.
extension Ledger {
    /// Gives the claimant a password that is there, has it wait for one, or refuses a mailbox that is not watched.
    public mutating func claim(_ claimant: Claimant, now: Moment) -> [Action] {
        react(now) { ledger in
            if let mailbox = claimant.filter.mailbox, ledger.mailboxes[mailbox] == nil {
                return ledger.act(.refuse(claimant: claimant.id, .unknownMailbox(mailbox)))
            }
            ledger.waiting.append(claimant)
            ledger.seek(claimant)
            if claimant.deadline <= now.uptime { ledger.giveUp(claimant) }
        }
    }

    /// The claimant does not wait any longer: its call was cancelled.
    public mutating func withdraw(_ claimant: UInt64, now: Moment) -> [Action] {
        react(now) { ledger in
            ledger.waiting.removeAll { $0.id == claimant }
        }
    }

    /// The password that was given did not leave: this claimant has not seen it. Who held it before, where it was in doubt, may
    /// have. To be told before the end of the connection.
    public mutating func undelivered(_ id: PasswordID, claimant: UInt64, now: Moment) -> [Action] {
        react(now) { ledger in
            guard let (fingerprint, custody) = ledger.custody(of: id),
                case .claimed(claimant, _, let fromDoubt) = custody.state
            else { return }
            if fromDoubt {
                ledger.enter(fingerprint, .inDoubt)
                ledger.offer(fingerprint)
            } else {
                ledger.release(fingerprint, wasInDoubt: false)
            }
        }
    }

    /// What was claimed on it and not settled is in doubt now; who waits on it waits no longer.
    public mutating func connectionEnded(_ connection: UInt64, now: Moment) -> [Action] {
        react(now) { ledger in
            for claimant in ledger.waiting where claimant.connection == connection {
                ledger.dismiss(claimant.id, .noPassword)
            }
            for fingerprint in (ledger.heldOn[connection] ?? []).sorted() {
                ledger.enter(fingerprint, .inDoubt)
                ledger.offer(fingerprint)
            }
        }
    }

    /// The daemon stops: nobody waits any longer. What is claimed stays claimed.
    public mutating func stop(now: Moment) -> [Action] {
        react(now) { ledger in
            for claimant in ledger.waiting { ledger.dismiss(claimant.id, .noPassword) }
            for case let call? in ledger.deferred.map(\.call) {
                ledger.act(.settled(call: call.id, .markFailed(reason: Text("the daemon is stopping"))))
            }
            ledger.deferred = []
            for fingerprint in ledger.calling {
                for call in ledger.custodies[fingerprint]?.calls ?? [] {
                    ledger.act(
                        .settled(
                            call: call.id,
                            .markFailed(reason: Text("the daemon is stopping before the mailbox could be marked"))))
                }
                ledger.custodies[fingerprint]?.calls = []
            }
            ledger.calling = []
        }
    }

    /// Whether a claim with this filter would find something.
    public func hasAvailable(_ filter: ClaimFilter, now: Moment) -> Bool {
        free.newest(filter) { isGivable($0, at: now) } != nil
    }

    /// Until when somebody waits for a mail of this mailbox, by ``Moment/uptime``; the last of those who wait for any is under nil.
    public var awaitedUntil: [String?: Duration] {
        var until: [String?: Duration] = [:]
        for claimant in waiting {
            let mailbox = claimant.filter.mailbox
            until[mailbox] = max(until[mailbox] ?? .zero, claimant.deadline)
        }
        return until
    }

    // MARK: Matching

    /// Looks for the newest password that fits a claimant, and has it marked.
    mutating func seek(_ claimant: Claimant) {
        guard !isBusy(claimant.id), let chosen = choice(for: claimant.filter) else { return }
        begin(chosen, for: claimant)
    }

    /// In the order in which they came.
    mutating func seekForAll() {
        for claimant in waiting { seek(claimant) }
    }

    /// Offers a password to those who wait.
    mutating func offer(_ fingerprint: Int) {
        guard !waiting.isEmpty, let custody = custodies[fingerprint],
            custody.state == .free || custody.state == .inDoubt
        else { return }
        for claimant in waiting where custody.state == .free || claimant.filter.includesInDoubt {
            guard !isBusy(claimant.id), let chosen = face(of: custody, for: claimant.filter) else { continue }
            return begin(chosen, for: claimant)
        }
    }

    private func choice(for filter: ClaimFilter) -> PasswordID? {
        let isMeant = { (id: PasswordID) in isGivable(id, at: now) }
        var newest = free.newest(filter, where: isMeant)
        if filter.includesInDoubt, let doubtful = inDoubt.newest(filter, where: isMeant),
            newest.map({ $0.issuedAt < doubtful.issuedAt }) ?? true
        {
            newest = doubtful
        }
        guard let newest, let (_, custody) = custody(of: newest.id) else { return nil }
        return face(of: custody, for: filter)
    }

    /// Which of a password's messages is given to whoever asks by this filter.
    private func face(of custody: Custody, for filter: ClaimFilter) -> PasswordID? {
        custody.members.first { id in messages[id].map(filter.fits) ?? false && isGivable(id, at: now) }
    }

    private func isGivable(_ id: PasswordID, at now: Moment) -> Bool {
        guard let message = messages[id], message.isThere, message.password != nil, message.obstacle == nil,
            !message.awaitsSearch, let (_, custody) = custody(of: id), let standing = mailboxes[id.mailbox]
        else { return false }
        return standing.isOpen && standing.heldUntil <= now.uptime
            && !custody.members.contains { messages[$0]?.expiresAt.map { $0 <= now.wall } ?? true }
    }

    /// A mark is being made for this claimant, and it is not time yet to look for another.
    private func isBusy(_ claimant: UInt64) -> Bool {
        (attempts[claimant] ?? []).contains {
            if case .claiming(let attempt)? = custodies[$0]?.state { !attempt.isOverdue } else { false }
        }
    }

    // MARK: Giving up

    /// The claimant's wait is over. One whose claim is being marked gets its answer first, if it comes soon.
    mutating func giveUp(_ claimant: Claimant) {
        guard attempts[claimant.id]?.isEmpty ?? true || claimant.deadline + Self.grace <= now.uptime else { return }
        dismiss(claimant.id, reasonToGiveUp(claimant))
    }

    /// No password that fits can ever be marked: there is nothing to wait for.
    mutating func giveUpIfHopeless(_ claimant: Claimant) {
        guard attempts[claimant.id]?.isEmpty ?? true, waiting.contains(where: { $0.id == claimant.id }),
            free.newest(claimant.filter, where: { messages[$0]?.obstacle == nil }) == nil
        else { return }
        dismiss(claimant.id, reasonToGiveUp(claimant))
    }

    private func reasonToGiveUp(_ claimant: Claimant) -> ClaimError {
        if !(attempts[claimant.id]?.isEmpty ?? true) { return .markFailed(reason: Text("the mailbox does not answer")) }
        let blocked = free.newest(claimant.filter) { id in
            messages[id].map { !isExpired($0) && !$0.awaitsSearch } ?? false && !isGivable(id, at: now)
        }
        if let id = blocked?.id, let standing = mailboxes[id.mailbox] {
            return .markFailed(reason: messages[id]?.obstacle ?? standing.absence)
        }
        return .noPassword
    }

    mutating func dismiss(_ claimant: UInt64, _ error: ClaimError) {
        guard let index = waiting.firstIndex(where: { $0.id == claimant }) else { return }
        waiting.remove(at: index)
        act(.refuse(claimant: claimant, error))
    }
}
