public import FoundationEssentials
import Messages

/// Owns the ledger: carries out its actions, keeps its time, and answers those who ask. All on one executor.
public actor Custodian {
    private struct Claim {
        let continuation: CheckedContinuation<Result<Password, ClaimError>, Never>
        let isAllowed: @Sendable () -> Bool
    }

    private let executor: any TaskExecutor & SerialExecutor
    /// That one.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
    private var ledger: Ledger
    private let keeper: any RecordKeeper
    private let clock: any LedgerClock
    private let log: @Sendable (LedgerNews) -> Void
    private var claims: [UInt64: Claim] = [:]
    private var settlements: [UInt64: CheckedContinuation<ClaimError?, Never>] = [:]
    private var onlookers: [UInt64: (filter: ClaimFilter, continuation: CheckedContinuation<Bool, Never>)] = [:]
    private var lastCall: UInt64 = 0
    private var awaited: [String: Duration] = [:]
    /// Who sleeps until the next deadline, or one that is past by now.
    private var alarm: (due: Duration, sleeper: Task<Void, Never>)?
    private var isStopping = false

    /// - Parameters:
    ///   - memory: what an earlier process has left.
    ///   - executor: where it runs, and all tasks that it makes.
    ///   - log: is told of each state that a mail enters.
    public init(
        mailboxes: Set<String>, memory: Memory = Memory(), keeper: any RecordKeeper,
        clock: any LedgerClock, executor: any TaskExecutor & SerialExecutor,
        log: @escaping @Sendable (LedgerNews) -> Void = { _ in }
    ) {
        self.executor = executor
        ledger = Ledger(mailboxes: mailboxes, memory: memory)
        self.keeper = keeper
        self.clock = clock
        self.log = log
    }

    // MARK: What the mailboxes tell

    public func arrived(_ password: Password, _ record: Record, internalDate: Int64? = nil) {
        perform(ledger.arrived(password, record, internalDate: internalDate, now: clock.now))
    }

    public func refused(
        _ id: PasswordID, reason: String, detail: Text? = nil, recipient: String?, issuedAt: Date?, expiresAt: Date?,
        internalDate: Int64? = nil
    ) {
        perform(
            ledger.refused(
                id, reason: reason, detail: detail, recipient: recipient, issuedAt: issuedAt, expiresAt: expiresAt,
                internalDate: internalDate, now: clock.now))
    }

    public func expired(
        _ id: PasswordID, _ record: Record, recipient: String?, issuedAt: Date?, expiresAt: Date?, internalDate: Int64?
    ) {
        perform(
            ledger.expired(
                id, record, recipient: recipient, issuedAt: issuedAt, expiresAt: expiresAt, internalDate: internalDate,
                now: clock.now))
    }

    public func changed(_ id: PasswordID, _ record: Record) { perform(ledger.changed(id, record, now: clock.now)) }
    public func vanished(_ id: PasswordID) { perform(ledger.vanished(id, now: clock.now)) }

    /// The mailbox is open: see ``Ledger/opened(_:_:uidValidity:uidNext:keepsMarks:now:)``.
    public func opened(
        _ mailbox: String, _ watched: WatchedMailbox, uidValidity: UInt32, uidNext: UInt32?, keepsMarks: Bool
    ) {
        // A mailbox that is watched again has not been told yet.
        awaited[mailbox] = nil
        perform(
            ledger.opened(
                mailbox, watched, uidValidity: uidValidity, uidNext: uidNext, keepsMarks: keepsMarks, now: clock.now))
    }

    /// All that is of use of the mailbox has been told.
    public func searched(_ mailbox: String) { perform(ledger.searched(mailbox, now: clock.now)) }

    /// The server had enough for a while, and is asked for marks again.
    public func takesMarksAgain(_ mailbox: String) {
        perform(ledger.takesMarksAgain(mailbox, now: clock.now))
    }

    /// The mailbox has not kept a mark.
    public func keepsNoMarks(_ mailbox: String) { perform(ledger.keepsNoMarks(mailbox, now: clock.now)) }

    /// The server has answered to ``RecordKeeper/change(_:_:_:)``, or cannot be asked.
    public func recordChanged(
        _ id: PasswordID, _ change: RecordChange, _ key: MessageKey, _ result: RecordResult
    ) {
        perform(ledger.recordChanged(id, change, key, result, now: clock.now))
    }

    /// No mark can be made in the mailbox until it is open again.
    public func closed(_ mailbox: String, reason: Text) {
        perform(ledger.closed(mailbox, reason: reason, now: clock.now))
    }

    /// The configuration was read again, and these are the mailboxes now.
    public func configured(_ mailboxes: Set<String>) {
        awaited = awaited.filter { mailboxes.contains($0.key) }
        perform(ledger.configured(mailboxes, now: clock.now))
    }

    /// The mailbox is no longer watched, or will be watched again.
    public func left(_ mailbox: String) { perform(ledger.left(mailbox, now: clock.now)) }

    // MARK: What claimants ask

    /// A password for this caller alone. If it does not leave, that must be told to ``undelivered(_:)`` before
    /// ``connectionEnded(_:)``.
    ///
    /// - Parameters:
    ///   - caller: for the log.
    ///   - isAllowed: whether the caller may still claim; asked by ``accessChanged()``.
    /// - Throws: ``ClaimError``; ``ClaimError/noPassword`` too when the task is cancelled.
    public func claim(
        _ filter: ClaimFilter, waiting duration: Duration, connection: UInt64, caller: Caller? = nil,
        isAllowed: @escaping @Sendable () -> Bool = { true }
    ) async throws(ClaimError) -> ClaimedPassword {
        guard !isStopping else { throw .noPassword }
        lastCall += 1
        let id = lastCall
        let now = clock.now
        let claimant = Claimant(
            id: id, connection: connection, filter: filter, deadline: now.uptime + max(duration, .zero),
            caller: caller)
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                claims[id] = Claim(continuation: continuation, isAllowed: isAllowed)
                perform(ledger.claim(claimant, now: now))
                if Task.isCancelled { withdraw(id) }
            }
        } onCancel: {
            Task(executorPreference: executor) { await self.withdraw(id) }
        }
        return ClaimedPassword(password: try result.get(), claimant: id)
    }

    private func withdraw(_ claimant: UInt64, _ error: ClaimError = .noPassword) {
        guard let claim = claims.removeValue(forKey: claimant) else { return }
        perform(ledger.withdraw(claimant, now: clock.now))
        claim.continuation.resume(returning: .failure(error))
    }

    /// Who may claim is another matter now: whoever may not any more waits no longer.
    public func accessChanged() {
        for (id, claim) in claims where !claim.isAllowed() { withdraw(id, .notAllowed) }
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
        lastCall += 1
        let id = lastCall
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

    /// Ends a claim; returns when the mailbox has it.
    ///
    /// - Throws: ``ClaimError/notClaimed(id:)``; ``ClaimError/markFailed(reason:)`` when the mailbox does not have it within five
    ///   seconds, or refuses it: it is tried on.
    public func settle(_ id: String, _ outcome: Outcome) async throws(ClaimError) {
        lastCall += 1
        let call = lastCall
        let failure = await withCheckedContinuation { continuation in
            settlements[call] = continuation
            perform(ledger.settle(id, outcome, call: call, now: clock.now))
        }
        if let failure { throw failure }
    }

    public var statuses: [PasswordStatus] {
        perform(ledger.tick(now: clock.now))
        return ledger.statuses(now: clock.now)
    }

    /// The daemon stops: those who wait get an error, what is claimed stays claimed.
    public func stop() {
        isStopping = true
        alarm?.sleeper.cancel()
        perform(ledger.stop(now: clock.now))
    }

    // MARK: Actions

    private func perform(_ actions: [Ledger.Action]) {
        for action in actions {
            switch action {
            case .change(let id, let change, let key): keeper.change(id, change, key)
            case .give(let password, let claimant):
                if let claim = claims.removeValue(forKey: claimant) {
                    claim.continuation.resume(returning: .success(password))
                } else {
                    perform(ledger.undelivered(password.id, claimant: claimant, now: clock.now))
                }
            case .refuse(let claimant, let error):
                claims.removeValue(forKey: claimant)?.continuation.resume(returning: .failure(error))
            case .settled(let call, let error): settlements.removeValue(forKey: call)?.resume(returning: error)
            case .entered(let id, let state, let reason, let detail, let holder):
                log(.entered(id, state, reason: reason, detail: detail, holder: holder))
            case .forgotten(let id): log(.forgotten(id))
            case .remember(let entry): keeper.remember(entry)
            }
        }
        tellWhoIsAwaited()
        tellOnlookers()
        setTimer()
    }

    private func tellWhoIsAwaited() {
        let until = ledger.awaitedUntil
        if until.isEmpty, awaited.isEmpty { return }
        for mailbox in ledger.mailboxNames {
            let due = [until[nil], until[mailbox]].compactMap { $0 }.max()
            guard due != awaited[mailbox] else { continue }
            awaited[mailbox] = due
            keeper.expectMail(in: mailbox, for: due.map { max($0 - clock.now.uptime, .zero) })
        }
    }

    /// Somebody wakes by the next deadline there is. Too early does no harm, so a later deadline changes nothing: most claims
    /// come and go without a timer of their own.
    private func setTimer() {
        let now = clock.now
        guard !isStopping, let next = ledger.nextWake(now: now) else { return }
        let due = now.uptime + next
        if let alarm {
            guard due < alarm.due else { return }
            alarm.sleeper.cancel()
        }
        let sleeper = Task(executorPreference: executor) { [weak self, clock] in
            do { try await clock.sleep(until: due) } catch { return }
            await self?.timerFired(due)
        }
        alarm = (due, sleeper)
    }

    private func timerFired(_ due: Duration) {
        if alarm?.due == due { alarm = nil }
        perform(ledger.tick(now: clock.now))
    }
}
