import FoundationEssentials
import Testing

@testable import IMAP
@testable import secom_otpd

/// When the daemon looks at a mailbox itself, and when it tells what it knows.
@Suite struct LookMemoryTests {
    private let start = ContinuousClock.now
    private let refused = IMAPError.loginRefused(code: nil)

    private func checked(_ error: IMAPError? = nil) throws -> CheckedMailbox {
        let configuration = try Sample.configuration(mailboxes: 1)
        return CheckedMailbox(
            error.map { .heldBack($0, until: 0) } ?? .noTime, configuration.mailboxes[0], configuration, now: Date())
    }

    private enum Decided: Equatable { case look, again(Duration), heldBack(until: Double) }
    private func decide(
        _ memory: LookMemory, _ status: MailboxStatus? = nil, stamp: [Int]? = [], after: Duration
    ) -> Decided {
        switch memory.decide("m", status, stamp: stamp, now: start + after, wall: 1000 + after / .seconds(1)) {
        case .look: .look
        case .again(_, let age): .again(age)
        case .heldBack(_, let until): .heldBack(until: until.rounded())
        }
    }

    private func looked(_ error: IMAPError?, stamp: [Int] = []) throws -> LookMemory {
        var memory = LookMemory()
        memory.began("m", at: start)
        memory.ended("m", try checked(error), error, stamp: stamp, generation: 0, at: start)
        return memory
    }

    @Test func onceAMinute() throws {
        #expect(decide(LookMemory(), after: .zero) == .look)
        let memory = try looked(nil)
        #expect(decide(memory, after: .seconds(59)) == .again(.seconds(59)))
        #expect(decide(memory, after: .seconds(60)) == .look)
    }

    @Test func notWhileTheWatchIsHeldBack() {
        var status = MailboxStatus()
        (status.error, status.nextAttemptAt) = (refused, 1300)
        #expect(decide(LookMemory(), status, after: .zero) == .heldBack(until: 1300))
        #expect(decide(LookMemory(), status, after: .seconds(300)) == .look)
        // An outage is no refusal.
        status.error = .closed(during: .waiting, code: nil)
        #expect(decide(LookMemory(), status, after: .zero) == .look)
    }

    /// The daemon's session stands, and its own looks are refused: nobody may lock an account by checking.
    @Test func notSoonAfterARefusalOfItsOwn() throws {
        var memory = try looked(refused)
        #expect(decide(memory, after: .seconds(61)) == .heldBack(until: 1300))
        #expect(decide(memory, stamp: nil, after: .seconds(61)) == .heldBack(until: 1300))
        #expect(memory.wantsStamp("m"))
        #expect(decide(memory, after: .seconds(300)) == .look)
        // Refused again: twice as long.
        memory.began("m", at: start + .seconds(300))
        memory.ended("m", try checked(refused), refused, stamp: [], generation: 0, at: start + .seconds(300))
        #expect(decide(memory, after: .seconds(899)) == .heldBack(until: 1900))
    }

    @Test func aChangedCredentialOrAReloadEndsIt() throws {
        var memory = try looked(refused, stamp: [1])
        #expect(decide(memory, stamp: [1], after: .seconds(61)) == .heldBack(until: 1300))
        #expect(decide(memory, stamp: [2], after: .seconds(61)) == .look)
        memory.configured(1)
        #expect(decide(memory, stamp: [1], after: .seconds(1)) == .look)
        // What a look with the configuration of before has found counts no more.
        memory.began("m", at: start)
        memory.ended("m", try checked(refused), refused, stamp: [], generation: 0, at: start)
        #expect(decide(memory, after: .seconds(1)) == .look)
    }
}
