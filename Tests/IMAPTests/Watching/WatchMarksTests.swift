import Testing
import Trials

@testable import IMAP

/// The marks of an open mailbox, as dialogues.
struct WatchMarksTests {
    private static let settle = Mark.settle(used: true, seen: false, then: .keep, isRepeated: false)

    private func mark(_ number: Int, _ mark: Mark, _ uid: UInt32 = 5, uidValidity: UInt32 = 1) -> WatchEvent {
        .mark(number, .init(uidValidity: uidValidity, uid: uid, mark: mark))
    }

    private static func flags(_ uid: UInt32) -> Command { .uidFetch(UIDSet(uid), .flags, numbersChanges: true) }
    private static func claim(_ uid: UInt32 = 5, since modSeq: UInt64 = 9) -> Command {
        .uidStore(uid, unchangedSince: modSeq, add: true, "$C")
    }

    private static func message(_ uid: UInt32) -> String {
        "* 1 FETCH (UID \(uid) FLAGS () INTERNALDATE \"14-Nov-2023 22:00:00 +0000\" RFC822.SIZE 3 MODSEQ (9) BODY[]<0> {3}\nabc)"
    }

    private static func judged(_ uid: UInt32, _ verdict: Judgement.Verdict = .keep) -> WatchEvent {
        let identity = MessageIdentity(internalDate: 1_699_999_200, size: 3)
        return .judged([
            Judgement(flags: MessageFlags(uid: uid, flags: [], modSeq: 9), identity: identity, verdict: verdict)
        ])
    }

    /// A mailbox in which these messages are known, and idling.
    private func watching(
        _ uids: UInt32..., isWritable: Bool = true, _ change: (inout SelectedMailbox) -> Void = { _ in }
    )
        throws -> Dialogue
    {
        var memory = MailboxMemory()
        memory.opened(uidValidity: 1, marks: .test)
        for uid in uids {
            memory.keep(
                MessageFlags(uid: uid, flags: [], modSeq: 9), .init(internalDate: 1_699_999_200, size: 3),
                until: 1_800_000_000)
        }
        var watch = Dialogue(uidNext: 41, memory: memory, isWritable: isWritable, change)
        _ = watch.happens(.deadline)
        let told = uids.map { "* 1 FETCH (UID \($0) FLAGS () MODSEQ (9))" }
        for line in told + ["1 OK", "2 OK"] { _ = try watch.server(line) }
        if !watch.state.isIdling { _ = watch.happens(.deadline) }
        _ = try watch.server("+ idling")
        #expect(watch.state.isWatching && watch.state.isIdling)
        return watch
    }

    // MARK: Order

