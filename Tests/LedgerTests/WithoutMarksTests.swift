import Testing

@testable import Ledger

/// Mailboxes that keep no marks: what is known of them is in memory.
@Suite struct WithoutMarksTests {
    private func key(_ uid: UInt32) -> MessageKey {
        MessageKey(account: "main", uidValidity: 1, uid: uid, internalDate: nil)
    }

    @Test func whatWasThereAtTheStartIsInDoubt() {
        var play = Play()
        play.ledger = Ledger(mailboxes: ["main"])
        #expect(play.open("main", uidNext: 5, keepsMarks: false).count == 1)
        _ = play.arrived(name(4), "old")
        _ = play.arrived(name(5), "new")
        _ = play.searched("main")
        #expect(play.state(name(4)) == "inDoubt")
        #expect(play.state(name(5)) == "available")
    }

    @Test func aServerThatDoesNotTellWhereNewMailBegins() {
        var play = Play()
        play.ledger = Ledger(mailboxes: ["main"])
        _ = play.open("main", uidNext: nil, keepsMarks: false)
        _ = play.arrived(name(4), "old")
        _ = play.searched("main")
        _ = play.arrived(name(5), "new")
        #expect([play.state(name(4)), play.state(name(5))] == ["inDoubt", "available"])
    }

    @Test func itIsWrittenDownBeforeItIsGiven() {
        var play = Play("main", keepsMarks: false)
        #expect(play.arrived(name(1)).first == "note seen main/1/1")
        _ = play.claim(1)
        #expect(
            play.answer(name(1), .claim, .notKept) == [
                "note claimed main/1/1", "give main/1/1 to 1",
            ])
    }

    @Test(arguments: [
        ("seen", "available"), ("claimed", "inDoubt"), ("used", "used"), ("rejected", "rejected"),
        ("owedUsed", "used not-marked"),
    ]) func aRestartFindsWhatWasWrittenDown(note: String, state: String) throws {
        var memory = Memory()
        memory.apply(.next(.init(account: "main", uidValidity: 1), uid: 3))
        memory.apply(.note(key(1), try #require(Memory.Note(rawValue: note))))
        var play = Play("main", keepsMarks: false, memory: memory)
        _ = play.arrived(name(1), "one")
        _ = play.arrived(name(2), "two")
        _ = play.arrived(name(3), "three")
        #expect(play.state(name(1)) == state)
        #expect(play.state(name(2)) == "inDoubt")
        #expect(play.state(name(3)) == "available")
    }

    @Test func noFlagTakesBackWhatIsInMemory() {
        var play = Play("main", keepsMarks: false)
        _ = play.arrived(name(1))
        _ = play.claim(1)
        _ = play.answer(name(1), .claim, .notKept)
        _ = play.hangUp(1)
        _ = play.changed(name(1), .unmarked)
        #expect(play.state(name(1)) == "inDoubt")
        _ = play.changed(name(1), .used)
        #expect(play.state(name(1)) == "used")
    }

    @Test func overAReload() {
        var play = Play("main", keepsMarks: false)
        _ = play.arrived(name(1), "one")
        _ = play.arrived(name(2), "two", issued: 1)
        _ = play.claim(1)
        _ = play.answer(name(2), .claim, .notKept)
        _ = play.settle(name(2), .used)
        _ = play.left("main")
        _ = play.open("main", uidNext: 3, keepsMarks: false)
        _ = play.arrived(name(1), "one")
        _ = play.arrived(name(2), "two", issued: 1)
        _ = play.searched("main")
        #expect([play.state(name(1)), play.state(name(2))] == ["available", "used not-marked"])
    }

    @Test func aFlagThatMayBeAPersons() {
        var play = Play("main")
        _ = play.arrived(name(1), "abcdefghij", .flagged)
        #expect(play.state(name(1)) == "inDoubt flagged")
    }

    /// The runtime directory is lost, and the server promised marks again: of what was there before nobody knows whether an earlier process
    /// handed it out. What came since was handed out by nobody.
    @Test(arguments: [5, nil] as [UInt32?]) func aMarkThatIsNotKeptLeavesWhatWasThereInDoubt(uidNext: UInt32?) {
        var play = Play()
        play.ledger = Ledger(mailboxes: ["main"])
        _ = play.open("main", uidNext: uidNext)
        _ = play.arrived(name(3), "older", issued: 1)
        _ = play.arrived(name(4), "old", issued: 2)
        _ = play.searched("main")
        _ = play.claim(1)
        #expect(play.answer(name(4), .claim, .notKept).allSatisfy { !$0.hasPrefix("give") })
        #expect([play.state(name(3)), play.state(name(4))] == ["inDoubt", "inDoubt"])
        _ = play.arrived(name(5), "new", issued: 3)
        #expect(play.answer(name(5), .claim, .notKept).last == "give main/1/5 to 1")
    }

    @Test func whoAsksForWhatIsInDoubtGetsItThereToo() {
        var play = Play("main")
        _ = play.arrived(name(1), "abcdefghij", .flagged)
        _ = play.claim(1, ClaimFilter(includesInDoubt: true))
        #expect(play.answer(name(1), .confirmClaimed, .notKept).last == "give main/1/1 to 1")
    }

    /// A copy that was still to be marked, on a server that turns out to keep no marks: what is written down of it stays.
    @Test func whatIsStillToBeMarkedIsRememberedWhereNoMarkIsKept() {
        var play = Play("main", "other")
        _ = play.arrived(name(1, in: "other"), "klmnopqrst")
        _ = play.give(name(1, in: "other"))
        _ = play.arrived(name(1), "abcdefghij", issued: 1)
        _ = play.claim(2)
        #expect(play.arrived(name(2), "klmnopqrst") == ["note owedClaimed main/1/2", "claim main/1/2"])
        #expect(
            play.answer(name(1), .claim, .notKept) == [
                "forgetful main", "note seen main/1/1", "next main/1/1", "note claimed main/1/1", "give main/1/1 to 2",
            ])
    }
}
