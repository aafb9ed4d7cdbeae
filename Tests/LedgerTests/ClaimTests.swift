import Testing
import Trials

@testable import Ledger

/// A claim's way, through trouble and without.
@Suite struct ClaimTests {
    @Test func markedAndThenGiven() {
        var play = Play("main")
        _ = play.arrived(name(1))
        #expect(play.claim(1) == ["claim main/1/1"])
        #expect(play.answer(name(1), .claim, .done) == ["give main/1/1 to 1"])
        #expect(play.state(name(1)) == "claimed")
    }

    @Test func theNewestThatFitsGoesToTheFirstThatWaits() {
        var play = Play("main")
        _ = play.claim(1, ClaimFilter(recipient: "b@example.jp"))
        _ = play.claim(2)
        _ = play.claim(3)
        #expect(play.arrived(name(1), "first", recipient: "a@example.jp") == ["claim main/1/1"])
        #expect(play.answer(name(1), .claim, .done) == ["give main/1/1 to 2"])
        _ = play.closed("main")
        _ = play.arrived(name(2), "second", recipient: "B@example.jp", issued: 1)
        _ = play.arrived(name(3), "third", recipient: "b@example.jp", issued: 2)
        #expect(play.open("main") == ["claim main/1/3", "claim main/1/2"])
        #expect(play.answer(name(3), .claim, .done) == ["give main/1/3 to 1"])
    }

    @Test func nothingIsGivenBeforeItsMailboxIsSearched() {
        var play = Play("main")
        _ = play.open("main")
        _ = play.arrived(name(1))
        #expect(play.claim(1) == [])
        #expect(play.searched("main") == ["claim main/1/1"])
    }

    @Test func aMarkThatCannotBeMadeNowSendsTheClaimBack() {
        var play = Play("main", "other")
        _ = play.arrived(name(1, in: "other"), "older")
        _ = play.arrived(name(1), "newer", issued: 1)
        #expect(play.claim(1) == ["claim main/1/1"])
        #expect(play.answer(name(1), .claim, .unavailable(reason: "busy")) == ["claim other/1/1"])
        #expect(play.answer(name(1, in: "other"), .claim, .unavailable(reason: "busy")) == [])
        #expect(play.pass(1) == ["claim main/1/1"])
        #expect(play.answer(name(1), .claim, .done) == ["give main/1/1 to 1"])
    }

    @Test func whatIsUnknownIsInDoubtUntilItIsTold() {
        var play = Play("main")
        _ = play.arrived(name(1))
        _ = play.claim(1)
        #expect(play.answer(name(1), .claim, .unknown(reason: "cut")) == [])
        #expect(play.state(name(1)) == "inDoubt")
        _ = play.closed("main")
        _ = play.open("main")
        #expect(play.changed(name(1), .unmarked) == ["claim main/1/1"])
        #expect(play.answer(name(1), .claim, .done) == ["give main/1/1 to 1"])
    }

    @Test func atTheEndOfItsWait() {
        var play = Play("main")
        _ = play.arrived(name(1))
        _ = play.closed("main")
        #expect(play.claim(1, wait: 0) == ["refuse 1 markFailed(reason: \"away\")"])
        _ = play.claim(2, wait: 10)
        #expect(play.pass(10) == ["refuse 2 markFailed(reason: \"away\")"])
        _ = play.vanished(name(1))
        #expect(play.claim(3, wait: 0) == ["refuse 3 noPassword"])
    }

    @Test func whatCanNeverBeMarkedIsToldAtOnce() {
        var play = Play("main", "other")
        _ = play.arrived(name(1))
        _ = play.claim(1)
        let refusal = RecordResult.refused(reason: "read-only")
        #expect(play.answer(name(1), .claim, refusal) == ["refuse 1 markFailed(reason: \"read-only\")"])
        _ = play.arrived(name(1, in: "other"), "another", issued: -1)
        #expect(play.claim(2) == ["claim other/1/1"])
    }

    /// A mailbox that does not answer keeps nobody from what another has.
    @Test func whoeverHasWaitedLongEnoughLooksElsewhere() {
        var play = Play("dead", "main")
        _ = play.arrived(name(1, in: "dead"), "newer", issued: 1)
        _ = play.claim(1)
        #expect(play.arrived(name(1), "older") == [])
        #expect(play.pass(2) == ["claim main/1/1"])
        #expect(play.answer(name(1), .claim, .done) == ["give main/1/1 to 1"])
        // The other mark comes too late, and goes.
        #expect(play.answer(name(1, in: "dead"), .claim, .done) == ["release dead/1/1"])
        #expect(play.answer(name(1, in: "dead"), .release, .done) == [])
        #expect(play.state(name(1, in: "dead")) == "available")
    }

