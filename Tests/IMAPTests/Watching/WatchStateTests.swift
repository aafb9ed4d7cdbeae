import Testing
import Trials

@testable import IMAP

/// What a watch does, as dialogues: a server's lines go in, actions come out. No server, no clock.
struct WatchStateTests {
    /// A watch with a clock that stands still until it is moved.
    private struct Dialogue {
        var state: WatchState
        private var seconds = 1000.0
        private var reader = ResponseReader()
        private let wall: Double = 1_700_000_000

        init(
            _ capabilities: Set<String> = ["IDLE"], exists: UInt32 = 0, uidNext: UInt32? = 5,
            memory: MailboxMemory = MailboxMemory(), _ change: (inout SelectedMailbox) -> Void = { _ in }
        ) {
            var selected = SelectedMailbox(
                uidValidity: 1, uidNext: uidNext, exists: exists, permanentFlags: ["\\*"], numbersChanges: true)
            change(&selected)
            state = WatchState(
                .init(sender: "a@b.example"), capabilities: capabilities, selected: selected, memory: memory,
                at: Moment(monotonic: Deadline(nanoseconds: 1_000_000_000_000), wall: wall))
            _ = try? reader.read(wire("* OK x\n"))
        }

        var now: Moment {
            Moment(monotonic: Deadline(nanoseconds: UInt64(seconds * 1e9)), wall: wall + seconds - 1000)
        }

        mutating func happens(_ event: WatchEvent) -> [WatchAction] { state.received(event, at: now) }

        /// The actions that all these lines bring about.
        mutating func server(_ lines: String...) throws -> [WatchAction] {
            var actions: [WatchAction] = []
            for line in lines { actions += happens(.response(try reader.read(wire(line + "\n")))) }
            return actions
        }

        mutating func wait(_ duration: Double) -> [WatchAction] {
            seconds += duration
            return happens(.deadline)
        }

        /// Past the opening of an empty mailbox, idling.
        mutating func idle() throws {
            _ = happens(.deadline)
            _ = try server("1 OK")
            if state.isWatching { _ = happens(.deadline) } else { _ = try server("1 OK"); _ = happens(.deadline) }
            _ = try server("+ idling")
            #expect(state.isWatching && state.isIdling)
        }
    }

    private static let search = Command.uidSearch(from: "a@b.example", since: 1_700_000_000 - 86_400)
    private static let body = "BODY[]<0> {3}\nabc"

    private static func fetch(_ uids: UIDSet, bound: Int = WatchState.firstBound) -> Command {
        .uidFetch(uids, .message(bound: bound), numbersChanges: true)
    }

    private static func arrivals(from uid: UInt32) -> Command { fetch(UIDSet(from: uid, expectedCount: 16)) }
    private static func flags(_ uid: UInt32) -> Command { .uidFetch(UIDSet(uid), .flags, numbersChanges: true) }

    private static func message(_ uid: UInt32, _ flags: Set<String> = [], modSeq: UInt64 = 9) -> FetchedMessage {
        FetchedMessage(
            flags: MessageFlags(uid: uid, flags: flags, modSeq: modSeq), uidValidity: 1, internalDate: nil,
            bytes: Array("abc".utf8), isTruncated: false, isAllThereIs: false)
    }

    private static func judged(_ uid: UInt32, _ verdict: Judgement.Verdict) -> WatchEvent {
        .judged([Judgement(flags: MessageFlags(uid: uid, flags: [], modSeq: 9), internalDate: nil, verdict: verdict)])
    }

    // MARK: Opening

    @Test func anEmptyMailboxIsOpenedAndIdledIn() throws {
        var watch = Dialogue()
        #expect(watch.happens(.deadline) == [.send([Self.search])])
        #expect(try watch.server("* SEARCH", "1 OK") == [.roundTrip, .tell(.searched), .tell(.watching)])
        #expect(watch.happens(.deadline) == [.send([.idle])])
        #expect(try watch.server("+ idling") == [])
        #expect(watch.state.arrival == .idle && watch.state.claims == .exclusive)
        #expect(watch.state.deadline(watch.now) == watch.now.monotonic.advanced(by: .seconds(540)))
    }

