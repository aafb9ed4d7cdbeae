import FoundationEssentials

/// Who may have which password. A pure state machine: events in, actions out, the time told from outside.
///
///     available -> claimed -> used | rejected        settle
///                  claimed -> available              settle unused
///                  claimed -> inDoubt                the claimant's connection ended unsettled, or the daemon did
///                  inDoubt -> claimed                a claim that includes those in doubt; settle works on it too
///     any but used and rejected -> expired
///
/// Three more states lie inside: a claim is *pending* while the server is asked to mark it, and shown as what it was; a release
/// is pending while the mark is taken off, and shown as claimed; a *duplicate* is a further mail with a password that another
/// entry stands for, and shown as refused. What is in one of these is given to nobody.
public struct Ledger: Sendable {
    /// What is to be done outside.
    public enum Action: Sendable {
        /// Change the mail's record on the server; the answer comes back by ``recordChanged(_:_:_:now:)``.
        case change(PasswordID, RecordChange)
        case give(Password, to: UInt64)
        case refuse(claimant: UInt64, ClaimError)
        case settled(PasswordID, ClaimError?)
        /// For the log: this mail is in this state now.
        case entered(PasswordID, PasswordState, reason: String?)
    }

    var entries: [PasswordID: Entry] = [:]
    /// The entries of one and the same password, where there are several, by its fingerprint. In their order.
    var copies: [Int: [PasswordID]] = [:]
    /// In the order in which they came.
    var waiting: [Claimant] = []
    var mailboxes: Set<String>
    /// The reason of a mail that the server could not give. It may be able to, later.
    public static let unfetchable = "unfetchable"

    /// Entries of one mailbox that are kept at the most.
    static let entryBound = 2048

    public init(mailboxes: Set<String>) { self.mailboxes = mailboxes }

    // MARK: What the mailbox tells

    /// A mail that was accepted, with its record as the mailbox has it.
    public mutating func arrived(_ password: Password, _ record: Record, now: Date) -> [Action] {
        if let known = entries[password.id] {
            // A mail that is there again after all.
            guard known.state == .expunged || known.state == .refused(reason: Self.unfetchable) else {
                return changed(password.id, record, now: now)
            }
            forget(password.id)
        }
        guard makeRoom(in: password.id.mailbox) else {
            return [.entered(password.id, .refused, reason: "too-many")]
        }
        let entry = Entry(password, .available)
        entries[entry.id] = entry
        let others = twins(of: entry)
        insertCopy(entry)
        let state = standing(record, others)
        // Under a new UIDVALIDITY the same mail comes under a new name: what the mailbox recorded goes over to that.
        if state.isRecorded {
            for twin in others
            where twin.state.isRecorded && twin.id.mailbox == entry.id.mailbox
                && twin.id.uidValidity != entry.id.uidValidity
            {
                forget(twin.id)
            }
        }
        return enter(entry.id, state) + expire(now) + match(now)
    }

    /// A mail from the sender that was not accepted.
    public mutating func refused(
        _ id: PasswordID, reason: String, recipient: String?, issuedAt: Date?, expiresAt: Date?
    ) -> [Action] {
        if entries[id]?.state == .refused(reason: Self.unfetchable), reason != Self.unfetchable { forget(id) }
        guard entries[id] == nil else { return [] }
        guard makeRoom(in: id.mailbox) else { return [.entered(id, .refused, reason: reason)] }
        entries[id] = Entry(
            id: id, recipient: recipient, issuedAt: issuedAt, expiresAt: expiresAt, state: .refused(reason: reason))
        return set(id, .refused(reason: reason))
    }

