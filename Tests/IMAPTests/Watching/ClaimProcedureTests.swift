import Testing
import Trials

@testable import IMAP

/// The commands of a claim, as a dialogue.
struct ClaimProcedureTests {
    private let told = Answers.told
    private let nothing = Answers.nothing
    private let modified = Answers.modified
    private let read = Answers.read
    private let store = Command.uidStore(7, unchangedSince: 9, add: true, "$C")

    private func claim(
        _ habit: ChangeHabit = .unknown, _ target: MarkTarget = Answers.target()
    ) -> ClaimProcedure { ClaimProcedure(target, habit) }

    private func probe(_ modSeq: UInt64, add: Bool = true) -> Command {
        .uidStore(7, unchangedSince: modSeq, add: add, HabitProbe.keyword)
    }

    // MARK: Won

    @Test(arguments: chosen([ChangeHabit.unknown, .silent, .tellsFlags, .provesNothing]))
    func aNumberAloneIsAWin(habit: ChangeHabit) {
        var claim = self.claim(habit)
        #expect(claim.start() == .run(store))
        #expect(claim.received(told(nil, 10, .ok)) == .done(.done))
        #expect(claim.target.flags == MessageFlags(uid: 7, flags: ["$C"], modSeq: 10))
        #expect(claim.findings.habit == (habit == .provesNothing ? nil : .silent))
    }

    @Test func whereOwnFlagsAreToldTheyAreAWin() {
        for habit in [ChangeHabit.tellsFlags, .provesNothing] {
            var claim = self.claim(habit)
            _ = claim.start()
            #expect(claim.received(told(["$C"], 10, .ok)) == .done(.done))
        }
    }

