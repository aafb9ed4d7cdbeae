import Testing

@testable import IMAP

struct FolderStateTests {
    private func observed(_ lines: String) throws -> FolderState {
        let state = FolderState()
        var vetting = ResponseVetting()
        _ = try vetting.vet(wire("* OK x\n"))
        var framer = ResponseFramer()
        framer.receive(wire(lines))
        for response in try framer.all() { state.observe(try vetting.vet(response)) }
        return state
    }

    @Test func moreMessagesThanBefore() throws {
        let state = try observed("* 3 EXISTS\n")
        #expect(state.exists == 3 && state.announced == 3 && !state.hasChanges)
        state.looked(at: 2)
        #expect(state.announced == 1)
        state.looked(at: 7)
        #expect(state.announced == 0)
        state.looked(at: -1)
        #expect(try observed("* 0 EXISTS\n").announced == 0)
    }

    /// Against the rules (without EXPUNGE), but what comes then is no less new.
    @Test func fewerMessagesAreNoArrivals() throws {
        let state = try observed("* 9 EXISTS\n")
        state.lookedAtAll()
        state.observe(.init(kind: .exists(4), bytes: []))
        #expect(state.exists == 4 && state.announced == 0)
        state.observe(.init(kind: .exists(5), bytes: []))
        #expect(state.announced == 1)
    }

    @Test func anExpungeMakesRoom() throws {
        let state = try observed("* 3 EXISTS\n* 1 EXPUNGE\n")
        #expect(state.exists == 2 && state.hasChanges)
        #expect(try observed("* 1 EXPUNGE\n").exists == 0)
    }

    /// One that was looked at goes, a new one comes: as many as before, and one of them new.
    @Test func anExpungeHidesNoArrival() throws {
        let state = try observed("* 3 EXISTS\n")
        state.lookedAtAll()
        state.observe(.init(kind: .expunge(2), bytes: []))
        state.observe(.init(kind: .exists(3), bytes: []))
        #expect(state.announced == 1)
        // And the new one goes again.
        state.observe(.init(kind: .expunge(3), bytes: []))
        #expect(state.announced == 0)
    }

    @Test func flagsThatNobodyAskedForAreAChange() throws {
        #expect(try observed("* 1 FETCH (FLAGS (\\Seen))\n").hasChanges)
        #expect(try !observed("* 1 FETCH (UID 1 FLAGS ())\n").hasChanges)
    }

    @Test func theReasonOfABye() throws {
        #expect(try observed("* OK still here\n").byeCode == nil)
        #expect(try observed("* BYE going\n").byeCode == "BYE")
        #expect(try observed("* BYE [UNAVAILABLE] going\n").byeCode == "UNAVAILABLE")
    }

    @Test func howTheFolderWasOpened() throws {
        #expect(try observed("7 OK [READ-ONLY] x\n").isReadOnly)
        #expect(try !observed("7 OK [READ-ONLY] x\n8 OK [READ-WRITE] x\n").isReadOnly)
        #expect(try observed("7 NO [NONEXISTENT] x\n").tagged?.completion == .init(condition: .no, code: "NONEXISTENT"))
    }
}
