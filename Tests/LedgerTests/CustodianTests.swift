import FoundationEssentials
import ProcessRuntime
import Synchronization
import Testing
import Trials

@testable import Ledger

/// A clock that stands still until it is moved.
final class ManualClock: LedgerClock {
    private struct State {
        var seconds = 0.0
        var sleepers: [UInt64: (until: Double, continuation: CheckedContinuation<Void, any Error>)] = [:]
        var lastSleeper: UInt64 = 0
        var sleeps = 0
    }
    private let state = Mutex(State())

    var now: Moment { moment(state.withLock { $0.seconds }) }
    /// How many sleep now.
    var sleepers: Int { state.withLock { $0.sleepers.count } }
    /// How many times somebody went to sleep.
    var sleeps: Int { state.withLock { $0.sleeps } }

    func sleep(until uptime: Duration) async throws {
        let until = uptime / .seconds(1)
        let id = state.withLock { state in
            state.lastSleeper += 1
            state.sleeps += 1
            return state.lastSleeper
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isOver = state.withLock { state in
                    if Task.isCancelled || until <= state.seconds { return true }
                    state.sleepers[id] = (until, continuation)
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.sleepers.removeValue(forKey: id) }?.continuation.resume(throwing: CancellationError())
        }
    }

    func move(to seconds: Double) {
        let woken = state.withLock { state in
            state.seconds = seconds
            let woken = state.sleepers.filter { $0.value.until <= seconds }
            for id in woken.keys { state.sleepers[id] = nil }
            return woken.values.map(\.continuation)
        }
        for continuation in woken { continuation.resume() }
    }
}

/// Mailboxes whose servers answer when the test says so.
final class Records: RecordKeeper {
    struct Asked: Sendable {
        let id: PasswordID
        let change: RecordChange
        let answer: @Sendable (RecordResult) async -> Void
    }
    let asked: AsyncStream<Asked>
    let custodian = Mutex<Custodian?>(nil)
    let memory = Mutex<[Memory.Entry]>([])
    private let continuation: AsyncStream<Asked>.Continuation
    private let awaited = Mutex<[String: Duration]>([:])

    init() { (asked, continuation) = AsyncStream.makeStream(of: Asked.self) }

    func change(_ id: PasswordID, _ change: RecordChange, _ key: MessageKey) {
        let custodian = custodian.withLock { $0 }
        continuation.yield(
            Asked(id: id, change: change) { await custodian?.recordChanged(id, change, key, $0) })
    }

    func expectMail(in mailbox: String, for duration: Duration?) { awaited.withLock { $0[mailbox] = duration } }
    func awaited(_ mailbox: String) -> Duration? { awaited.withLock { $0[mailbox] } }
    func remember(_ entry: Memory.Entry) { memory.withLock { $0.append(entry) } }
}