    @Test func anotherFlagIsNoLoss() {
        var claim = self.claim()
        _ = claim.start()
        #expect(claim.received(modified) == .run(read))
        #expect(!claim.mayBeMade)
        #expect(
            claim.received(told(["\\Seen"], 12, .ok)) == .run(.uidStore(7, unchangedSince: 12, add: true, "$C")))
        #expect(claim.received(told(nil, 13, .ok)) == .done(.done))
    }

    // MARK: Lost

    @Test func whatHasAMarkIsNotTried() {
        for (flags, mark) in [(["$C"], .claimed), (["$U"], .used), (["$R"], .rejected)] as [(Set<String>, MarkState)] {
            var claim = self.claim(.unknown, Answers.target(flags))
            #expect(claim.start() == .done(.lost(mark)))
        }
        var flagged = claim(.unknown, Answers.target(["\\Flagged"], nil, .systemFlags))
        #expect(flagged.start() == .done(.lost(.flagged)))
    }

    /// A NO with MODIFIED is an answer, not a refusal (RFC 7162, section 3.1.3).
    @Test func whoIsBeatenReadsAgain() {
        for answer in [told(["$C"], 10, .init(condition: .ok, code: .modified)), told(nil, 10, .no(.modified))] {
            var claim = self.claim(.tellsFlags)
            _ = claim.start()
            #expect(claim.received(answer) == .run(read))
            #expect(claim.received(told(["$C"], 10, .ok)) == .done(.lost(.claimed)))
        }
    }

    /// Dovecot, the loser of a close race: a plain OK, and the winner's flags.
    @Test func aCloseRaceIsNoWin() {
        var claim = self.claim(.silent)
        _ = claim.start()
        #expect(claim.received(told(["$C"], 10, .ok)) == .run(read))
        #expect(claim.received(told(["$C"], 10, .ok)) == .done(.lost(.claimed)))
    }

    /// Whoever was refused on condition has lost to whoever marked it, on a server whose answers prove nothing as well.
    @Test(arguments: chosen([ChangeHabit.silent, .tellsFlags, .provesNothing]))
    func whatIsMarkedAfterARefusalIsAnothers(habit: ChangeHabit) {
        var claim = self.claim(habit)
        _ = claim.start()
        #expect(claim.received(modified) == .run(read))
        #expect(claim.received(told(["$C"], 10, .ok)) == .done(.lost(.claimed)))
    }

    /// Nothing was told, and it is marked: where one's own changes are told, it was somebody else's.
    @Test(arguments: chosen([ChangeHabit.silent, .tellsFlags])) func whatIsMarkedAfterNothingWasToldIsAnothers(
        habit: ChangeHabit
    ) {
        var claim = self.claim(habit)
        _ = claim.start()
        #expect(claim.received(nothing) == .run(read))
        #expect(claim.received(told(["$C"], 10, .ok)) == .done(.lost(.claimed)))
    }

    @Test func aMessageThatIsGone() {
        var claim = self.claim()
        _ = claim.start()
        #expect(claim.received(nothing) == .run(read))
        #expect(claim.received(nothing) == .done(.gone))
    }

    @Test func notForEver() {
        var claim = self.claim()
        var step = claim.start()
        var (stores, number) = (0, UInt64(9))
        while case .run(let command) = step {
            if command.name == .uidStore { stores += 1 }
            number += 1
            step = claim.received(command == read ? told([], number, .ok) : modified)
        }
        #expect(step == .done(.unavailable(.flagsKeepChanging)) && stores == 8)
    }

    // MARK: The habit

    /// Flags with our claim in them, and nothing known: Cyrus's winner, or Dovecot's loser.
    private func ambiguous() -> ClaimProcedure {
        var claim = self.claim()
        _ = claim.start()
        #expect(claim.received(told(["$C"], 10, .ok)) == .run(probe(10)))
        #expect(claim.mayBeMade && claim.findings.leavesProbe)
        return claim
    }

    @Test func ownFlagsAreTold() {
        var claim = ambiguous()
        #expect(claim.received(told(["$C", HabitProbe.keyword, "\\Recent"], 11, .ok)) == .done(.done))
        #expect(claim.findings.habit == .tellsFlags)
    }

    @Test func ownChangesAreToldByNumber() {
        var claim = ambiguous()
        #expect(claim.received(told(nil, 11, .ok)) == .done(.lost(.claimed)))
        #expect(claim.findings.habit == .silent)
    }

    @Test func ownChangesAreNotTold() {
        var claim = ambiguous()
        #expect(claim.received(nothing) == .run(read))
        #expect(claim.received(told(["$C", HabitProbe.keyword], 11, .ok)) == .done(.lost(.claimed)))
        #expect(claim.findings.habit == .silent)
    }

    /// The probe is dropped, as the claim was, and a third one's flags are told.
    @Test func theProbeLosesACloseRaceToo() {
        var claim = ambiguous()
        #expect(claim.received(told(["$C", "\\Seen"], 11, .ok)) == .run(read))
        #expect(claim.received(told(["$C", "\\Seen"], 11, .ok)) == .done(.lost(.claimed)))
        #expect(claim.findings.habit == .silent)
    }

    /// More flags than one's own are told: it is probed again, by taking the keyword off.
    @Test func aThirdOneChangesTheMessageMeanwhile() {
        var claim = ambiguous()
        let both: Set<String> = ["$C", "\\Seen", HabitProbe.keyword]
        #expect(claim.received(told(both, 12, .ok)) == .run(read))
        #expect(claim.received(told(both, 12, .ok)) == .run(probe(12, add: false)))
        #expect(claim.received(told(["$C", "\\Seen"], 13, .ok)) == .done(.done))
        claim = ambiguous()
        #expect(claim.received(modified) == .run(read))
        #expect(claim.received(told(["$C", "\\Seen"], 12, .ok)) == .run(probe(12)))
        #expect(claim.received(told(nil, 13, .ok)) == .done(.lost(.claimed)))
    }

    /// Two daemons probe one message: the one that was refused sees the other's keyword, and takes it for nobody's answer.
    @Test func anotherDaemonsProbe() {
        var claim = ambiguous()
        #expect(claim.received(modified) == .run(read))
        #expect(claim.received(told(["$C", HabitProbe.keyword], 11, .ok)) == .run(probe(11, add: false)))
        #expect(claim.findings.habit == nil)
    }

    /// The winner has settled, released or moved it meanwhile.
    @Test func theWinnerGoesOn() {
        var claim = ambiguous()
        _ = claim.received(modified)
        #expect(claim.received(told(["$C", "$U"], 12, .ok)) == .done(.lost(.used)))
        claim = ambiguous()
        _ = claim.received(modified)
        #expect(claim.received(told([], 12, .ok)) == .run(.uidStore(7, unchangedSince: 12, add: true, "$C")))
        claim = ambiguous()
        _ = claim.received(nothing)
        #expect(claim.received(nothing) == .done(.gone))
    }

    @Test func whoNeverGetsAClearAnswerHasLost() {
        var claim = ambiguous()
        var step = claim.received(modified)
        var number = UInt64(12)
        while case .run(let command) = step {
            number += 1
            step = claim.received(command == read ? told(["$C"], number, .ok) : modified)
        }
        #expect(step == .done(.lost(.claimed)) && claim.findings.habit == nil)
    }

    /// Told nothing of the claim: what the probe is told decides.
    @Test func anAnswerThatTellsNothing() {
        func silent() -> ClaimProcedure {
            var claim = self.claim()
            _ = claim.start()
            #expect(claim.received(nothing) == .run(read))
            #expect(claim.received(told(["$C"], 10, .ok)) == .run(probe(10)))
            return claim
        }
        var claim = silent()
        #expect(claim.received(told(nil, 11, .ok)) == .done(.lost(.claimed)))
        #expect(claim.findings.habit == .silent)
        claim = silent()
        #expect(claim.received(told(["$C", HabitProbe.keyword], 11, .ok)) == .done(.lost(.claimed)))
        #expect(claim.findings.habit == .tellsFlags)
        claim = silent()
        #expect(claim.received(nothing) == .run(read))
        #expect(claim.received(told(["$C", HabitProbe.keyword], 11, .ok)) == .done(.done))
        #expect(claim.findings.habit == .provesNothing)
    }

    /// One daemon alone is not stuck where nothing can be proven, and says so.
    @Test func whatProvesNothing() {
        for answer in [Reply.no(), .bad] {
            var claim = ambiguous()
            #expect(claim.received(answer) == .done(.done))
            #expect(claim.findings.habit == .provesNothing)
        }
        // The keyword is not kept.
        var claim = ambiguous()
        _ = claim.received(nothing)
        #expect(claim.received(told(["$C"], 10, .ok)) == .done(.done))
        // No keyword of any other name may be set.
        let named = MarkScheme(.test, permanentFlags: ["$C", "$U", "$R"])
        claim = self.claim(.unknown, Answers.target([], 9, named))
        _ = claim.start()
        #expect(claim.received(told(["$C"], 10, .ok)) == .done(.done))
        #expect(claim.findings.habit == .provesNothing && !claim.findings.leavesProbe)
    }

    /// Whose the claim is nobody can tell now.
    @Test func aProbeThatIsThrottled() {
        var claim = ambiguous()
        let throttled = Reply(completion: .init(condition: .no, code: .plain("THROTTLED")))
        #expect(claim.received(throttled) == .done(.unknown(.throttled(backOff: nil))))
    }

    // MARK: Numbers

    @Test func aNumberThatIsNotKnownIsAskedFor() {
        let target = MarkTarget(MessageFlags(uid: 7, flags: []), .test, numbersChanges: true)
        var claim = self.claim(.unknown, target)
        #expect(claim.start() == .run(read))
        #expect(claim.received(told([], 9, .ok)) == .run(store))
        // Asked for and not told: nobody can be sure of it, and one daemon alone is.
        claim = self.claim(.unknown, target)
        _ = claim.start()
        #expect(claim.received(told([], nil, .ok)) == .run(.uidStore(7, add: true, ["$C"])))
        #expect(claim.findings.lacksModSeq)
        #expect(claim.received(told(["$C"], nil, .ok)) == .done(.done))
    }

    @Test func withoutNumbersWhatIsToldBackCounts() {
        let target = Answers.target([], nil)
        var claim = self.claim(.unknown, target)
        #expect(claim.start() == .run(.uidStore(7, add: true, ["$C"])))
        #expect(claim.received(told(["$C"], nil, .ok)) == .done(.done))
        claim = self.claim(.unknown, target)
        _ = claim.start()
        #expect(claim.received(nothing) == .run(Answers.readWithoutNumbers))
        #expect(claim.received(told(["$C"], nil, .ok)) == .done(.done))
    }

    // MARK: What is not kept

    @Test func aMarkThatIsNotToldBack() {
        for number in [nil, 9] as [UInt64?] {
            var claim = self.claim(.unknown, Answers.target([], number))
            _ = claim.start()
            _ = claim.received(nothing)
            #expect(claim.received(told([], number, .ok)) == .done(.notKept))
            #expect(claim.findings.forgetsMarks)
        }
        // Somebody else has changed it: that says nothing of the mark.
        var claim = self.claim()
        _ = (claim.start(), claim.received(nothing))
        #expect(claim.received(told([], 11, .ok)) == .run(.uidStore(7, unchangedSince: 11, add: true, "$C")))
    }

    @Test func whereNoMarkIsKept() {
        var claim = self.claim(.unknown, Answers.target([], 9, .nothing))
        #expect(claim.start() == .done(.notKept))
    }

    /// Exchange: `BAD Command Argument Error. 11`. Yahoo: `NO [CANNOT]`.
    @Test func keywordsThatAreRefusedAfterAll() {
        let both = MarkScheme(.test, permanentFlags: nil)
        for answer in [Reply.bad, .no(.plain("CANNOT"))] {
            var claim = self.claim(.unknown, Answers.target([], nil, both))
            _ = claim.start()
            #expect(claim.received(answer) == .run(.uidStore(7, add: true, ["\\Flagged"])))
            #expect(claim.findings.refusesKeywords)
            #expect(claim.received(told(["\\Flagged"], nil, .ok)) == .done(.done))
            // What was flagged is somebody's claim now.
            claim = self.claim(.unknown, Answers.target(["\\Flagged"], nil, both))
            _ = claim.start()
            #expect(claim.received(answer) == .done(.lost(.flagged)))
            claim = self.claim(.unknown, Answers.target())
            for _ in 0..<2 {
                _ = claim.start()
                #expect(claim.received(answer) == .run(Answers.target().read))
                _ = claim.received(told([], 9, .ok))
            }
            #expect(claim.received(answer) == .done(.notKept))
        }
    }

    /// Offered by a proxy, and not understood by its server: twice refused, and taken without it.
    @Test func conditionsThatAreRefusedAfterAll() {
        for answer in [Reply.bad, .no()] {
            var claim = self.claim(.unknown)
            #expect(claim.start() == .run(.uidStore(7, unchangedSince: 9, add: true, "$C")))
            #expect(claim.received(answer) == .run(Answers.target().read))
            #expect(claim.received(told([], 9, .ok)) == .run(.uidStore(7, unchangedSince: 9, add: true, "$C")))
            #expect(claim.received(answer) == .run(Answers.target().read))
            #expect(claim.received(told([], 9, .ok)) == .run(.uidStore(7, add: true, ["$C"])))
            #expect(claim.received(told(["$C"], 10, .ok)) == .done(.done))
            #expect(claim.findings.habit == .refused)
            // The next one is made so at once.
            claim = self.claim(.refused)
            #expect(claim.start() == .run(.uidStore(7, add: true, ["$C"])))
        }
    }

    /// Another was faster meanwhile; or the server has taken conditions before, and refuses for some other reason.
    @Test func conditionsThatAreNotGivenUp() {
        var claim = self.claim(.unknown)
        _ = (claim.start(), claim.received(.no()))
        #expect(claim.received(told(["$C"], 10, .ok)) == .done(.lost(.claimed)))
        for habit in [ChangeHabit.silent, .tellsFlags, .provesNothing] {
            claim = self.claim(habit)
            _ = claim.start()
            #expect(claim.received(.no()) == .done(.unavailable(.refused(.uidStore, code: nil))))
        }
    }

    // MARK: Refusals

    @Test func refusals() {
        let cases: [(StatusResponse, MarkResult)] = [
            (.no(.plain("NOPERM")), .refused(.refused(.uidStore, code: "NOPERM"))),
            (.no(.plain("READ-ONLY")), .refused(.refused(.uidStore, code: "READ-ONLY"))),
            (.init(condition: .no, isAboutRights: true), .refused(.refused(.uidStore, code: nil))),
            (.no(.plain("INUSE")), .unavailable(.refused(.uidStore, code: "INUSE"))),
            (.init(condition: .bad, told: .throttled), .unavailable(.throttled(backOff: nil))),
        ]
        for (status, result) in cases {
            var claim = self.claim()
            _ = claim.start()
            #expect(claim.received(Reply(completion: status)) == .done(result))
        }
    }
}
