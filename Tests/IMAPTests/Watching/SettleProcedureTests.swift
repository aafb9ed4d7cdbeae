import Testing
import Trials

@testable import IMAP

/// The commands that end a claim, as a dialogue.
struct SettleProcedureTests {
    private let told = Answers.told
    private let nothing = Answers.nothing
    private let read = Answers.read

    private func settle(
        used: Bool = true, seen: Bool = false, _ afterUse: AfterUse = .keep, isRepeated: Bool = false,
        on target: MarkTarget = Answers.target(["$C"]), _ abilities: SettleProcedure.Abilities = .init()
    ) -> SettleProcedure {
        SettleProcedure(
            .init(used: used, seen: seen, afterUse: afterUse, isRepeated: isRepeated), target, abilities)
    }

    private static let flagged = Answers.target(["\\Flagged"], nil, .systemFlags)
    private static let move = AfterUse.move(to: "OTP/used")
    private let folder = MailboxName("OTP/used") ?? .inbox

    // MARK: The mark

    @Test func byKeywords() {
        var settle = self.settle(seen: true)
        #expect(settle.start() == .run(.uidStore(7, add: true, ["$U", "\\Seen"])))
        #expect(settle.received(told(["$C", "$U", "\\Seen"], 10, .ok)) == .done(.done))
        settle = self.settle(used: false)
        #expect(settle.start() == .run(.uidStore(7, add: true, ["$R"])))
        #expect(settle.received(told(["$C", "$R"], 10, .ok)) == .done(.done))
    }