    /// Somebody else changed the mail's record. What our own claimants hold is theirs whatever the record says.
    public mutating func changed(_ id: PasswordID, _ record: Record, now: Date) -> [Action] {
        guard let entry = entries[id] else { return [] }
        switch (entry.state, record) {
        case (.available, .claimed), (.available, .used), (.available, .rejected), (.inDoubt, .unmarked),
            (.inDoubt, .used), (.inDoubt, .rejected), (.claimed, .used), (.claimed, .rejected),
            (.rejected, .used), (.duplicate, .claimed), (.duplicate, .used), (.duplicate, .rejected):
            let state = standing(record, twins(of: entry))
            return state == entry.state ? [] : enter(id, state) + match(now)
        default: return []
        }
    }

    /// The mail is no longer in the folder: nobody can claim it any more.
    public mutating func vanished(_ id: PasswordID) -> [Action] {
        entries[id]?.state == .available ? enter(id, .expunged) : []
    }

    /// The folder is open under this UIDVALIDITY: mails of another one will be found again under new names. What somebody had or
    /// may have had is kept under its old name, so that it is not given again.
    public mutating func opened(mailbox: String, uidValidity: UInt32) {
        forgetUnclaimed { $0.mailbox == mailbox && $0.uidValidity != uidValidity }
    }

    /// These are the mailboxes now. Who waits for one that is no longer among them is told so.
    public mutating func configured(mailboxes: Set<String>) -> [Action] {
        self.mailboxes = mailboxes
        var actions: [Action] = []
        let busy = claiming
        waiting.removeAll { claimant in
            guard let mailbox = claimant.filter.mailbox, !mailboxes.contains(mailbox), !busy.contains(claimant.id)
            else { return false }
            actions.append(.refuse(claimant: claimant.id, .unknownMailbox(mailbox)))
            return true
        }
        return actions
    }

    /// The mailbox is watched no longer, or will be anew: what nobody had will be found again, if it is still to be had. What
    /// somebody had or may have had is kept, so that it is not given again.
    public mutating func left(mailbox: String) { forgetUnclaimed { $0.mailbox == mailbox } }

    // MARK: What claimants ask

    /// Gives the claimant a password that is there, has it wait for one, or refuses a mailbox that is not watched.
    public mutating func claim(_ claimant: Claimant, now: Date) -> [Action] {
        if let mailbox = claimant.filter.mailbox, !mailboxes.contains(mailbox) {
            return [.refuse(claimant: claimant.id, .unknownMailbox(mailbox))]
        }
        waiting.append(claimant)
        let expired = expire(now)
        return expired + match(now, newcomer: expired.isEmpty ? claimant.id : nil) + giveUp(now)
    }

    /// The claimant does not wait any longer: its call was cancelled, or its connection ended.
    public mutating func withdraw(_ claimant: UInt64) {
        waiting.removeAll { $0.id == claimant }
    }

    /// The password that was given did not leave: this claimant has not seen it. Who held it before, where it was in doubt, may
    /// have. To be told before the end of the connection.
    public mutating func undelivered(_ id: PasswordID, claimant: UInt64, now: Date) -> [Action] {
        switch entries[id]?.state {
        case .claimed(claimant, _, fromDoubt: true): return enter(id, .inDoubt) + match(now)
        case .claimed(claimant, _, fromDoubt: false):
            entries[id]?.state = .releasing(wasInDoubt: false)
            return [.change(id, .release)]
        default: return []
        }
    }

    /// What was claimed on it and not settled is in doubt now; who waits on it waits no longer.
    public mutating func connectionEnded(_ connection: UInt64, now: Date) -> [Action] {
        let gone = waiting.filter { $0.connection == connection }
        waiting.removeAll { $0.connection == connection }
        return gone.map { .refuse(claimant: $0.id, .noPassword) }
            + entries.values.filter {
                if case .claimed(_, connection, _) = $0.state { true } else { false }
            }.flatMap { enter($0.id, .inDoubt) } + match(now)
    }

