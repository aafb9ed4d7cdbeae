public import FoundationEssentials

/// Owns the ledger: carries out its actions, keeps its time, and answers those who ask.
public actor Custodian {
    private var ledger: Ledger
    private var mailboxes: Set<String>
    private let keeper: any RecordKeeper
    private let clock: any LedgerClock
    private let log: @Sendable (PasswordID, PasswordState, String?) -> Void
    private var claims: [UInt64: CheckedContinuation<Result<Password, ClaimError>, Never>] = [:]
    private var settlements: [PasswordID: CheckedContinuation<SettleError?, Never>] = [:]
    private var onlookers: [UInt64: (filter: ClaimFilter, continuation: CheckedContinuation<Void, Never>)] = [:]
    private var lastClaimant: UInt64 = 0
    private var awaited: [String: Date] = [:]
    /// The earliest time for which somebody sleeps.
    private var alarm: Date?
    private var isStopping = false

    /// `log` is told of each state that a mail enters.
    public init(
        mailboxes: Set<String>, keeper: any RecordKeeper, clock: any LedgerClock = SystemClock(),
        log: @escaping @Sendable (PasswordID, PasswordState, String?) -> Void = { _, _, _ in }
    ) {
        ledger = Ledger(mailboxes: mailboxes)
        self.mailboxes = mailboxes
        self.keeper = keeper
        self.clock = clock
        self.log = log
    }

    // MARK: What the mailboxes tell

    public func arrived(_ password: Password, _ record: Record) {
        perform(ledger.arrived(password, record, now: clock.now))
    }

    public func refused(_ id: PasswordID, reason: String, recipient: String?, issuedAt: Date?, expiresAt: Date?) {
        perform(ledger.refused(id, reason: reason, recipient: recipient, issuedAt: issuedAt, expiresAt: expiresAt))
    }

    public func changed(_ id: PasswordID, _ record: Record) { perform(ledger.changed(id, record, now: clock.now)) }
    public func vanished(_ id: PasswordID) { perform(ledger.vanished(id)) }

    public func opened(_ mailbox: String, uidValidity: UInt32) {
        // A mailbox that is watched anew has not been told yet.
        awaited[mailbox] = nil
        ledger.opened(mailbox: mailbox, uidValidity: uidValidity)
        perform([])
    }

    /// The configuration was read again, and these are the mailboxes now.
    public func configured(mailboxes: Set<String>) {
        self.mailboxes = mailboxes
        awaited = awaited.filter { mailboxes.contains($0.key) }
        perform(ledger.configured(mailboxes: mailboxes))
    }

    /// The mailbox is watched no longer, or will be anew.
    public func left(_ mailbox: String) {
        ledger.left(mailbox: mailbox)
        perform([])
    }

    // MARK: What claimants ask

    /// A password for this caller alone. If it does not leave, that must be told to ``undelivered(_:)`` before
    /// ``connectionEnded(_:)``.
    ///
    /// - Throws: ``ClaimError``; ``ClaimError/noPassword`` too when the task is cancelled.
    public func claim(
        _ filter: ClaimFilter, waiting duration: Duration, connection: UInt64
    ) async throws(ClaimError) -> ClaimedPassword {
        guard !isStopping else { throw .stopping }
        lastClaimant += 1
        let id = lastClaimant
        let seconds = Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
        let claimant = Claimant(
            id: id, connection: connection, filter: filter, deadline: clock.now.addingTimeInterval(max(seconds, 0)))
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                claims[id] = continuation
                perform(ledger.claim(claimant, now: clock.now))
                if Task.isCancelled { withdraw(id) }
            }
        } onCancel: {
            Task { await self.withdraw(id) }
        }
        return ClaimedPassword(password: try result.get(), claimant: id)
    }

    private func withdraw(_ claimant: UInt64) {
        ledger.withdraw(claimant)
        perform([])
        claims.removeValue(forKey: claimant)?.resume(returning: .failure(.noPassword))
    }

    /// The password could not be written to its claimant's connection: it goes back.
    public func undelivered(_ claimed: ClaimedPassword) {
        perform(ledger.undelivered(claimed.password.id, claimant: claimed.claimant, now: clock.now))
    }

    /// Whatever was claimed on the connection and not settled is in doubt now.
    public func connectionEnded(_ connection: UInt64) {
        perform(ledger.connectionEnded(connection, now: clock.now))
    }

    /// Returns when a password that fits is available to claim, or the task is cancelled, or the custodian stops. Whoever
    /// looks on does not claim: somebody else may be quicker.
    public func awaitAvailable(_ filter: ClaimFilter) async {
        lastClaimant += 1
        let id = lastClaimant
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                onlookers[id] = (filter, continuation)
                tellOnlookers()
                if Task.isCancelled { dismiss(id) }
            }
        } onCancel: {
            Task { await self.dismiss(id) }
        }
    }

    private func dismiss(_ onlooker: UInt64) { onlookers.removeValue(forKey: onlooker)?.continuation.resume() }

    private func tellOnlookers() {
        for (id, onlooker) in onlookers where isStopping || ledger.hasAvailable(onlooker.filter, now: clock.now) {
            dismiss(id)
        }
    }

    /// Ends a claim; returns when the mailbox has it, or cannot have it now and will get it later.
    public func settle(_ id: String, _ outcome: Outcome) async throws(SettleError) {
        let actions = try ledger.settle(id, outcome)
        guard let name = PasswordID(id) else { throw .notClaimed(id) }
        let failure = await withCheckedContinuation { continuation in
            settlements[name] = continuation
            perform(actions)
        }
        if let failure { throw failure }
    }

    public var statuses: [PasswordStatus] {
        perform(ledger.tick(now: clock.now))
        return ledger.statuses
    }

    /// The daemon stops: those who wait get an error, what is claimed stays claimed.
    public func stop() {
        isStopping = true
        perform(ledger.stop())
    }

    // MARK: Actions

    private func perform(_ actions: [Ledger.Action]) {
        for action in actions {
            switch action {
            case .change(let id, let change):
                keeper.change(id, change) { [weak self] result in
                    Task { await self?.recordChanged(id, change, result) }
                }
            case .give(let password, let claimant):
                if let continuation = claims.removeValue(forKey: claimant) {
                    continuation.resume(returning: .success(password))
                } else {
                    perform(ledger.undelivered(password.id, claimant: claimant, now: clock.now))
                }
            case .refuse(let claimant, let error):
                claims.removeValue(forKey: claimant)?.resume(returning: .failure(error))
            case .settled(let id, let error): settlements.removeValue(forKey: id)?.resume(returning: error)
            case .entered(let id, let state, let reason): log(id, state, reason)
            }
        }
        tellWhoIsAwaited()
        tellOnlookers()
        setTimer()
    }

    private func recordChanged(_ id: PasswordID, _ change: RecordChange, _ result: RecordResult) {
        perform(ledger.recordChanged(id, change, result, now: clock.now))
    }

    private func tellWhoIsAwaited() {
        for mailbox in mailboxes {
            let until = ledger.awaitedUntil(mailbox)
            guard until != awaited[mailbox] else { continue }
            awaited[mailbox] = until
            keeper.await(mailbox, until: until)
        }
    }

    /// Somebody wakes by the next deadline there is. Who wakes too early does no harm, so nothing is cancelled: a cancelled
    /// sleep would take its memory until its time all the same, and a client may claim and hang up a thousand times a second.
    private func setTimer() {
        guard !isStopping, let next = ledger.nextDeadline else { return }
        if let alarm, alarm <= next { return }
        alarm = next
        let clock = clock
        Task { [weak self] in
            while clock.now < next { try? await clock.sleep(until: next) }
            await self?.timerFired(next)
        }
    }

    private func timerFired(_ date: Date) {
        if alarm == date { alarm = nil }
        perform(ledger.tick(now: clock.now))
    }
}