    @Test func whatIsFoundIsReadNewestFirst() throws {
        var watch = Dialogue(exists: 20)
        _ = watch.happens(.deadline)
        let found = "* SEARCH" + (1...20).map { " \($0)" }.joined()
        let newest = UIDSet(Array(5...20))
        #expect(try watch.server(found, "1 OK") == [.roundTrip, .tell(.searched), .send([Self.fetch(newest!)])])
        #expect(
            try watch.server("* 20 FETCH (UID 20 FLAGS () MODSEQ (9) \(Self.body))", "2 OK")
                == [.roundTrip, .read([Self.message(20)])])
        // Nothing is sent while the reader has it.
        #expect(watch.happens(Self.judged(20, .keep)) == [.send([Self.fetch(UIDSet(Array(1...4))!)])])
        #expect(try watch.server("3 OK") == [.roundTrip, .tell(.watching)])
    }

    @Test func aLargeMailboxIsSearchedInSteps() throws {
        var watch = Dialogue(exists: 5000)
        let step = { (first: UInt32) in
            Command.uidSearch(from: "a@b.example", since: 1_700_000_000 - 86_400, among: .messages(from: first))
        }
        #expect(watch.happens(.deadline) == [.send([step(4901)])])
        #expect(try watch.server("* SEARCH", "1 OK") == [.roundTrip, .tell(.watching)])
        #expect(watch.happens(.deadline) == [.send([step(4001)])])
        // A mark is made between two steps.
        _ = watch.happens(.mark(1, .init(uidValidity: 1, uid: 9, mark: .verify(present: "$C", absent: []))))
        #expect(try watch.server("2 OK") == [.roundTrip, .send([Self.flags(9)])])
        #expect(try watch.server("3 OK") == [.roundTrip, .answer(1, .gone), .send([Self.search])])
        #expect(try watch.server("4 OK") == [.roundTrip, .tell(.searched), .send([.idle])])
    }

    @Test func withNotifyItAsksForPushes() throws {
        var watch = Dialogue(["IDLE", "NOTIFY"])
        _ = watch.happens(.deadline)
        let notify = Command.notify(bound: WatchState.firstBound, numbersChanges: true)
        #expect(try watch.server("1 OK") == [.roundTrip, .tell(.searched), .send([notify])])
        #expect(try watch.server("2 OK") == [.roundTrip, .tell(.watching)])
        #expect(watch.state.arrival == .notify)
    }

    @Test func notifyRefusedIsIdle() throws {
        var watch = Dialogue(["IDLE", "NOTIFY"])
        _ = watch.happens(.deadline)
        _ = try watch.server("1 OK")
        #expect(try watch.server("2 BAD x") == [.roundTrip, .tell(.watching)])
        #expect(watch.state.arrival == .idle)
    }

    @Test func withoutUIDNEXTTheLastIsAskedFor() throws {
        var watch = Dialogue(exists: 3, uidNext: nil)
        #expect(watch.happens(.deadline) == [.send([.fetchLastUID])])
        #expect(try watch.server("* 3 FETCH (UID 9)", "1 OK") == [.roundTrip, .send([Self.search])])
        #expect(watch.state.memory.nextUID == 10)
    }

    @Test func whatChangedWhileNobodyLooked() throws {
        var memory = MailboxMemory()
        memory.opened(uidValidity: 1)
        for uid: UInt32 in [2, 3, 4] { memory.keep(MessageFlags(uid: uid, flags: [], modSeq: 5), until: 1_800_000_000) }
        var watch = Dialogue(exists: 2, memory: memory)
        #expect(watch.happens(.deadline) == [.send([.uidFetch(UIDSet(Array(2...4))!, .flags, numbersChanges: true)])])
        #expect(
            try watch.server(
                "* 1 FETCH (UID 2 FLAGS ($C) MODSEQ (8))", "* 2 FETCH (UID 3 FLAGS (a\u{1}) MODSEQ (5))", "1 OK")
                == [
                    .roundTrip, .tell(.changed([MessageFlags(uid: 2, flags: ["$C"], modSeq: 8)])),
                    .tell(.vanished([4])),
                    .send([Self.search]),
                ])
    }

    // MARK: Arrivals

    @Test func anArrivalIsFetchedInOneFlight() throws {
        var watch = Dialogue()
        try watch.idle()
        #expect(try watch.server("* 1 EXISTS") == [.send([Self.arrivals(from: 5)], endingIdle: true)])
        #expect(try watch.server("3 OK idle done") == [])
        #expect(
            try watch.server("* 1 FETCH (UID 5 FLAGS () MODSEQ (9) \(Self.body))", "4 OK")
                == [.roundTrip, .read([Self.message(5)])])
        #expect(watch.happens(Self.judged(5, .none)) == [.send([.idle])])
        #expect(watch.state.memory.nextUID == 6 && !watch.state.memory.isNew(5))
    }

    @Test func whoWaitsIsServedBeforeIdleBegins() throws {
        var watch = Dialogue()
        try watch.idle()
        #expect(watch.happens(.awaited(until: watch.now.monotonic.advanced(by: .seconds(60)))) == [])
        _ = try watch.server("* 1 EXISTS", "3 OK", "* 1 FETCH (UID 5 FLAGS () MODSEQ (9) \(Self.body))", "4 OK")
        #expect(watch.happens(Self.judged(5, .keep)) == [])
        #expect(watch.state.deadline(watch.now) == watch.now.monotonic.advanced(by: .milliseconds(20)))
        let claim = Mark.claim(keyword: "$C")
        #expect(
            watch.happens(.mark(1, .init(uidValidity: 1, uid: 5, mark: claim)))
                == [.send([.uidStore(5, unchangedSince: 9, adding: "$C")])])
        #expect(
            try watch.server("* 1 FETCH (UID 5 MODSEQ (10))", "5 OK") == [
                .roundTrip, .answer(1, .done), .send([.idle]),
            ])
    }

    @Test func nobodyIsWaitedForLongerThanAMoment() throws {
        var watch = Dialogue()
        try watch.idle()
        _ = watch.happens(.awaited(until: watch.now.monotonic.advanced(by: .seconds(60))))
        _ = try watch.server("* 1 EXISTS", "3 OK", "* 1 FETCH (UID 5 FLAGS () MODSEQ (9) \(Self.body))", "4 OK")
        #expect(watch.happens(Self.judged(5, .keep)) == [])
        #expect(watch.wait(0.02) == [.send([.idle])])
    }

    @Test func aPushedMessageIsReadAtOnce() throws {
        var watch = Dialogue(["IDLE", "NOTIFY"])
        try watch.idle()
        #expect(try watch.server("* 1 EXISTS") == [])
        #expect(
            try watch.server("* 1 FETCH (UID 5 FLAGS () MODSEQ (9) \(Self.body))") == [.read([Self.message(5)])])
        #expect(watch.happens(Self.judged(5, .keep)) == [])
        // Told again it is no arrival.
        #expect(try watch.server("* 1 FETCH (UID 5 FLAGS () MODSEQ (9) \(Self.body))") == [])
    }

    @Test func whatIsAnnouncedAndNotPushedIsFetched() throws {
        var watch = Dialogue(["IDLE", "NOTIFY"])
        try watch.idle()
        _ = try watch.server("* 1 EXISTS")
        #expect(watch.state.deadline(watch.now) == watch.now.monotonic.advanced(by: .seconds(1)))
        #expect(watch.wait(1) == [.send([Self.arrivals(from: 5)], endingIdle: true)])
    }

    @Test func manyArrivalsAreSearchedThrough() throws {
        var watch = Dialogue()
        try watch.idle()
        #expect(try watch.server("* 500 EXISTS") == [.send([.fetchLastUID], endingIdle: true)])
        let search = Command.uidSearch(from: "a@b.example", since: 1_700_000_000 - 86_400, among: .uids(from: 5))
        #expect(try watch.server("3 OK", "* 500 FETCH (UID 504)", "4 OK") == [.roundTrip, .send([search])])
        #expect(try watch.server("* SEARCH 77", "5 OK") == [.roundTrip, .send([Self.fetch(UIDSet(77))])])
        #expect(watch.state.memory.nextUID == 505)
    }

    /// A UIDNEXT that has gone back: more messages, and none of them new.
    @Test func announcedAndNotThere() throws {
        var watch = Dialogue()
        try watch.idle()
        _ = try watch.server("* 1 EXISTS", "3 OK")
        #expect(try watch.server("4 OK") == [.roundTrip, .send([Self.search])])
    }

    @Test func theWholeMessageWhereItIsWanted() throws {
        var watch = Dialogue()
        try watch.idle()
        _ = try watch.server("* 1 EXISTS", "3 OK", "* 1 FETCH (UID 5 FLAGS () MODSEQ (9) \(Self.body))", "4 OK")
        #expect(
            watch.happens(Self.judged(5, .whole)) == [.send([Self.fetch(UIDSet(5), bound: WatchState.wholeBound)])])
        let whole = FetchedMessage(
            flags: MessageFlags(uid: 5, flags: [], modSeq: 9), uidValidity: 1, internalDate: nil,
            bytes: Array("abc".utf8),
            isTruncated: false, isAllThereIs: true)
        #expect(
            try watch.server("* 1 FETCH (UID 5 FLAGS () MODSEQ (9) \(Self.body))", "5 OK") == [
                .roundTrip, .read([whole]),
            ])
    }

    /// By the bytes that came, whatever size the server tells.
    @Test(arguments: chosen(["RFC822.SIZE 19189", "RFC822.SIZE 1", ""])) func sizesAreNotBelieved(size: String) throws {
        var watch = Dialogue()
        try watch.idle()
        _ = try watch.server("* 1 EXISTS", "3 OK")
        let actions = try watch.server("* 1 FETCH (UID 5 \(size) FLAGS () MODSEQ (9) \(Self.body))", "4 OK")
        #expect(actions == [.roundTrip, .read([Self.message(5)])])
    }

    @Test func asManyBytesAsWereAskedForAreACut() throws {
        var watch = Dialogue()
        try watch.idle()
        _ = try watch.server("* 1 EXISTS", "3 OK")
        let body = "BODY[]<0> {32768}\n" + String(repeating: "a", count: 32_768)
        let actions = try watch.server("* 1 FETCH (UID 5 RFC822.SIZE 32768 FLAGS () MODSEQ (9) \(body))", "4 OK")
        guard case .read(let messages) = actions.last else { Issue.record("\(actions)"); return }
        #expect(messages[0].isTruncated)
    }

    @Test func oldMailIsNotRead() throws {
        var watch = Dialogue()
        try watch.idle()
        _ = try watch.server("* 1 EXISTS", "3 OK")
        let old = "* 1 FETCH (UID 5 FLAGS () MODSEQ (9) INTERNALDATE \"01-Nov-2023 00:00:00 +0000\" \(Self.body))"
        #expect(try watch.server(old, "4 OK") == [.roundTrip, .send([.idle])])
        #expect(!watch.state.memory.isNew(5))
    }

    // MARK: Asking

    @Test func idleIsRenewed() throws {
        var watch = Dialogue()
        try watch.idle()
        #expect(watch.wait(539) == [])
        #expect(watch.wait(1) == [.send([.noop, .idle], endingIdle: true)])
        #expect(try watch.server("3 OK", "4 OK") == [.roundTrip])
        // What does not answer is known to be dead.
        #expect(watch.state.deadline(watch.now) == watch.now.monotonic.advanced(by: .seconds(30)))
        #expect(watch.wait(30) == [.end(.timeout(during: .command(.idle)))])
    }

    @Test func whoWaitsHasTheServerAsked() throws {
        var watch = Dialogue()
        try watch.idle()
        _ = watch.happens(.awaited(until: watch.now.monotonic.advanced(by: .seconds(60))))
        let flight = WatchAction.send([.noop, Self.arrivals(from: 5), .idle], endingIdle: true)
        #expect(watch.wait(0.25) == [flight])
        _ = try watch.server("3 OK", "* 1 EXISTS", "4 OK")
        #expect(
            try watch.server("* 1 FETCH (UID 5 FLAGS () MODSEQ (9) \(Self.body))", "5 OK")
                == [.roundTrip, .read([Self.message(5)])])
        #expect(watch.happens(Self.judged(5, .none)) == [])
        #expect(try watch.server("+ idling") == [])
        // Nobody waits any longer: the pace is the old one.
        _ = watch.happens(.awaited(until: nil))
        #expect(watch.wait(0.25) == [])
    }

    @Test func withoutIdleItPolls() throws {
        var watch = Dialogue([])
        _ = watch.happens(.deadline)
        _ = try watch.server("1 OK")
        #expect(watch.happens(.deadline) == [])
        #expect(watch.wait(60) == [.send([.noop])])
    }

    @Test(arguments: chosen(["BAD Could not parse command", "NO x"])) func idleOfferedAndRefused(answer: String) throws
    {
        var watch = Dialogue()
        _ = watch.happens(.deadline)
        _ = try watch.server("1 OK")
        #expect(watch.happens(.deadline) == [.send([.idle])])
        #expect(try watch.server("2 \(answer)") == [])
        #expect(watch.state.arrival == .poll)
        #expect(watch.wait(60) == [.send([.noop])])
    }

    /// It would be asked for again without end.
    @Test func anIdleThatEndsAtOnce() throws {
        var watch = Dialogue()
        try watch.idle()
        #expect(try watch.server("3 OK") == [])
        #expect(watch.state.arrival == .poll)
    }

    @Test func anIdleThatTheServerEnds() throws {
        var watch = Dialogue()
        try watch.idle()
        _ = watch.wait(100)
        #expect(try watch.server("3 OK") == [.send([.idle])])
    }

    // MARK: What others do

    @Test func flagsThatWerePushed() throws {
        var watch = Dialogue(["IDLE", "NOTIFY"])
        try watch.idle()
        _ = try watch.server("* 1 EXISTS", "* 1 FETCH (UID 5 FLAGS () MODSEQ (9) \(Self.body))")
        _ = watch.happens(Self.judged(5, .keep))
        let changed = MessageFlags(uid: 5, flags: ["$C"], modSeq: 12)
        #expect(try watch.server("* 1 FETCH (UID 5 FLAGS ($C) MODSEQ (12))") == [.tell(.changed([changed]))])
        #expect(try watch.server("* 1 FETCH (UID 5 FLAGS ($C) MODSEQ (12))") == [])
        // A number without flags, flags without a UID: something changed, and what it was is asked for.
        let refresh = WatchAction.send([Self.flags(5)], endingIdle: true)
        #expect(try watch.server("* 1 FETCH (UID 5 MODSEQ (13))") == [refresh])
    }

    @Test func anExpungeIsLookedInto() throws {
        var watch = Dialogue(["IDLE", "NOTIFY"])
        try watch.idle()
        _ = try watch.server("* 1 EXISTS", "* 1 FETCH (UID 5 FLAGS () MODSEQ (9) \(Self.body))")
        _ = watch.happens(Self.judged(5, .keep))
        #expect(try watch.server("* 1 EXPUNGE") == [.send([Self.flags(5)], endingIdle: true)])
        #expect(try watch.server("4 OK", "5 OK") == [.roundTrip, .tell(.vanished([5])), .send([.idle])])
    }

    // MARK: Marks

    @Test func aMarkEndsTheIdle() throws {
        var watch = Dialogue()
        try watch.idle()
        let verify = Mark.verify(present: "$C", absent: [])
        #expect(
            watch.happens(.mark(4, .init(uidValidity: 1, uid: 9, mark: verify)))
                == [.send([Self.flags(9)], endingIdle: true)])
        // Two wait for it in their order.
        #expect(watch.happens(.mark(5, .init(uidValidity: 1, uid: 8, mark: verify))) == [])
        #expect(
            try watch.server("3 OK", "* 1 FETCH (UID 9 FLAGS ($C) MODSEQ (3))", "4 OK")
                == [.roundTrip, .answer(4, .done), .send([Self.flags(8)])])
    }

    @Test func aMarkOfAnotherUIDVALIDITY() throws {
        var watch = Dialogue()
        try watch.idle()
        #expect(
            watch.happens(.mark(1, .init(uidValidity: 2, uid: 9, mark: .release(keyword: "$C")))) == [.answer(1, .gone)]
        )
    }

    @Test func aReadOnlyMailboxTakesNone() throws {
        var watch = Dialogue { $0.isReadOnly = true }
        try watch.idle()
        #expect(
            watch.happens(.mark(1, .init(uidValidity: 1, uid: 9, mark: .release(keyword: "$C"))))
                == [.answer(1, .failed(.readOnly))])
    }

    @Test func aRefusedMarkLeavesTheSessionSound() throws {
        var watch = Dialogue()
        try watch.idle()
        _ = watch.happens(.mark(1, .init(uidValidity: 1, uid: 9, mark: .release(keyword: "$C"))))
        #expect(
            try watch.server("3 OK", "4 NO [NOPERM] x")
                == [.roundTrip, .answer(1, .failed(.refused(.uidStore, code: "NOPERM"))), .send([.idle])])
    }

    @Test func aMessageWithoutANumberIsNoExclusiveClaim() throws {
        var watch = Dialogue()
        try watch.idle()
        _ = try watch.server("* 1 EXISTS", "3 OK")
        let actions = try watch.server("* 1 FETCH (UID 5 FLAGS () MODSEQ (0) \(Self.body))", "4 OK")
        #expect(actions.contains(.tell(.claims(.marked))) && watch.state.claims == .marked)
    }

    // MARK: Ends

    @Test func refusals() throws {
        var watch = Dialogue()
        _ = watch.happens(.deadline)
        #expect(try watch.server("1 NO [SERVERBUG] x") == [.end(.refused(.uidSearch, code: "SERVERBUG"))])
        watch = Dialogue()
        try watch.idle()
        _ = try watch.server("* 1 EXISTS", "3 OK")
        #expect(try watch.server("4 NO x") == [.end(.refused(.uidFetch, code: nil))])
    }

    @Test func whatNoServerMaySay() throws {
        var watch = Dialogue()
        try watch.idle()
        #expect(try watch.server("+ again") == [.end(.breach(.unexpectedContinuation))])
        watch = Dialogue()
        try watch.idle()
        #expect(
            try watch.server("* BYE [UNAVAILABLE] x") == [.end(.closed(during: .command(.idle), code: "UNAVAILABLE"))])
    }
}
