public import FoundationEssentials

/// Owns the ledger: carries out its actions, keeps its time, and answers those who ask. All on one executor.
public actor Custodian {
    private let executor: any TaskExecutor & SerialExecutor
    /// That one.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
    private var ledger: Ledger
    private var mailboxes: Set<String>
    private let keeper: any RecordKeeper
    private let clock: any LedgerClock
    private let log: @Sendable (PasswordID, PasswordState, String?) -> Void
    private var claims: [UInt64: CheckedContinuation<Result<Password, ClaimError>, Never>] = [:]
    private var settlements: [PasswordID: CheckedContinuation<ClaimError?, Never>] = [:]
    private var onlookers: [UInt64: (filter: ClaimFilter, continuation: CheckedContinuation<Bool, Never>)] = [:]
    private var lastClaimant: UInt64 = 0
    private var awaited: [String: Date] = [:]
    /// Who sleeps until the next deadline, or one that is past by now.
    private var alarm: (date: Date, sleeper: Task<Void, Never>)?
    private var isStopping = false

    /// - Parameters:
    ///   - executor: where it runs, and all tasks that it makes.
    ///   - log: is told of each state that a mail enters.
    public init(
        mailboxes: Set<String>, keeper: any RecordKeeper, clock: any LedgerClock,
        executor: any TaskExecutor & SerialExecutor,
        log: @escaping @Sendable (PasswordID, PasswordState, String?) -> Void = { _, _, _ in }
    ) {
        self.executor = executor
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
        guard !isStopping else { throw .noPassword }
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
            Task(executorPreference: executor) { await self.withdraw(id) }
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

    /// Returns when a password that fits is available to claim. Whoever looks on does not claim: somebody else may be quicker.
    ///
    /// - Returns: false when the task is cancelled or the custodian stops.
    public func awaitAvailable(_ filter: ClaimFilter) async -> Bool {
        lastClaimant += 1
        let id = lastClaimant
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                onlookers[id] = (filter, continuation)
                if Task.isCancelled { dismiss(id, isAvailable: false) } else { tellOnlookers() }
            }
        } onCancel: {
            Task(executorPreference: executor) { await self.dismiss(id, isAvailable: false) }
        }
    }

    private func dismiss(_ onlooker: UInt64, isAvailable: Bool) {
        onlookers.removeValue(forKey: onlooker)?.continuation.resume(returning: isAvailable)
    }

    private func tellOnlookers() {
        for (id, onlooker) in onlookers where isStopping || ledger.hasAvailable(onlooker.filter, now: clock.now) {
            dismiss(id, isAvailable: !isStopping)
        }
    }

    /// Ends a claim; returns when the mailbox has it, or cannot have it now and will get it later.
    public func settle(_ id: String, _ outcome: Outcome) async throws(ClaimError) {
        let actions = try ledger.settle(id, outcome)
        guard let name = PasswordID(id) else { throw .notClaimed(id: id) }
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
        alarm?.sleeper.cancel()
        perform(ledger.stop())
    }

    // MARK: Actions

    private func perform(_ actions: [Ledger.Action]) {
        for action in actions {
            switch action {
            case .change(let id, let change):
                keeper.change(id, change) { [weak self, executor] result in
                    Task(executorPreference: executor) { await self?.recordChanged(id, change, result) }
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
            keeper.expectMail(in: mailbox, until: until)
        }
    }

    /// Somebody wakes by the next deadline there is. Too early does no harm, so a later deadline changes nothing: most claims
    /// come and go without a timer of their own.
    private func setTimer() {
        guard !isStopping, let next = ledger.nextDeadline else { return }
        if let alarm {
            guard next < alarm.date else { return }
            alarm.sleeper.cancel()
        }
        let sleeper = Task(executorPreference: executor) { [weak self, clock] in
            do {
                while clock.now < next { try await clock.sleep(until: next) }
            } catch {
                return
            }
            await self?.timerFired(next)
        }
        alarm = (next, sleeper)
    }

    private func timerFired(_ date: Date) {
        if alarm?.date == date { alarm = nil }
        perform(ledger.tick(now: clock.now))
    }
}
