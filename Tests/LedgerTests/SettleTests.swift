import Testing
import Trials

@testable import Ledger

/// Settle tells the truth, and can be repeated.
@Suite struct SettleTests {
    private let id = name(1)
    private let used = RecordChange.settle(used: true, isRepeated: false)

    private func claimed() -> Play {
        var play = Play("main")
        _ = play.arrived(id)
        _ = play.give(id)
        return play
    }

    @Test func answeredWhenTheMailboxHasIt() {
        var play = claimed()
        #expect(play.settle(id, .used).last == "settle(used: true, isRepeated: false) main/1/1")
        #expect(play.settle(id, .used, call: 2) == [])
        #expect(play.settle(id, .rejected, call: 3) == ["settled 3 notClaimed(id: \"main/1/1\")"])
        #expect(play.answer(id, used, .done).suffix(2) == ["settled 1", "settled 2"])
        #expect(play.settle(id, .used, call: 4) == ["settled 4"])
    }

    @Test func markFailedAfterFiveSecondsAndTriedOn() {
        var play = claimed()
        _ = play.closed("main")
        _ = play.settle(id, .used)
        #expect(play.state(id) == "used not-marked")
        #expect(play.pass(4) == [])
        #expect(play.pass(1) == ["settled 1 markFailed(reason: \"away; it will be marked as soon as possible\")"])
        #expect(play.open("main") == ["settle(used: true, isRepeated: false) main/1/1"])
        _ = play.answer(id, used, .done)
        #expect(play.state(id) == "used")
    }

    @Test func aReconnectWithinFiveSecondsIsNotNoticed() {
        var play = claimed()
        _ = play.settle(id, .used)
        _ = play.answer(id, used, .unknown(reason: "cut"))
        _ = play.closed("main")
        #expect(play.open("main") == ["settle(used: true, isRepeated: true) main/1/1"])
        #expect(play.answer(id, .settle(used: true, isRepeated: true), .done).last == "settled 1")
    }

    /// What ends each session it is asked in is asked for less and less often.
    @Test func noMarkIsTriedForEverInARow() {
        var play = claimed()
        _ = play.settle(id, .used)
        var asked = 1
        for _ in 0..<20 {
            _ = play.answer(id, .settle(used: true, isRepeated: asked > 1), .unknown(reason: "cut"))
            _ = play.closed("main")
            if !play.open("main").isEmpty { asked += 1 }
        }
        #expect(asked == 3)
        #expect(play.pass(3600).filter { $0.hasPrefix("settle(") }.count == 1)
    }

    @Test func unused() {
        var play = claimed()
        #expect(play.settle(id, .unused) == ["release main/1/1"])
        #expect(play.settle(id, .unused, call: 2) == [])
        #expect(play.answer(id, .release, .done) == ["settled 1", "settled 2"])
        #expect(play.settle(id, .unused, call: 3) == ["settled 3"])
        #expect(play.settle(id, .used, call: 4) == ["settled 4 notClaimed(id: \"main/1/1\")"])
        #expect(play.state(id) == "available")
    }

    /// Whether the mark is off nobody knows: another daemon may have claimed it since.
    @Test func aReleaseOfUnknownOutcomeIsInDoubt() {
        var play = claimed()
        _ = play.settle(id, .unused)
        #expect(play.answer(id, .release, .unknown(reason: "cut")) == ["settled 1 markFailed(reason: \"cut\")"])
        #expect(play.state(id) == "inDoubt")
        _ = play.changed(id, .unmarked)
        #expect(play.state(id) == "available")
    }

    @Test func aMailboxThatHasNotBeenSearchedYet() {
        var play = Play()
        play.ledger = Ledger(mailboxes: ["main"])
        _ = play.open("main")
        #expect(play.settle(id, .used) == [])
        #expect(play.arrived(id, "abcdefghij", .claimed).last == "settle(used: true, isRepeated: false) main/1/1")
        #expect(play.settle(name(2), .used, call: 2) == [])
        #expect(play.searched("main") == ["settled 2 notClaimed(id: \"main/1/2\")"])
        _ = play.left("main")
        #expect(play.settle(name(2), .used, call: 3) == [])
        #expect(
            play.pass(5).last
                == "settled 3 markFailed(reason: \"the mailbox is being reopened; it will be marked as soon as possible\")"
        )
    }

    @Test func whatIsRefusedIsToldAtOnce() {
        var play = claimed()
        _ = play.settle(id, .used)
        #expect(
            play.answer(id, used, .refused(reason: "no right")).last == "settled 1 markFailed(reason: \"no right\")")
        #expect(play.state(id) == "used not-marked")
    }

    @Test func anothersWord() {
        var play = claimed()
        _ = play.settle(id, .rejected)
        _ = play.answer(id, .settle(used: false, isRepeated: false), .lost(.used))
        #expect(play.state(id) == "used")
    }

    /// A worker says once that it has used a password, over a restart, and the mailbox comes when the call has long been answered.
    @Test func itCountsAsSoonAsTheMailboxIsThere() {
        var play = Play()
        play.ledger = Ledger(mailboxes: ["main"])
        #expect(play.settle(id, .used) == [])
        #expect(
            play.pass(5) == [
                "settled 1 markFailed(reason: \"the mailbox has not been opened yet; it will be marked as soon as possible\")"
            ])
        _ = play.open("main")
        #expect(
            play.arrived(id, "abcdefghij", .claimed) == [
                "note owedUsed main/1/1", "settle(used: true, isRepeated: false) main/1/1",
            ])
        #expect(play.state(id) == "used not-marked")
    }

    @Test func whatIsSettledInAdvanceAgainIsKeptOnce() {
        var play = Play()
        play.ledger = Ledger(mailboxes: ["main"])
        for call in 1...3 as ClosedRange<UInt64> {
            #expect(play.settle(id, .used, call: call) == [])
            #expect(play.pass(5).count == 1)
        }
        #expect(play.ledger.deferred.count == 1)
    }

    @Test func whatIsSettledInAdvanceIsBounded() {
        var play = Play()
        play.ledger = Ledger(mailboxes: ["main"])
        for uid in 1...UInt32(Ledger.mostDeferred) { #expect(play.settle(name(uid), .used, call: UInt64(uid)) == []) }
        #expect(play.settle(name(1000), .used, call: 1000) == ["settled 1 notClaimed(id: \"main/1/1\")"])
        #expect(play.pass(3601).count == Ledger.mostDeferred)
        #expect(play.ledger.deferred.isEmpty)
    }

    /// A worker of this daemon may still have it, and has not given it back: another daemon's word is not its own.
    @Test func aMarkThatSomebodyElseTakesOffFreesNothingThatWasGivenHere() {
        var play = claimed()
        _ = play.hangUp(1)
        #expect(play.changed(id, .unmarked) == [])
        #expect(play.state(id) == "inDoubt")
        _ = play.settle(id, .unused, call: 2)
        #expect(play.state(id) == "available")
    }
}