    @Test func noClaimOutlivesItsWait() {
        var play = Play("main")
        _ = play.arrived(name(1))
        #expect(play.claim(1, wait: 1) == ["claim main/1/1"])
        #expect(play.pass(2) == [])
        #expect(play.pass(3) == ["refuse 1 markFailed(reason: \"the mailbox does not answer\")"])
        #expect(play.answer(name(1), .claim, .done) == ["release main/1/1"])
    }

    @Test func aPasswordThatExpiresWhileItIsMarkedIsNotGiven() {
        var play = Play("main")
        _ = play.arrived(name(1))
        _ = play.claim(1, wait: 5000)
        _ = play.pass(1000)
        #expect(play.answer(name(1), .claim, .done) == ["release main/1/1"])
        #expect(play.state(name(1)) == "expired")
    }

    /// The clock is a day ahead for a moment: nothing expires for good.
    @Test func aBlipOfTheClock() {
        var ledger = Ledger(open: ["main"])
        _ = ledger.arrived(password(name(1), secret("abcdefghij")), .unmarked, now: moment(1))
        _ = ledger.tick(now: Moment(wall: at(86_400), uptime: .seconds(2)))
        #expect(ledger.statuses(now: Moment(wall: at(86_400), uptime: .seconds(2))).map(\.state) == [.expired])
        #expect(ledger.claim(claimant(1), now: Moment(wall: at(86_400), uptime: .seconds(2))).isEmpty)
        let told = ledger.tick(now: moment(3)).map(\.told)
        #expect(
            told == ["main/1/1 available", "main/1/1 available", "claim main/1/1"] || told.last == "claim main/1/1")
    }

    /// Whoever waits comes first when the server that had enough is asked again, however long its mailbox is held.
    @Test func aServerThatHadEnough() {
        var play = Play("main")
        _ = play.arrived(name(1))
        #expect(play.claim(1) == ["claim main/1/1"])
        #expect(play.answer(name(1), .claim, .unavailable(reason: "throttled")) == [])
        #expect(play.takesMarksAgain("main") == ["claim main/1/1"])
        #expect(play.answer(name(1), .claim, .done) == ["give main/1/1 to 1"])
    }

    /// For the log: who has it, or had it last; nobody, once it was given back.
    @Test func whoHasItIsTold() throws {
        let caller = Caller(user: 1001, process: 4711)
        let other = Caller(user: 1002, process: 4712)
        var ledger = Ledger(open: ["main"])
        let id = name(1)
        func holders(_ actions: [Ledger.Action]) -> [String] {
            actions.compactMap {
                guard case .entered(_, let state, _, _, let holder) = $0 else { return nil }
                return "\(state) \(holder?.process ?? 0)"
            }
        }
        #expect(
            holders(ledger.arrived(password(id, secret("abcdefghij")), .unmarked, now: moment(1))) == ["available 0"])
        let key = try #require(ledger.messages[id]?.key)
        func claim(_ number: UInt64, _ filter: ClaimFilter = ClaimFilter(), by caller: Caller) -> [String] {
            let claimant = Claimant(
                id: number, connection: number, filter: filter, deadline: .seconds(100), caller: caller)
            return holders(ledger.claim(claimant, now: moment(2)))
        }
        #expect(claim(1, by: caller) == [])
        #expect(holders(ledger.recordChanged(id, .claim, key, .done, now: moment(2))) == ["claimed 4711"])
        #expect(holders(ledger.settle("\(id)", .unused, call: 1, now: moment(3))) == [])
        #expect(holders(ledger.recordChanged(id, .release, key, .done, now: moment(3))) == ["available 0"])
        #expect(claim(2, by: other) == [])
        #expect(holders(ledger.recordChanged(id, .claim, key, .done, now: moment(4))) == ["claimed 4712"])
        #expect(holders(ledger.connectionEnded(2, now: moment(5))) == ["inDoubt 4712"])
        #expect(claim(3, ClaimFilter(includesInDoubt: true), by: caller) == [])
        #expect(holders(ledger.recordChanged(id, .confirmClaimed, key, .done, now: moment(6))) == ["claimed 4711"])
        #expect(Set(holders(ledger.settle("\(id)", .used, call: 2, now: moment(7)))) == ["used 4711"])
    }
}