    /// `\Answered` is told back before `\Flagged` is taken off: in between the password is dead too.
    @Test func usedBySystemFlags() {
        var settle = self.settle(on: Self.flagged)
        #expect(settle.start() == .run(.uidStore(7, add: true, ["\\Answered"])))
        #expect(settle.received(nothing) == .run(Answers.readWithoutNumbers))
        #expect(
            settle.received(told(["\\Answered", "\\Flagged"], nil, .ok))
                == .run(.uidStore(7, add: false, ["\\Flagged"])))
        #expect(settle.received(told(["\\Answered"], nil, .ok)) == .done(.done))
        #expect(settle.target.mark == .used)
    }

    @Test func rejectedBySystemFlags() {
        var settle = self.settle(used: false, on: Self.flagged)
        #expect(settle.start() == .run(.uidStore(7, add: true, ["\\Answered"])))
        #expect(settle.received(told(["\\Answered", "\\Flagged"], nil, .ok)) == .done(.done))
        // A person has taken the flag off meanwhile.
        settle = self.settle(used: false, on: Answers.target([], nil, .systemFlags))
        #expect(settle.start() == .run(.uidStore(7, add: true, ["\\Answered", "\\Flagged"])))
    }

    @Test func itCountsOnceItIsToldBack() {
        var settle = self.settle()
        _ = settle.start()
        #expect(settle.received(nothing) == .run(read))
        #expect(settle.received(told(["$C", "$U"], 10, .ok)) == .done(.done))
        settle = self.settle()
        _ = settle.start()
        #expect(settle.received(told(["$C"], 10, .ok)) == .run(read))
        #expect(settle.received(told(["$C"], 10, .ok)) == .done(.notKept))
        #expect(settle.findings.forgetsMarks)
    }

    /// OK to a STORE of what is not there.
    @Test func aMessageThatIsGone() {
        var settle = self.settle()
        _ = (settle.start(), settle.received(nothing))
        #expect(settle.received(nothing) == .done(.gone))
    }

    @Test func usedOutweighsRejected() {
        var settle = self.settle(used: false)
        _ = settle.start()
        #expect(settle.received(told(["$C", "$U", "$R"], 10, .ok)) == .done(.lost(.used)))
    }

    @Test func keywordsThatAreRefusedAfterAll() {
        var settle = self.settle(on: Answers.target([], nil, MarkScheme(.test, permanentFlags: nil)))
        _ = settle.start()
        #expect(settle.received(.bad) == .run(.uidStore(7, add: true, ["\\Answered"])))
        #expect(settle.findings.refusesKeywords)
    }

    // MARK: After use

    @Test func deleted() {
        var settle = self.settle(.delete)
        _ = settle.start()
        #expect(settle.received(told(["$U"], 10, .ok)) == .run(.uidStore(7, add: true, ["\\Deleted"])))
        #expect(settle.received(told(["$U", "\\Deleted"], 10, .ok)) == .run(.uidExpunge(7)))
        #expect(settle.received(nothing) == .done(.done))
    }

    @Test func withoutUIDPlusItIsOnlyFlagged() {
        var settle = self.settle(.delete, on: Answers.target(["$C"]), .init(hasUIDPlus: false))
        _ = (settle.start(), settle.received(told(["$U"], 10, .ok)))
        #expect(settle.received(told(["$U", "\\Deleted"], 10, .ok)) == .done(.done))
    }

    @Test func moved() {
        var settle = self.settle(Self.move)
        _ = settle.start()
        #expect(settle.received(told(["$U"], 10, .ok)) == .run(.uidMove(7, to: folder)))
        #expect(settle.received(nothing) == .done(.done))
        settle = self.settle(Self.move, on: Answers.target(["$C"]), .init(hasMove: false))
        _ = settle.start()
        #expect(settle.received(told(["$U"], 10, .ok)) == .run(.uidCopy(7, to: folder)))
        #expect(settle.received(nothing) == .run(.uidStore(7, add: true, ["\\Deleted"])))
    }

    /// The mark counts.
    @Test func aFolderThatIsNotThere() {
        var settle = self.settle(Self.move)
        _ = (settle.start(), settle.received(told(["$U"], 10, .ok)))
        #expect(settle.received(.no(.plain("TRYCREATE"))) == .done(.done))
        #expect(settle.findings.refusal == .refused(.uidMove, code: "TRYCREATE"))
        // Only for now: it is tried again.
        settle = self.settle(Self.move)
        _ = (settle.start(), settle.received(told(["$U"], 10, .ok)))
        #expect(
            settle.received(.no(.plain("INUSE"))) == .done(.unavailable(.refused(.uidMove, code: "INUSE"))))
    }

    @Test func whereNoMarkIsKeptItIsDoneAllTheSame() {
        let target = Answers.target([], nil, .nothing)
        var settle = self.settle(seen: true, on: target)
        #expect(settle.start() == .run(.uidStore(7, add: true, ["\\Seen"])))
        #expect(settle.received(.no()) == .done(.notKept))
        settle = self.settle(Self.move, on: target)
        #expect(settle.start() == .run(.uidMove(7, to: folder)))
        #expect(settle.received(nothing) == .done(.notKept))
        settle = self.settle(on: target)
        #expect(settle.start() == .done(.notKept))
    }

    // MARK: Repeated

    @Test func nothingWasDone() {
        var settle = self.settle(Self.move, isRepeated: true, on: Answers.target(["$C"]), .init(hasMove: false))
        #expect(settle.start() == .run(read))
        #expect(!settle.mayBeMade)
        #expect(settle.received(told(["$C"], 10, .ok)) == .run(.uidStore(7, add: true, ["$U"])))
        #expect(settle.mayBeMade)
        // The mark comes before the copy: that was not begun either.
        #expect(settle.received(told(["$C", "$U"], 11, .ok)) == .run(.uidCopy(7, to: folder)))
    }

    @Test func allWasDone() {
        var settle = self.settle(isRepeated: true)
        _ = settle.start()
        #expect(settle.received(told(["$C", "$U"], 10, .ok)) == .done(.done))
        settle = self.settle(Self.move, isRepeated: true)
        _ = settle.start()
        #expect(settle.received(nothing) == .done(.gone))
    }

    @Test func movesAndDeletionsGoOn() {
        var settle = self.settle(Self.move, isRepeated: true)
        _ = settle.start()
        #expect(settle.received(told(["$C", "$U"], 10, .ok)) == .run(.uidMove(7, to: folder)))
        settle = self.settle(.delete, isRepeated: true)
        _ = settle.start()
        #expect(settle.received(told(["$C", "$U"], 10, .ok)) == .run(.uidStore(7, add: true, ["\\Deleted"])))
    }

    /// What may have been copied is not copied again, and what may not have been is not deleted.
    @Test func aCopyIsNotBegunTwice() {
        var settle = self.settle(Self.move, isRepeated: true, on: Answers.target(["$C"]), .init(hasMove: false))
        _ = settle.start()
        #expect(settle.received(told(["$C", "$U", "\\Deleted"], 10, .ok)) == .done(.done))
        settle = self.settle(
            Self.move, isRepeated: true, on: Answers.target([], nil, .nothing), .init(hasMove: false))
        _ = settle.start()
        #expect(settle.received(told([], nil, .ok)) == .done(.notKept))
        // `\Flagged` still stands: it was cut before that.
        settle = self.settle(Self.move, isRepeated: true, on: Self.flagged, .init(hasMove: false))
        _ = settle.start()
        #expect(
            settle.received(told(["\\Answered", "\\Flagged"], nil, .ok))
                == .run(.uidStore(7, add: false, ["\\Flagged"])))
        #expect(settle.received(told(["\\Answered"], nil, .ok)) == .run(.uidCopy(7, to: folder)))
    }
}