    @Test func aMarkEndsTheIdle() throws {
        var watch = try watching(5, 6)
        #expect(watch.happens(mark(4, .verify)) == [.send([Self.flags(5)], endingIdle: true)])
        // Two wait for it in their order.
        #expect(watch.happens(mark(5, .verify, 6)) == [])
        #expect(
            try watch.server("3 OK", "* 1 FETCH (UID 5 FLAGS ($C) MODSEQ (10))", "4 OK")
                == [.roundTrip, .answer(4, .done), .send([Self.flags(6)])])
    }

    @Test func aMarkOfAnotherUIDVALIDITY() throws {
        var watch = try watching(5)
        #expect(watch.happens(mark(1, .release, uidValidity: 2)) == [.answer(1, .gone)])
    }

    /// No STORE goes to a UID that stands for nothing here.
    @Test func aMessageThatIsNotKnown() throws {
        var watch = try watching(5)
        for mark in [Mark.claim, .verify, .release, Self.settle] {
            #expect(watch.happens(self.mark(1, mark, 9)) == [.answer(1, .gone)])
        }
    }

    /// What is yet to be found may be it: a session that knows nothing yet is asked for what an earlier one promised.
    @Test func aMessageThatIsYetToBeFound() throws {
        var watch = Dialogue(exists: 20, uidNext: 41)
        _ = watch.happens(.deadline)
        _ = watch.happens(mark(1, .claim, 40))
        _ = watch.happens(mark(2, .claim, 39))
        _ = try watch.server("* SEARCH 40", "1 OK")
        #expect(try watch.server(Self.message(40), "2 OK").count == 2)
        #expect(
            watch.happens(Self.judged(40)) == [
                .tell(.searched), .send([Self.claim(40)]),
            ])
        #expect(
            try watch.server("* 1 FETCH (UID 40 MODSEQ (10))", "3 OK")
                == [.roundTrip, .answer(1, .done), .answer(2, .gone), .tell(.watching)])
    }

    @Test func aMessageThatIsYetToBeSearchedFor() throws {
        var watch = Dialogue(exists: 5000, uidNext: 9001)
        _ = watch.happens(.deadline)
        _ = try watch.server("1 OK", "2 OK", "3 OK")
        _ = watch.happens(.deadline)
        #expect(watch.happens(mark(1, .claim, 7000)) == [])
        let fetch = Command.uidFetch(UIDSet(7000), .message(bound: WatchState.firstBound), numbersChanges: true)
        #expect(try watch.server("* SEARCH 7000", "4 OK", "5 OK") == [.roundTrip, .roundTrip, .send([fetch])])
        _ = try watch.server(Self.message(7000), "6 OK")
        #expect(watch.happens(Self.judged(7000)) == [.send([Self.claim(7000)])])
    }

    // MARK: What is kept

    @Test func aReadOnlyMailboxTakesNone() throws {
        var watch = try watching(5) { $0.isReadOnly = true }
        #expect(watch.state.keepsMarks)
        for mark in [Mark.claim, .release, Self.settle] {
            #expect(watch.happens(self.mark(1, mark)) == [.answer(1, .refused(.readOnly))])
        }
    }

    @Test func aMailboxThatIsNotToBeWrittenTo() throws {
        var watch = try watching(5, isWritable: false)
        #expect(watch.state.claims == .memory && !watch.state.keepsMarks)
        let move = Mark.settle(used: true, seen: true, then: .move(to: "x"), isRepeated: false)
        for mark in [Mark.claim, .release, move] {
            #expect(watch.happens(self.mark(1, mark)) == [.answer(1, .notKept)])
        }
    }

    @Test func whatIsNotToldBackIsNotKept() throws {
        var watch = try watching(5, 6)
        #expect(watch.happens(mark(1, .claim)) == [.send([Self.claim()], endingIdle: true)])
        _ = try watch.server("3 OK", "4 OK")
        #expect(
            try watch.server("* 1 FETCH (UID 5 FLAGS () MODSEQ (9))", "5 OK")
                == [
                    .tell(.claims(.memory)), .roundTrip, .tell(.marksNotKept), .answer(1, .notKept), .send([.idle]),
                ])
        _ = try watch.server("+ idling")
        #expect(watch.happens(mark(2, .claim, 6)) == [.answer(2, .notKept)])
        // In the next session too.
        let next = Dialogue(uidNext: 41, memory: watch.state.memory)
        #expect(next.state.claims == .memory && !next.state.keepsMarks)
    }

    /// By `\\Flagged` and `\\Answered` from then on; what was flagged all along is a mark now.
    @Test func keywordsThatAreRefusedAfterAll() throws {
        var watch = try watching(5, 6) {
            ($0.permanentFlags, $0.numbersChanges) = (["\\*", "\\Flagged", "\\Answered"], false)
        }
        _ = watch.happens(mark(1, .claim))
        _ = try watch.server("3 OK", "* 2 FETCH (UID 6 FLAGS (\\Flagged))")
        #expect(
            try watch.server("4 BAD Command Argument Error. 11") == [
                .roundTrip, .tell(.changed([MarkedMessage(uid: 6, mark: .flagged)])),
                .send([.uidStore(5, add: true, ["\\Flagged"])]),
            ])
        #expect(
            try watch.server("* 1 FETCH (UID 5 FLAGS (\\Flagged))", "5 OK")
                == [.roundTrip, .answer(1, .done), .send([.idle])])
        #expect(watch.state.claims == .marked && watch.state.keepsMarks)
    }

    // MARK: Exclusive or not

    @Test func aMessageWithoutANumberIsNoExclusiveClaim() throws {
        var watch = Dialogue()
        try watch.idle()
        _ = try watch.server("* 1 EXISTS", "3 OK")
        let actions = try watch.server("* 1 FETCH (UID 5 FLAGS () MODSEQ (0) BODY[]<0> {3}\nabc)", "4 OK")
        #expect(actions.contains(.tell(.claims(.marked))) && watch.state.claims == .marked)
    }

    /// Cyrus 3.6: learnt by a probe, once; and the probe is taken off again.
    @Test func theHabitIsLearntOnce() throws {
        var watch = try watching(5, 6)
        _ = watch.happens(mark(1, .claim))
        let probe = Command.uidStore(5, unchangedSince: 10, add: true, HabitProbe.keyword)
        #expect(
            try watch.server("3 OK", "* 1 FETCH (UID 5 FLAGS ($C) MODSEQ (10))", "4 OK")
                == [.roundTrip, .send([probe])])
        let sweep = Command.uidStore(5, add: false, [HabitProbe.keyword])
        #expect(
            try watch.server("* 1 FETCH (UID 5 FLAGS ($C \(HabitProbe.keyword)) MODSEQ (11))", "5 OK")
                == [.roundTrip, .answer(1, .done), .send([sweep])])
        #expect(try watch.server("* 1 FETCH (UID 5 FLAGS ($C) MODSEQ (12))", "6 OK") == [.send([.idle])])
        #expect(watch.state.claims == .exclusive && watch.state.memory.habit == .tellsFlags)
        _ = try watch.server("+ idling")
        _ = watch.happens(mark(2, .claim, 6))
        #expect(
            try watch.server("7 OK", "* 1 FETCH (UID 6 FLAGS ($C) MODSEQ (13))", "8 OK")
                == [.roundTrip, .answer(2, .done), .send([.idle])])
    }

    @Test func whatProvesNothingIsMarked() throws {
        var watch = try watching(5)
        _ = watch.happens(mark(1, .claim))
        _ = try watch.server("3 OK", "* 1 FETCH (UID 5 FLAGS ($C) MODSEQ (10))", "4 OK")
        #expect(
            try watch.server("5 NO x") == [
                .tell(.claims(.marked)), .roundTrip, .answer(1, .done),
                .send([.uidStore(5, add: false, [HabitProbe.keyword])]),
            ])
        #expect(watch.state.claims == .marked)
        #expect(try watch.server("6 NO x") == [.send([.idle])])
    }

    // MARK: Ends

    @Test func aRefusedMarkLeavesTheSessionSound() throws {
        var watch = try watching(5)
        _ = watch.happens(mark(1, .release))
        #expect(
            try watch.server("3 OK", "4 NO [NOPERM] x")
                == [.roundTrip, .answer(1, .refused(.refused(.uidStore, code: "NOPERM"))), .send([.idle])])
    }

    @Test func whatComesAfterUseMayBeRefused() throws {
        var watch = try watching(5)
        let move = Mark.settle(used: true, seen: false, then: .keep, isRepeated: false)
        _ = watch.happens(mark(1, move))
        #expect(
            try watch.server("3 OK", "* 1 FETCH (UID 5 FLAGS ($U) MODSEQ (10))", "4 OK")
                == [.roundTrip, .answer(1, .done), .send([.idle])])
        _ = try watch.server("+ idling")
        _ = watch.happens(mark(2, .settle(used: true, seen: false, then: .delete, isRepeated: false)))
        _ = try watch.server("5 OK", "* 1 FETCH (UID 5 FLAGS ($U) MODSEQ (10))", "6 OK")
        #expect(
            try watch.server("7 NO [OVERQUOTA] x") == [
                .roundTrip, .answer(2, .done), .tell(.refused(.refused(.uidStore, code: "OVERQUOTA"))),
                .send([.idle]),
            ])
    }

    /// Sent, and the answer lost; waiting behind that; only read.
    @Test func aSessionThatEnds() throws {
        var watch = try watching(5, 6)
        _ = watch.happens(mark(1, .claim))
        _ = watch.happens(mark(2, .claim, 6))
        let error = IMAPError.notConnected
        var state = watch.state
        let results = [state.result(of: 1, error), state.result(of: 2, error)]
        #expect(results == [.unknown(error), .unavailable(error)])
        watch = try watching(5)
        _ = watch.happens(mark(1, .verify))
        let read = watch.state.result(of: 1, error)
        #expect(read == .unavailable(error))
    }

    /// Whatever is told of its flags then is news.
    @Test func whatIsTurnedUpBehindALostAnswer() throws {
        for (flags, mark) in [("", MarkState.none), ("$C", .claimed)] {
            var watch = try watching(5)
            _ = watch.happens(self.mark(1, .claim))
            _ = watch.state.result(of: 1, .notConnected)
            var next = Dialogue(uidNext: 41, memory: watch.state.memory)
            _ = next.happens(.deadline)
            #expect(
                try next.server("* 1 FETCH (UID 5 FLAGS (\(flags)) MODSEQ (10))", "1 OK").dropFirst().first
                    == .tell(.changed([MarkedMessage(uid: 5, mark: mark)])))
        }
    }

    /// Its hint at a change comes with each answer.
    @Test func aServerThatHintsWithoutEnd() throws {
        var watch = try watching(5)
        #expect(try watch.server("* 1 FETCH (FLAGS ())") == [.send([Self.flags(5)], endingIdle: true)])
        #expect(
            try watch.server("3 OK", "* 1 FETCH (UID 5 FLAGS () MODSEQ (9))", "4 OK") == [.roundTrip, .send([.idle])])
        #expect(try watch.server("+ idling", "* 1 FETCH (FLAGS ())") == [])
        #expect(watch.state.deadline(watch.now) == watch.now.monotonic.advanced(by: .seconds(1)))
        #expect(watch.wait(1) == [.send([Self.flags(5)], endingIdle: true)])
    }

    // MARK: Another message

    private static let identity = Command.uidFetch(UIDSet(5), .identity, numbersChanges: true)
    private static let other =
        "* 1 FETCH (UID 5 FLAGS () INTERNALDATE \"14-Nov-2023 22:00:01 +0000\" RFC822.SIZE 3 MODSEQ (9))"

    private func replaced() throws -> Dialogue {
        var next = Dialogue(uidNext: 41, memory: try watching(5).state.memory)
        #expect(next.happens(.deadline) == [.send([Self.identity])])
        #expect(next.happens(mark(1, .claim)) == [])
        #expect(try next.server(Self.other, "1 OK").prefix(2) == [.roundTrip, .answer(1, .gone)])
        // Meant for the one before, which is not known to be gone by who asks.
        #expect(next.happens(mark(2, Self.settle)) == [.answer(2, .gone)])
        return next
    }

    @Test func anotherMessageUnderTheUIDIsReadAnew() throws {
        var next = try replaced()
        let actions = try next.server(Self.message(5), "2 OK")
        guard case .read = actions.last else { Issue.record("\(actions)"); return }
        #expect(next.happens(Self.judged(5)).count == 1)
        #expect(try next.server("3 OK") == [.roundTrip, .tell(.searched), .tell(.watching)])
        #expect(!next.state.memory.replaced.contains(5))
    }

    @Test func oneThatIsOfNoInterestHasVanished() throws {
        var next = try replaced()
        _ = try next.server(Self.message(5), "2 OK")
        #expect(next.happens(Self.judged(5, .none)).count == 1)
        #expect(
            try next.server("3 OK") == [.roundTrip, .tell(.vanished([5])), .tell(.searched), .tell(.watching)])
    }
}