    /// Ends a claim. `.settled` follows when the server has answered.
    public mutating func settle(_ text: String, _ outcome: Outcome) throws(ClaimError) -> [Action] {
        guard let id = PasswordID(text), let entry = entries[id] else { throw .notClaimed(id: text) }
        switch entry.state {
        case .claimed, .inDoubt: break
        default: throw .notClaimed(id: text)
        }
        switch outcome {
        case .used: return enter(id, .used) + [.change(id, .settle(used: true))]
        case .rejected: return enter(id, .rejected) + [.change(id, .settle(used: false))]
        case .unused:
            entries[id]?.state = .releasing(wasInDoubt: entry.state == .inDoubt)
            return [.change(id, .release)]
        }
    }

    // MARK: Time

    /// When ``tick(now:)`` must be called next.
    public var nextDeadline: Date? {
        let expiries = entries.values.lazy.compactMap { $0.state.isFinal ? nil : $0.expiresAt }
        let busy = claiming
        let waits = waiting.lazy.filter { !busy.contains($0.id) }.map(\.deadline)
        return [expiries.min(), waits.min()].compactMap { $0 }.min()
    }

    /// Ends what has had its time.
    public mutating func tick(now: Date) -> [Action] { expire(now) + match(now) + giveUp(now) }

    /// Whether a claim with this filter would find something.
    public func hasAvailable(_ filter: ClaimFilter, now: Date) -> Bool {
        entries.values.contains { entry in
            guard entry.state == .available, let password = entry.password, password.expiresAt > now else {
                return false
            }
            return filter.fits(entry, recipient: filter.recipient?.lowercased())
        }
    }

    /// Until when somebody waits for a mail of this mailbox.
    public func awaitedUntil(_ mailbox: String) -> Date? {
        waiting.lazy.filter { $0.filter.mailbox == nil || $0.filter.mailbox == mailbox }.map(\.deadline).max()
    }

    /// The daemon stops: nobody waits any longer. What is claimed stays claimed.
    public mutating func stop() -> [Action] {
        defer { waiting.removeAll() }
        return waiting.map { .refuse(claimant: $0.id, .noPassword) }
    }

    // MARK: Status

    /// All mails, the oldest first.
    public var statuses: [PasswordStatus] {
        entries.values.sorted {
            ($0.issuedAt ?? .distantPast, $0.id.mailbox, $0.id.uid) < (
                $1.issuedAt ?? .distantPast, $1.id.mailbox, $1.id.uid
            )
        }.map(\.status)
    }

    // MARK: Inside

    static func state(_ record: Record) -> Entry.State {
        switch record {
        case .unmarked: .available
        // By whom nobody can tell: by this daemon before a restart, or by another one that may be dead.
        case .claimed: .inDoubt
        case .used: .used
        case .rejected: .rejected
        }
    }

    /// Claimants whose claim is being marked.
    var claiming: Set<UInt64> {
        Set(entries.values.compactMap { if case .claiming(let claimant, _) = $0.state { claimant } else { nil } })
    }

    mutating func enter(_ id: PasswordID, _ state: Entry.State) -> [Action] {
        set(id, state) + standForOne(entries[id]?.fingerprint)
    }

    mutating func set(_ id: PasswordID, _ state: Entry.State) -> [Action] {
        entries[id]?.state = state
        if state.isFinal { entries[id]?.password = nil }
        guard let status = entries[id]?.status else { return [] }
        return [.entered(id, status.state, reason: status.reason)]
    }

    mutating func forget(_ id: PasswordID) {
        guard let fingerprint = entries.removeValue(forKey: id)?.fingerprint else { return }
        copies[fingerprint]?.removeAll { $0 == id }
        if copies[fingerprint]?.isEmpty == true { copies[fingerprint] = nil }
    }

    mutating func forgetUnclaimed(where isMeant: (PasswordID) -> Bool) {
        for (id, entry) in entries where isMeant(id) {
            switch entry.state {
            case .available, .duplicate, .refused: forget(id)
            case .claiming, .claimed, .releasing, .inDoubt, .used, .rejected, .expired, .expunged: break
            }
        }
    }
}
