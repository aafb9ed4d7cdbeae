import Testing

@testable import IMAP

/// The commands of each mark, as a dialogue.
struct MarkProcedureTests {
    private let known = MessageFlags(uid: 7, flags: [], modSeq: 9)
    private let read = Command.uidFetch(UIDSet(7), .flags, numbersChanges: true)

    private func procedure(
        _ mark: Mark, known: MessageFlags? = MessageFlags(uid: 7, flags: [], modSeq: 9),
        _ abilities: MarkProcedure.Abilities = .init()
    ) -> MarkProcedure {
        MarkProcedure(mark, of: 7, known: known, abilities)
    }

    private func told(_ flags: Set<String>?, _ modSeq: UInt64? = 10, _ status: StatusResponse = .ok) -> Reply {
        var fetch = FetchResponse(sequenceNumber: 1)
        (fetch.uid, fetch.flags, fetch.modSeq) = (7, flags, modSeq)
        return Reply(completion: status, fetched: [fetch])
    }

    private let nothing = Reply()

    // MARK: Claim

    @Test func aClaimInOneCommand() {
        var mark = procedure(.claim(keyword: "$C"))
        #expect(mark.start() == .run(.uidStore(7, unchangedSince: 9, adding: "$C")))
        #expect(mark.received(told(nil), habit: .unknown) == .done(.done))
        #expect(mark.flags == MessageFlags(uid: 7, flags: ["$C"], modSeq: 10))
    }

