import Testing

@testable import Ledger

/// Copies are one password.
@Suite struct CopyTests {
    @Test func reachableCopiesAreMarkedBeforeTheHandOut() {
        var play = Play("main", "other")
        _ = play.arrived(name(1))
        _ = play.arrived(name(2), issued: 3)
        _ = play.arrived(name(1, in: "other"))
        #expect(play.state(name(1)) == "available")
        #expect(play.state(name(2)) == "refused duplicate")
        #expect(play.claim(1) == ["claim main/1/1"])
        #expect(play.answer(name(1), .claim, .done) == ["claim main/1/2", "claim other/1/1"])
        #expect(play.answer(name(1, in: "other"), .claim, .done) == [])
        #expect(play.answer(name(2), .claim, .done) == ["give main/1/1 to 1"])
        #expect(
            play.settle(name(1), .used) == [
                "note owedUsed main/1/1", "settle(used: true, isRepeated: false) main/1/1",
                "note owedUsed main/1/2", "settle(used: true, isRepeated: false) main/1/2",
                "note owedUsed other/1/1",
                "settle(used: true, isRepeated: false) other/1/1",
            ])
        #expect(
            play.answer(name(1), .settle(used: true, isRepeated: false), .done) == [
                "forget main/1/1", "settled 1",
            ])
    }

    private func key(_ uid: UInt32, in mailbox: String = "main") -> MessageKey {
        MessageKey(account: mailbox, uidValidity: 1, uid: uid, internalDate: nil)
    }

    @Test func othersAreWrittenDownFirstAndMarkedLater() {
        var play = Play("main", "other")
        _ = play.arrived(name(1))
        _ = play.arrived(name(1, in: "other"))
        _ = play.closed("other")
        _ = play.claim(1)
        #expect(
            play.answer(name(1), .claim, .done) == [
                "note owedClaimed other/1/1", "give main/1/1 to 1",
            ])
        #expect(play.state(name(1, in: "other")) == "claimed not-marked")
        #expect(play.open("other") == ["claim other/1/1"])
        #expect(play.answer(name(1, in: "other"), .claim, .done) == ["forget other/1/1"])
        #expect(play.state(name(1, in: "other")) == "refused duplicate")
    }

    /// A restart, and the server of the one that was marked is down.
    @Test func whatWasWrittenDownHoldsAfterARestart() {
        var memory = Memory()
        memory.apply(.note(key(1, in: "other"), .owedUsed))
        var play = Play("other", memory: memory)
        #expect(play.arrived(name(1, in: "other")).last == "settle(used: true, isRepeated: true) other/1/1")
        #expect(play.state(name(1, in: "other")) == "used not-marked")
        #expect(play.claim(1, wait: 0) == ["refuse 1 noPassword"])
    }

    @Test func aCopyThatIsSomebodysTakesThePasswordAlong() {
        var play = Play("main", "other")
        _ = play.arrived(name(1))
        _ = play.arrived(name(1, in: "other"))
        _ = play.claim(1)
        _ = play.answer(name(1), .claim, .done)
        #expect(play.answer(name(1, in: "other"), .claim, .lost(.used)) == [])
        #expect(play.state(name(1)) == "used")
    }

    @Test func aCopyThatComesLaterIsWhatItsTwinIs() {
        var play = Play("main")
        _ = play.arrived(name(1))
        _ = play.give(name(1))
        #expect(play.arrived(name(2)).last == "claim main/1/2")
        _ = play.answer(name(2), .claim, .done)
        _ = play.settle(name(1), .used)
        #expect(play.arrived(name(3)).last == "settle(used: true, isRepeated: false) main/1/3")
        #expect(play.arrived(name(4), "abcdefghij", .claimed).last == "settle(used: true, isRepeated: false) main/1/4")
        #expect(play.state(name(4)) == "used not-marked")
        #expect(play.claim(2, ClaimFilter(includesInDoubt: true), wait: 0) == ["refuse 2 noPassword"])
    }

    // MARK: Each mailbox has its mark, for the day when the other is not there

    /// Who had it has hung up.
    @Test func aCopyOfWhatIsInDoubtIsMarked() {
        var play = Play("main", "other")
        _ = play.arrived(name(1))
        _ = play.give(name(1))
        _ = play.hangUp(1)
        #expect(play.arrived(name(1, in: "other")).last == "claim other/1/1")
        // One mark is enough for a mailbox.
        _ = play.answer(name(1, in: "other"), .claim, .done)
        #expect(play.arrived(name(2, in: "other")) == [])
        #expect(play.settle(name(1), .unused) == ["release main/1/1", "release other/1/1"])
    }

    /// The copy came just before: its mark is still to be made, and is known to be ours only then.
    @Test func aCopysMarkThatIsUnderWayWhenItIsGivenBack() {
        for (result, next) in [
            (RecordResult.done, ["note"]), (.lost(.claimed), []), (.gone, []), (.unavailable(reason: "cut"), []),
        ] {
            var play = Play("main", "other")
            _ = play.arrived(name(1))
            _ = play.give(name(1))
            #expect(play.arrived(name(1, in: "other")).last == "claim other/1/1")
            #expect(play.settle(name(1), .unused).filter { !$0.hasPrefix("forget") } == ["release main/1/1"])
            #expect(play.answer(name(1), .release, .done) == [])
            let after = play.answer(name(1, in: "other"), .claim, result)
            if next.isEmpty {
                #expect(after == ["settled 1"], "\(result)")
            } else {
                #expect(after == ["release other/1/1"])
                #expect(play.answer(name(1, in: "other"), .release, .done) == ["settled 1"])
                #expect(play.state(name(1)) == "available")
            }
        }
    }

    /// What is in doubt is being marked when somebody asks for it, and gives it back at once.
    @Test func aMarkThatIsUnderWayForWhoAsksForDoubtfulOnes() {
        var play = Play("main", "other")
        _ = play.arrived(name(1))
        _ = play.give(name(1))
        _ = play.hangUp(1)
        #expect(play.arrived(name(1, in: "other")).last == "claim other/1/1")
        _ = play.vanished(name(1))
        #expect(play.claim(2, ClaimFilter(includesInDoubt: true)) == ["claim other/1/1"])
        #expect(play.answer(name(1, in: "other"), .claim, .done).last == "give other/1/1 to 2")
        #expect(play.settle(name(1, in: "other"), .unused).last == "release other/1/1")
        #expect(play.answer(name(1, in: "other"), .release, .done) == ["settled 1"])
        #expect(play.state(name(1, in: "other")) == "available")
    }

    /// After a restart the mailbox with the unmarked copy is searched first.
    @Test func whatATwinTellsIsMarkedOnTheCopiesThatWereFoundBefore() {
        for (record, mark) in [
            (Record.claimed, ["note owedClaimed other/1/1", "claim other/1/1"]),
            (.used, ["note owedUsed other/1/1", "settle(used: true, isRepeated: false) other/1/1"]),
            (.rejected, ["note owedRejected other/1/1", "settle(used: false, isRepeated: false) other/1/1"]),
            // A person may take the flag off again.
            (.flagged, []),
        ] {
            var play = Play("main", "other")
            _ = play.arrived(name(1, in: "other"))
            #expect(play.arrived(name(1), "abcdefghij", record) == mark, "\(record)")
        }
    }

    /// Another daemon that claims marks the copies itself: it must not lose one of them to us.
    @Test func aClaimThatIsWatchedIsLeftToWhoMakesIt() {
        var play = Play("main", "other")
        _ = play.arrived(name(1))
        _ = play.arrived(name(1, in: "other"))
        #expect(play.changed(name(1), .claimed) == [])
        #expect(play.state(name(1)) == "inDoubt")
    }

    /// While a copy is being claimed, its twin is found, and has been somebody's.
    @Test(arguments: [Record.claimed, .flagged, .used, .rejected]) func aTwinThatIsFoundDuringTheClaim(record: Record) {
        var play = Play("main", "other")
        _ = play.arrived(name(1, in: "other"))
        #expect(play.claim(1) == ["claim other/1/1"])
        _ = play.arrived(name(1), "abcdefghij", record)
        #expect(play.answer(name(1, in: "other"), .claim, .done).allSatisfy { !$0.hasPrefix("give") })
        #expect(play.state(name(1)) != "available")
        #expect(play.claim(2, wait: 0) == ["refuse 2 noPassword"])
    }

    // MARK: Gone is not given

    @Test func whatIsMovedAwayAndBackIsAvailableAgain() {
        var play = Play("main")
        _ = play.arrived(name(1))
        _ = play.vanished(name(1))
        #expect(play.state(name(1)) == "refused expunged")
        _ = play.arrived(name(2))
        #expect(play.state(name(2)) == "available")
        #expect(play.claim(1) == ["claim main/1/2"])
    }

    @Test func whatADaemonOfOursMayHaveTakenAwayIsInDoubt() {
        var play = Play("main", takesAway: true)
        _ = play.arrived(name(1))
        _ = play.vanished(name(1))
        _ = play.arrived(name(2))
        #expect(play.state(name(2)) == "inDoubt")
    }

    @Test func betweenMailboxes() {
        var play = Play("main", "other")
        _ = play.arrived(name(1))
        _ = play.arrived(name(1, in: "other"))
        #expect(play.state(name(1, in: "other")) == "refused duplicate")
        _ = play.vanished(name(1))
        #expect(play.state(name(1, in: "other")) == "available")
    }

    // MARK: An entry is its message and its password

    @Test func anotherMessageUnderTheSameNumbers() {
        var play = Play("main")
        _ = play.arrived(name(1), "old", date: 100)
        _ = play.give(name(1))
        _ = play.arrived(name(1), "new", date: 200)
        let new = PasswordID(mailbox: "main", uidValidity: 1, uid: 1, internalDate: 200)
        #expect(play.state(new) == "available")
        #expect(play.state(name(1)) == "claimed")
        // Settle marks nothing: there is nothing left to mark.
        #expect(play.settle(name(1), .used) == ["settled 1"])
        #expect(play.claim(2) == ["claim main/1/1-200"])
    }

    @Test func anotherAccountBehindAReload() {
        var play = Play("main")
        _ = play.arrived(name(1), "old", date: 100)
        _ = play.give(name(1))
        _ = play.left("main")
        _ = play.open("main", account: "another")
        _ = play.arrived(name(1), "new", date: 100)
        _ = play.searched("main")
        #expect(play.state(PasswordID(mailbox: "main", uidValidity: 1, uid: 1, internalDate: 100)) == "available")
        #expect(play.settle(name(1), .rejected) == ["settled 1"])
    }

    @Test func aNewUIDVALIDITY() {
        var play = Play("main")
        _ = play.arrived(name(1))
        _ = play.give(name(1))
        _ = play.open("main", uidValidity: 2)
        _ = play.arrived(name(7, 2), "abcdefghij", .claimed)
        _ = play.searched("main")
        #expect(play.state(name(1)) == "claimed")
        #expect(play.settle(name(1), .used).last == "settle(used: true, isRepeated: false) main/2/7")
        #expect(play.answer(name(7, 2), .settle(used: true, isRepeated: false), .done).last == "settled 1")
    }

    @Test func namesOfMessages() {
        let id = PasswordID(mailbox: "a/b", uidValidity: 7, uid: 3, internalDate: -5)
        #expect(id.description == "a/b/7/3--5")
        #expect(PasswordID("a/b/7/3--5") == id)
        for text in ["a/7/3-", "a/7/3-x", "a/7/-3", "a/7/3-05", "/7/3-5", "a/7/3 -5"] {
            #expect(PasswordID(text) == nil)
        }
    }

    /// A restored backup: another message with the password under the same number. Nobody has taken a mark off it.
    @Test func aCopyInThePlaceOfOneInDoubtIsInDoubt() {
        var play = Play("main")
        _ = play.arrived(name(1), date: 100)
        _ = play.give(name(1))
        _ = play.hangUp(1)
        #expect(play.state(name(1)) == "inDoubt")
        #expect(play.arrived(name(1), date: 200) == ["note owedClaimed main/1/1", "claim main/1/1"])
        #expect(play.state(name(1)) == "inDoubt")
    }

    /// The claim's own mail is gone, and whether its copy was marked nobody knows. The mailbox says that it was not: it will be.
    @Test func aCopyThatIsStillToBeMarkedHoldsThePassword() {
        var play = Play("main", "other")
        _ = play.arrived(name(1))
        _ = play.give(name(1))
        _ = play.arrived(name(1, in: "other"))
        _ = play.vanished(name(1))
        _ = play.hangUp(1)
        _ = play.answer(name(1, in: "other"), .claim, .unknown(reason: "cut"))
        #expect(play.changed(name(1, in: "other"), .unmarked) == [])
        #expect(play.state(name(1, in: "other")).hasPrefix("inDoubt"))
        #expect(play.claim(2, wait: 0) == ["refuse 2 noPassword"])
    }

    /// Who asks for what is in doubt has not got it yet, and somebody else had it before.
    @Test func aCopyThatComesWhileWhatIsInDoubtIsClaimed() {
        var play = Play("main")
        _ = play.arrived(name(1), "abcdefghij", .claimed)
        #expect(play.claim(1, ClaimFilter(includesInDoubt: true)) == ["confirmClaimed main/1/1"])
        #expect(play.arrived(name(2)) == ["note owedClaimed main/1/2", "claim main/1/2"])
    }

    /// A reload gives the account another name: the same message is known by two, and the note of it ends with the last of them.
    @Test func aMessageUnderTwoNamesIsRememberedForBoth() {
        var play = Play("main", "other", keepsMarks: false)
        _ = play.arrived(name(1))
        _ = play.claim(1)
        _ = play.answer(name(1), .claim, .notKept)
        _ = play.open("other", account: "main", keepsMarks: false)
        _ = play.arrived(name(1, in: "other"))
        _ = play.settle(name(1), .used)
        #expect(play.answer(name(1), .settle(used: true, isRepeated: false), .gone) == [])
    }
}