@Suite(.timeLimit(.minutes(15))) struct CustodianTests {
    private let clock = ManualClock()
    private let records = Records()
    private let custodian: Custodian
    private let id = name(1)

    init() async {
        custodian = Custodian(mailboxes: ["main"], keeper: records, clock: clock, executor: EventLoopExecutor.shared)
        records.custodian.withLock { $0 = custodian }
        await open()
    }

    private func open() async {
        await custodian.opened("main", WatchedMailbox(account: "main"), uidValidity: 1, uidNext: 1, keepsMarks: true)
        await custodian.searched("main")
    }

    private func arrive(_ id: PasswordID, _ record: Record = .unmarked, word: String = "abcdefghij") async {
        await custodian.arrived(password(id, secret(word)), record)
    }

    private func nextAsked() async throws -> Records.Asked {
        var iterator = records.asked.makeAsyncIterator()
        return try #require(await iterator.next())
    }

    private func states() async -> [PasswordState] { await custodian.statuses.map(\.state) }

    /// Waits for what a task of the custodian's own does.
    private func until(_ condition: () async -> Bool) async {
        while !(await condition()) { await Task.yield() }
    }

    private func claiming(_ filter: ClaimFilter = ClaimFilter(), waiting: Duration = .seconds(30)) -> Task<
        Result<ClaimedPassword, ClaimError>, Never
    > {
        Task { [custodian] in
            do throws(ClaimError) {
                return .success(try await custodian.claim(filter, waiting: waiting, connection: 1))
            } catch {
                return .failure(error)
            }
        }
    }

    private func claimed(_ id: PasswordID) async throws -> ClaimedPassword {
        let claim = claiming()
        let asked = try await nextAsked()
        #expect(asked.id == id && asked.change == .claim)
        await asked.answer(.done)
        return try await claim.value.get()
    }

    @Test func aClaimIsGivenOnceItIsMarked() async throws {
        await arrive(id)
        let claim = claiming(waiting: .zero)
        let asked = try await nextAsked()
        #expect(await states() == [.available])
        // Its time is over, but the mark is under way: it gets its answer.
        clock.move(to: 3)
        await asked.answer(.done)
        #expect(try await claim.value.get().password.id == id)
        #expect(await states() == [.claimed])
    }

    @Test func whoWaitsGetsWhatArrives() async throws {
        let claim = claiming()
        await until { records.awaited("main") == .seconds(30) }
        await arrive(id)
        try await nextAsked().answer(.done)
        #expect(try await claim.value.get().password.id == id)
        #expect(records.awaited("main") == nil)
    }

    @Test func aWaitEndsByTheClock() async throws {
        let claim = claiming(waiting: .seconds(30))
        await until { records.awaited("main") != nil && clock.sleeps == 1 }
        clock.move(to: 29.9)
        #expect(await states().isEmpty)
        clock.move(to: 30)
        #expect(await claim.value.failure == .noPassword)
        #expect(clock.sleeps == 1)
    }

    @Test func aPasswordDiesByTheClock() async throws {
        await arrive(id)
        await until { clock.sleeps == 1 }
        clock.move(to: 1000)
        await until { await states() == [.expired] }
    }

    @Test func whatDiedWhileItWasMarkedIsNotGiven() async throws {
        await arrive(id)
        let claim = claiming(waiting: .seconds(3000))
        let asked = try await nextAsked()
        clock.move(to: 1000)
        await asked.answer(.done)
        await until { await states() == [.expired] }
        clock.move(to: 3000)
        #expect(await claim.value.failure == .noPassword)
    }

    @Test func whoClaimsAndHangsUpLeavesNoAlarms() async throws {
        for number in 0..<1000 {
            clock.move(to: Double(number) / 1000)
            let claim = claiming()
            await until { records.awaited("main") != nil }
            claim.cancel()
            _ = await claim.value
            await until { records.awaited("main") == nil }
        }
        #expect(clock.sleeps == 1)
        let claim = claiming(waiting: .seconds(5))
        await until { clock.sleeps == 2 }
        clock.move(to: 6)
        #expect(await claim.value.failure == .noPassword)
    }

    @Test func aCancelledWaitIsOver() async throws {
        let claim = claiming()
        await until { records.awaited("main") != nil }
        claim.cancel()
        #expect(await claim.value.failure == .noPassword)
        await until { records.awaited("main") == nil }
    }

    @Test func aTaskCancelledBeforehandClaimsNothing() async throws {
        await arrive(id)
        let claim = Task { [custodian] in
            while !Task.isCancelled { await Task.yield() }
            return try? await custodian.claim(ClaimFilter(), waiting: .seconds(30), connection: 1)
        }
        claim.cancel()
        #expect(await claim.value == nil)
        // The mark was asked for all the same, and is taken off again.
        try await nextAsked().answer(.done)
        let release = try await nextAsked()
        #expect(release.change == .release)
        await release.answer(.done)
        await until { await states() == [.available] }
    }

    @Test func aPasswordMarkedForOneWhoHasGoneComesBack() async throws {
        await arrive(id)
        let claim = claiming()
        let asked = try await nextAsked()
        claim.cancel()
        #expect(await claim.value.failure == .noPassword)
        await asked.answer(.done)
        let release = try await nextAsked()
        #expect(release.change == .release)
        await release.answer(.done)
        await until { await states() == [.available] }
    }

    /// At whatever moment the task is cancelled: it either has the password, or the password comes back.
    @Test func cancellationRacesWithTheGift() async throws {
        var given = 0
        for round in 0..<500 {
            let id = name(UInt32(round + 1))
            await arrive(id, word: "word-\(round)")
            let claim = claiming()
            let asked = try await nextAsked()
            async let answered: Void = asked.answer(.done)
            async let cancelled: Void = claim.cancel()
            _ = await (answered, cancelled)
            if case .success(let claimed) = await claim.value {
                given += 1
                if round.isMultiple(of: 2) {
                    try await custodian.settle("\(id)", .unused, answering: nextAsked)
                } else {
                    await custodian.undelivered(claimed)
                    try await nextAsked().answer(.done)
                }
            } else {
                try await nextAsked().answer(.done)
            }
            await until { await custodian.statuses.first { $0.id == id }?.state == .available }
            await custodian.vanished(id)
        }
        #expect(await states().allSatisfy { $0 == .refused })
    }

    @Test func whatWasNotDeliveredComesBack() async throws {
        await arrive(id)
        let first = try await claimed(id)
        await custodian.undelivered(first)
        let release = try await nextAsked()
        #expect(release.change == .release)
        await release.answer(.done)
        await until { await states() == [.available] }
        _ = try await claimed(id)
    }

    @Test func whatWasInDoubtStaysSoWhenItIsNotDelivered() async throws {
        await arrive(id, .claimed)
        let claim = claiming(ClaimFilter(includesInDoubt: true))
        let asked = try await nextAsked()
        #expect(asked.change == .confirmClaimed)
        await asked.answer(.done)
        await custodian.undelivered(try await claim.value.get())
        #expect(await states() == [.inDoubt])
    }

    @Test func theEndOfAConnectionAnswersWhoWaitsOnIt() async throws {
        let claim = claiming()
        await until { records.awaited("main") != nil }
        await custodian.connectionEnded(1)
        #expect(await claim.value.failure == .noPassword)
    }

    @Test func settlingIsAnsweredWhenTheMailboxHasIt() async throws {
        await arrive(id)
        _ = try await claimed(id)
        let settling = Task { [custodian, id] in try await custodian.settle("\(id)", .used) }
        let asked = try await nextAsked()
        #expect(asked.change == .settle(used: true, isRepeated: false))
        #expect(await states() == [.used])
        let again = Task { [custodian, id] in try await custodian.settle("\(id)", .used) }
        await #expect(throws: ClaimError.notClaimed(id: "\(id)")) { try await custodian.settle("\(id)", .rejected) }
        await asked.answer(.done)
        try await settling.value
        try await again.value
        try await custodian.settle("\(id)", .used)
    }

    @Test func whatCannotBeMarkedSoonIsToldAndMarkedLater() async throws {
        await arrive(id)
        _ = try await claimed(id)
        let settling = Task { [custodian, id] in try await custodian.settle("\(id)", .used) }
        try await nextAsked().answer(.unknown(reason: "cut"))
        await custodian.closed("main", reason: "cut")
        await until { clock.sleepers == 1 }
        clock.move(to: 6)
        let error = await #expect(throws: ClaimError.self) { try await settling.value }
        guard case .markFailed(let reason) = error else { return #expect(Bool(false), "\(String(describing: error))") }
        #expect(reason.english.hasPrefix("cut"))
        #expect(await custodian.statuses.map(\.reason) == ["not-marked"])
        await open()
        let asked = try await nextAsked()
        #expect(asked.change == .settle(used: true, isRepeated: true))
        await asked.answer(.done)
        #expect(await custodian.statuses.map(\.reason) == [nil])
    }

    @Test func aReleaseThatIsRefusedIsToldAndLeavesItInDoubt() async throws {
        await arrive(id)
        _ = try await claimed(id)
        let settling = Task { [custodian, id] in try await custodian.settle("\(id)", .unused) }
        try await nextAsked().answer(.refused(reason: "no right"))
        await #expect(throws: ClaimError.markFailed(reason: "no right")) { try await settling.value }
        #expect(await states() == [.inDoubt])
    }

    /// Nobody has the password then, and whether the mark was made nobody knows.
    @Test(arguments: chosen([false, true])) func aMarkOfUnknownOutcomeIsNeverGivenTwiceNorStuck(wasMade: Bool)
        async throws
    {
        await arrive(id)
        let claim = claiming()
        try await nextAsked().answer(.unknown(reason: "cut"))
        await custodian.closed("main", reason: "cut")
        #expect(await states() == [.inDoubt])
        await open()
        await custodian.changed(id, wasMade ? .claimed : .unmarked)
        if wasMade {
            #expect(await states() == [.inDoubt])
            claim.cancel()
            #expect(await claim.value.failure == .noPassword)
            let other = claiming(ClaimFilter(includesInDoubt: true))
            try await nextAsked().answer(.done)
            #expect(try await other.value.get().password.id == id)
        } else {
            try await nextAsked().answer(.done)
            #expect(try await claim.value.get().password.id == id)
        }
    }

    @Test func whoMayNotClaimAnyMoreWaitsNoLonger() async throws {
        let isAllowed = Mutex(true)
        let claim = Task { [custodian] in
            do throws(ClaimError) {
                _ = try await custodian.claim(ClaimFilter(), waiting: .seconds(30), connection: 1) {
                    isAllowed.withLock { $0 }
                }
                return nil as ClaimError?
            } catch {
                return error
            }
        }
        await until { records.awaited("main") != nil }
        await custodian.accessChanged()
        #expect(records.awaited("main") != nil)
        isAllowed.withLock { $0 = false }
        await custodian.accessChanged()
        #expect(await claim.value == .notAllowed)
    }

    @Test func stoppingAnswersWhoWaits() async throws {
        await arrive(id)
        _ = try await claimed(id)
        let waiting = claiming()
        await until { records.awaited("main") != nil }
        await custodian.stop()
        #expect(await waiting.value.failure == .noPassword)
        #expect(await states() == [.claimed])
        #expect(await claiming().value.failure == .noPassword)
    }

    @Test func stoppingWhileAMarkIsUnderWay() async throws {
        await arrive(id)
        let claim = claiming()
        let asked = try await nextAsked()
        await custodian.stop()
        #expect(await claim.value.failure == .noPassword)
        await asked.answer(.done)
        let release = try await nextAsked()
        #expect(release.change == .release)
        await release.answer(.unknown(reason: "stopped"))
        await until { await states() == [.inDoubt] }
    }

    /// A client may claim and hang up a thousand times a second.
    @Test func onlyOneSleepsWhateverTheDeadlines() async throws {
        var claims: [Task<Result<ClaimedPassword, ClaimError>, Never>] = []
        for (number, seconds) in [3600, 1800, 900, 60].enumerated() {
            claims.append(claiming(waiting: .seconds(seconds)))
            await until { clock.sleeps == number + 1 && clock.sleepers == 1 }
        }
        clock.move(to: 61)
        #expect(await claims[3].value.failure == .noPassword)
        await custodian.stop()
        for claim in claims { #expect(await claim.value.failure == .noPassword) }
        await until { clock.sleepers == 0 }
    }

    @Test func anUnknownMailbox() async throws {
        let claim = claiming(ClaimFilter(mailbox: "elsewhere"))
        #expect(await claim.value.failure == .unknownMailbox("elsewhere"))
    }
}

extension Custodian {
    fileprivate func settle(
        _ id: String, _ outcome: Outcome, answering next: @Sendable () async throws -> Records.Asked
    ) async throws {
        async let settled: Void = settle(id, outcome)
        try await next().answer(.done)
        try await settled
    }
}

extension Result {
    fileprivate var failure: Failure? { if case .failure(let failure) = self { failure } else { nil } }
}