    @Test func whoIsBeatenReadsAgain() {
        var mark = procedure(.claim(keyword: "$C"))
        _ = mark.start()
        #expect(
            mark.received(told(["$C"], 10, StatusResponse(condition: .ok, code: .modified)), habit: .tellsOwnFlags)
                == .run(read))
        #expect(
            mark.received(told(["$C"]), habit: .tellsOwnFlags) == .done(.lost(.init(uid: 7, flags: ["$C"], modSeq: 10)))
        )
    }

    /// A NO with MODIFIED is an answer, not a refusal (RFC 7162, section 3.1.3).
    @Test func modifiedWithNo() {
        var mark = procedure(.claim(keyword: "$C"))
        _ = mark.start()
        #expect(mark.received(told(nil, 10, .no(.modified)), habit: .unknown) == .run(read))
    }

    @Test func anotherFlagIsNoLoss() {
        var mark = procedure(.claim(keyword: "$C"))
        _ = mark.start()
        _ = mark.received(Reply(completion: .init(condition: .ok, code: .modified)), habit: .unknown)
        #expect(
            mark.received(told(["\\Seen"], 12), habit: .unknown) == .run(.uidStore(7, unchangedSince: 12, adding: "$C"))
        )
        #expect(mark.received(told(nil, 13), habit: .unknown) == .done(.done))
    }

    @Test func aMessageThatIsGone() {
        var mark = procedure(.claim(keyword: "$C"))
        _ = mark.start()
        #expect(mark.received(nothing, habit: .unknown) == .run(read))
        #expect(mark.received(nothing, habit: .unknown) == .done(.gone))
        var unknown = procedure(.claim(keyword: "$C"), known: nil)
        #expect(unknown.start() == .done(.gone))
    }

    @Test func whatIsClaimedAlreadyIsNotTried() {
        let known = MessageFlags(uid: 7, flags: ["$C"], modSeq: 9)
        var mark = procedure(.claim(keyword: "$C"), known: known)
        #expect(mark.start() == .done(.lost(known)))
    }

    @Test func notForEver() {
        var mark = procedure(.claim(keyword: "$C"))
        var step = mark.start()
        var stores = 0
        while case .run(let command) = step {
            if command.name == .uidStore { stores += 1 }
            step = mark.received(command == read ? told([], 9) : nothing, habit: .unknown)
        }
        #expect(step == .done(.failed(.flagsKeepChanging)) && stores == 8)
    }

    @Test func theHabitIsAskedForWhereItMatters() {
        var mark = procedure(.claim(keyword: "$C"))
        _ = mark.start()
        #expect(mark.received(told(["$C"]), habit: .unknown) == .learnHabit)
        #expect(mark.habitLearnt(.tellsOwnFlags) == .done(.done))
        _ = (mark = procedure(.claim(keyword: "$C")), mark.start())
        _ = mark.received(told(["$C"]), habit: .unknown)
        #expect(mark.habitLearnt(.mayTellOthersFlags) == .run(read))
        _ = (mark = procedure(.claim(keyword: "$C")), mark.start())
        _ = mark.received(told(["$C"]), habit: .unknown)
        // Who does not say is taken for the worst.
        #expect(mark.habitLearnt(.unknown) == .run(read))
    }

    @Test func aNumberThatIsNotKnownIsAskedFor() {
        var mark = procedure(.claim(keyword: "$C"), known: MessageFlags(uid: 7, flags: []))
        #expect(mark.start() == .run(read))
        #expect(mark.received(told([], 9), habit: .unknown) == .run(.uidStore(7, unchangedSince: 9, adding: "$C")))
    }

    @Test func aRefusalIsToldByItsCommand() {
        var mark = procedure(.claim(keyword: "$C"))
        _ = mark.start()
        #expect(
            mark.received(Reply(completion: .no(.plain("NOPERM"))), habit: .unknown)
                == .done(.failed(.refused(.uidStore, code: "NOPERM"))))
        _ = (mark = procedure(.claim(keyword: "$C")), mark.start(), mark.received(nothing, habit: .unknown))
        #expect(
            mark.received(Reply(completion: .no()), habit: .unknown) == .done(.failed(.refused(.uidFetch, code: nil))))
    }

    // MARK: The others

    @Test func verify() {
        let mark = Mark.verify(present: "$C", absent: ["$U"])
        for (flags, result) in [
            (["$C", "\\Seen"] as Set<String>, MarkResult.done),
            (["$C", "$U"], .lost(.init(uid: 7, flags: ["$C", "$U"], modSeq: 10))),
            ([], .lost(.init(uid: 7, flags: [], modSeq: 10))),
        ] as [(Set<String>, MarkResult)] {
            var verify = procedure(mark)
            #expect(verify.start() == .run(read))
            #expect(verify.received(told(flags), habit: .unknown) == .done(result))
        }
        var gone = procedure(mark)
        _ = gone.start()
        #expect(gone.received(nothing, habit: .unknown) == .done(.gone))
    }

    @Test func release() {
        var mark = procedure(.release(keyword: "$C"), known: .init(uid: 7, flags: ["$C", "\\Seen"], modSeq: 9))
        #expect(mark.start() == .run(.uidStore(7, add: false, ["$C"])))
        #expect(mark.received(told(["\\Seen"]), habit: .unknown) == .done(.done))
    }

    @Test func whatOthersDidMeanwhileIsTold() {
        var mark = procedure(.release(keyword: "$C"), known: .init(uid: 7, flags: ["$C"], modSeq: 9))
        _ = mark.start()
        #expect(mark.received(told(["$U"]), habit: .unknown) == .done(.lost(.init(uid: 7, flags: ["$U"], modSeq: 10))))
    }

    @Test func settleAndRead() {
        var mark = procedure(.settle(flags: ["$U", "\\Seen"], then: .keep))
        #expect(mark.start() == .run(.uidStore(7, add: true, ["$U", "\\Seen"])))
        // A server need not repeat flags that are as they were.
        #expect(mark.received(nothing, habit: .unknown) == .run(read))
        #expect(mark.received(told(["$U", "\\Seen"]), habit: .unknown) == .done(.done))
    }

    @Test func settleAndDelete() {
        var mark = procedure(.settle(flags: ["$U"], then: .delete))
        _ = mark.start()
        #expect(mark.received(told(["$U"]), habit: .unknown) == .run(.uidStore(7, add: true, ["\\Deleted"])))
        #expect(mark.received(told(["$U", "\\Deleted"]), habit: .unknown) == .run(.uidExpunge(7)))
        #expect(mark.received(nothing, habit: .unknown) == .done(.done))
    }

    @Test func withoutUIDPlusItIsOnlyFlagged() {
        var mark = procedure(.settle(flags: ["$U"], then: .delete), .init(hasUIDPlus: false))
        _ = (mark.start(), mark.received(told(["$U"]), habit: .unknown))
        #expect(mark.received(told(["$U", "\\Deleted"]), habit: .unknown) == .done(.done))
    }

    @Test func settleAndMove() throws {
        let name = try #require(MailboxName("OTP/used"))
        var mark = procedure(.settle(flags: ["$U"], then: .move(to: "OTP/used")))
        _ = mark.start()
        #expect(mark.received(told(["$U"]), habit: .unknown) == .run(.uidMove(7, to: name)))
        #expect(mark.received(nothing, habit: .unknown) == .done(.done))
        mark = procedure(.settle(flags: ["$U"], then: .move(to: "OTP/used")), .init(hasMove: false))
        _ = (mark.start(), mark.received(told(["$U"]), habit: .unknown))
        #expect(mark.received(nothing, habit: .unknown) == .run(.uidStore(7, add: true, ["\\Deleted"])))
    }

    @Test func whereNoKeywordIsKept() {
        let abilities = MarkProcedure.Abilities(keepsKeywords: false)
        for mark in [Mark.claim(keyword: "$C"), .verify(present: "$C", absent: []), .release(keyword: "$C")] {
            var nothing = procedure(mark, abilities)
            #expect(nothing.start() == .done(.done))
        }
        var seen = procedure(.settle(flags: ["$U", "\\Seen"], then: .keep), abilities)
        #expect(seen.start() == .run(.uidStore(7, add: true, ["\\Seen"])))
    }
}
