import Testing
import Trials

@testable import IMAP

/// What a watch does, as dialogues: a server's lines go in, actions come out. No server, no clock.
struct WatchStateTests {
    private static let search = Command.uidSearch(from: "a@b.example", since: 1_700_000_000 - 86_400)
    private static let body = "BODY[]<0> {3}\nabc"

    private static func fetch(_ uids: UIDSet, bound: Int = WatchState.firstBound) -> Command {
        .uidFetch(uids, .message(bound: bound), numbersChanges: true)
    }

    private static func arrivals(from uid: UInt32) -> Command { fetch(UIDSet(from: uid, expectedCount: 16)) }
    private static func flags(_ uid: UInt32) -> Command { .uidFetch(UIDSet(uid), .flags, numbersChanges: true) }

    private static func message(
        _ uid: UInt32, _ flags: Set<String> = [], modSeq: UInt64 = 9, _ identity: MessageIdentity = .init(),
        isTooOld: Bool = false
    ) -> FetchedMessage {
        FetchedMessage(
            flags: MessageFlags(uid: uid, flags: flags, modSeq: modSeq), uidValidity: 1, identity: identity,
            bytes: Array("abc".utf8), isTruncated: false, isAllThereIs: false, isTooOld: isTooOld)
    }

    private static func judged(_ uid: UInt32, _ verdict: Judgement.Verdict) -> WatchEvent {
        .judged([Judgement(flags: MessageFlags(uid: uid, flags: [], modSeq: 9), identity: .init(), verdict: verdict)])
    }

    // MARK: Opening

    @Test func anEmptyMailboxIsOpenedAndIdledIn() throws {
        var watch = Dialogue()
        #expect(watch.happens(.deadline) == [.send([Self.search])])
        #expect(try watch.server("* SEARCH", "1 OK") == [.roundTrip, .tell(.searched), .tell(.watching)])
        #expect(watch.happens(.deadline) == [.send([.idle])])
        #expect(try watch.server("+ idling") == [])
        #expect(watch.state.arrival == .idle && watch.state.claims == .exclusive)
        #expect(watch.state.deadline(watch.now) == watch.now.monotonic.advanced(by: .seconds(8)))
    }

    @Test func whatIsFoundIsReadNewestFirst() throws {
        var watch = Dialogue(exists: 20, uidNext: 41)
        // The last few are fetched besides: a search need not know what came seconds ago.
        #expect(watch.happens(.deadline) == [.send([Self.search, Self.fetch(UIDSet(from: 33, expectedCount: 16))])])
        let found = "* SEARCH" + (1...20).map { " \($0)" }.joined()
        #expect(try watch.server(found, "1 OK") == [.roundTrip])
        let newest = try #require(UIDSet(Array(5...20)))
        #expect(try watch.server("2 OK") == [.roundTrip, .send([Self.fetch(newest)])])
        #expect(
            try watch.server("* 20 FETCH (UID 20 FLAGS () MODSEQ (9) \(Self.body))", "3 OK")
                == [.roundTrip, .read([Self.message(20)])])
        // Nothing is sent while the reader has it.
        let rest = try #require(UIDSet(Array(1...4)))
        #expect(watch.happens(Self.judged(20, .keep)) == [.send([Self.fetch(rest)])])
        #expect(try watch.server("4 OK") == [.roundTrip, .tell(.searched), .tell(.watching)])
    }

    @Test func whatTheSearchDoesNotKnowYet() throws {
        var watch = Dialogue(exists: 20, uidNext: 41)
        _ = watch.happens(.deadline)
        _ = try watch.server("* SEARCH", "1 OK")
        #expect(
            try watch.server("* 20 FETCH (UID 40 FLAGS () MODSEQ (9) \(Self.body))", "2 OK")
                == [.roundTrip, .read([Self.message(40)])])
        #expect(watch.happens(Self.judged(40, .keep)) == [.tell(.searched), .tell(.watching)])
    }

    /// Found and fetched at once it is read once.
    @Test func nothingIsReadTwice() throws {
        var watch = Dialogue(exists: 20, uidNext: 41)
        _ = watch.happens(.deadline)
        _ = try watch.server("* SEARCH 40", "1 OK", "* 20 FETCH (UID 40 FLAGS () MODSEQ (9) \(Self.body))", "2 OK")
        #expect(watch.happens(Self.judged(40, .keep)) == [.tell(.searched), .tell(.watching)])
    }

    @Test func afterAGapItBeginsWithWhatWasLastSeen() throws {
        var memory = MailboxMemory()
        memory.opened(uidValidity: 1, marks: .test)
        memory.passed(29)
        var watch = Dialogue(exists: 20, uidNext: 41, memory: memory)
        #expect(watch.happens(.deadline) == [.send([Self.search, Self.fetch(UIDSet(from: 30, expectedCount: 16))])])
    }

    private static let notify = Command.notify(bound: WatchState.firstBound, numbersChanges: true)
    private static let status = Command.status(.inbox)

    private static func step(_ among: SearchedSet, at seconds: Double = 0) -> Command {
        .uidSearch(from: "a@b.example", since: 1_700_000_000 + seconds - 86_400, among: among)
    }

    @Test func aLargeMailboxIsSearchedInSteps() throws {
        var watch = Dialogue(exists: 5000, uidNext: 9001)
        #expect(
            watch.happens(.deadline) == [
                .send([
                    Self.step(.messages(from: 4901)), .fetchDates(4901...4904),
                    Self.fetch(UIDSet(from: 8993, expectedCount: 16)),
                ])
            ])
        let newest = "* 4999 FETCH (UID 8999 FLAGS () MODSEQ (9) \(Self.body))"
        #expect(
            try watch.server("* SEARCH", "1 OK", "2 OK", newest, "3 OK") == [
                .roundTrip, .roundTrip, .roundTrip, .read([Self.message(8999)]),
            ])
        #expect(watch.happens(Self.judged(8999, .keep)) == [.tell(.watching)])
        // Four times as far each time, while it is quick.
        #expect(watch.happens(.deadline) == [.send([Self.step(.range(4501...4900)), .fetchDates(4501...4504)])])
        // A mark is made between two steps.
        _ = watch.happens(.mark(1, .init(uidValidity: 1, uid: 8999, mark: .verify)))
        #expect(try watch.server("4 OK", "5 OK") == [.roundTrip, .roundTrip, .send([Self.flags(8999)])])
        #expect(
            try watch.server("6 OK")
                == [.roundTrip, .answer(1, .gone), .send([Self.step(.range(2901...4500)), .fetchDates(2901...2904)])])
        // A message that goes has the others numbered anew.
        #expect(
            try watch.server("* 7 EXPUNGE", "7 OK", "8 OK") == [
                .roundTrip, .roundTrip, .send([Self.flags(8999)]),
            ])
        let known = "* 4998 FETCH (UID 8999 FLAGS () MODSEQ (9))"
        #expect(try watch.server(known, "9 OK") == [.roundTrip, .send([Self.step(.range(1...2899))])])
        #expect(try watch.server("10 OK") == [.roundTrip, .tell(.searched), .send([.idle])])
    }

    @Test func aSlowStepIsFollowedByAShorterOne() throws {
        var watch = Dialogue(exists: 50_000, uidNext: 90_001)
        _ = watch.happens(.deadline)
        _ = try watch.server("1 OK", "2 OK", "3 OK")
        #expect(
            watch.happens(.deadline) == [.send([Self.step(.range(49_501...49_900)), .fetchDates(49_501...49_504)])])
        watch.pass(1)
        #expect(
            try watch.server("4 OK", "5 OK").last
                == .send([Self.step(.range(49_301...49_500)), .fetchDates(49_301...49_304)]))
    }

    private static func dated(_ numbers: ClosedRange<UInt32>, _ date: String) -> [String] {
        numbers.map { "* \($0) FETCH (UID \($0) INTERNALDATE \"\(date) 00:00:00 +0000\")" }
    }

    /// Some that are old may have been moved there; when all at the end of two steps are, so is what lies before them.
    @Test func theSearchEndsWhereTheMessagesAreOld() throws {
        var watch = Dialogue(exists: 5000, uidNext: 9001)
        _ = watch.happens(.deadline)
        _ = try watch.server(["1 OK"] + Self.dated(4901...4904, "01-Nov-2023"))
        #expect(try watch.server("2 OK", "3 OK") == [.roundTrip, .roundTrip, .tell(.watching)])
        #expect(watch.happens(.deadline) == [.send([Self.step(.range(4501...4900)), .fetchDates(4501...4504)])])
        #expect(
            try watch.server(["4 OK"] + Self.dated(4501...4504, "01-Nov-2023") + ["5 OK"])
                == [.roundTrip, .roundTrip, .tell(.searched), .send([.idle])])
    }

    @Test func manyOldOnesThatWereMovedHereHideNothing() throws {
        var watch = Dialogue(exists: 5000, uidNext: 9001)
        _ = watch.happens(.deadline)
        _ = try watch.server(["1 OK"] + Self.dated(4901...4904, "01-Nov-2023") + ["2 OK", "3 OK"])
        _ = watch.happens(.deadline)
        let next = Command.fetchDates(2901...2904)
        #expect(
            try watch.server(["4 OK"] + Self.dated(4501...4504, "14-Nov-2023") + ["5 OK"]).last
                == .send([Self.step(.range(2901...4500)), next]))
        #expect(
            try watch.server(["6 OK"] + Self.dated(2901...2904, "01-Nov-2023") + ["7 OK"]).last
                == .send([Self.step(.range(1...2900))]))
    }

    /// Dovecot works on the commands of one flight side by side: what a FETCH has found comes before the SEARCH in front of it has ended.
    @Test func answersThatComeBeforeTheirTurn() throws {
        var watch = Dialogue(exists: 5000, uidNext: 9001)
        _ = watch.happens(.deadline)
        let old = (4901...4904).map { "* \($0) FETCH (UID \($0) INTERNALDATE \"01-Nov-2023 00:00:00 +0000\")" }
        #expect(try watch.server(old[0], old[1], old[2], old[3]) == [])
        #expect(try watch.server("* 5000 FETCH (UID 9000 FLAGS () MODSEQ (9) \(Self.body))", "* SEARCH 9000") == [])
        #expect(try watch.server("1 OK") == [.roundTrip])
        #expect(try watch.server("2 OK") == [.roundTrip])
        // It is read once, and fetched no second time.
        #expect(try watch.server("3 OK") == [.roundTrip, .read([Self.message(9000)])])
        #expect(watch.happens(Self.judged(9000, .keep)) == [.tell(.watching)])
        #expect(watch.happens(.deadline) == [.send([Self.step(.range(4501...4900)), .fetchDates(4501...4504)])])
    }

    /// What another client does meanwhile is no answer to the question for dates.
    @Test func aFlagThatIsToldAmongDates() throws {
        var memory = MailboxMemory()
        memory.opened(uidValidity: 1, marks: MarkScheme(.test, permanentFlags: nil))
        memory.keep(MessageFlags(uid: 4950, flags: [], modSeq: 5), until: 1_800_000_000)
        var watch = Dialogue(exists: 5000, uidNext: 9001, memory: memory)
        _ = watch.happens(.deadline)
        _ = try watch.server("* 4950 FETCH (UID 4950 FLAGS () MODSEQ (5))", "1 OK")
        let told = "* 4950 FETCH (UID 4950 FLAGS (\(MarkNames.test.claimed)) MODSEQ (8))"
        #expect(try watch.server(told) == [.tell(.changed([MarkedMessage(uid: 4950, mark: .claimed)]))])
    }

    @Test func withNotifyItAsksForPushes() throws {
        var watch = Dialogue(["IDLE", "NOTIFY"])
        _ = watch.happens(.deadline)
        #expect(try watch.server("1 OK") == [.roundTrip, .tell(.searched), .send([Self.notify])])
        #expect(try watch.server("2 OK") == [.tell(.watching)])
        #expect(watch.state.arrival == .notify)
    }

    @Test func notifyRefusedIsIdle() throws {
        var watch = Dialogue(["IDLE", "NOTIFY"])
        _ = watch.happens(.deadline)
        _ = try watch.server("1 OK")
        #expect(try watch.server("2 BAD x") == [.tell(.watching)])
        #expect(watch.state.arrival == .idle)
    }

    @Test func withoutUIDNEXTTheLastIsAskedFor() throws {
        var watch = Dialogue(exists: 3, uidNext: nil)
        #expect(watch.happens(.deadline) == [.send([.fetchLastUID])])
        let few = Self.fetch(UIDSet(from: 2, expectedCount: 16))
        #expect(try watch.server("* 3 FETCH (UID 9)", "1 OK") == [.roundTrip, .send([Self.search, few])])
        #expect(watch.state.memory.nextUID == 10)
    }

    @Test func whatChangedWhileNobodyLooked() throws {
        var memory = MailboxMemory()
        memory.opened(uidValidity: 1, marks: .test)
        for uid: UInt32 in [2, 3, 4] { memory.keep(MessageFlags(uid: uid, flags: [], modSeq: 5), until: 1_800_000_000) }
        var watch = Dialogue(exists: 2, memory: memory)
        #expect(
            watch.happens(.deadline) == [.send([.uidFetch(UIDSet(Array(2...4))!, .identity, numbersChanges: true)])])
        #expect(
            try watch.server(
                "* 1 FETCH (UID 2 FLAGS ($C) MODSEQ (8))", "* 2 FETCH (UID 3 FLAGS (a\u{1}) MODSEQ (5))", "1 OK")
                == [
                    .roundTrip, .tell(.changed([MarkedMessage(uid: 2, mark: .claimed)])),
                    .tell(.vanished([4])),
                    .send([Self.search, Self.fetch(UIDSet(from: 1, expectedCount: 16))]),
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
        #expect(
            watch.happens(.mark(1, .init(uidValidity: 1, uid: 5, mark: .claim)))
                == [.send([.uidStore(5, unchangedSince: 9, add: true, "$C")])])
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
        #expect(
            try watch.server("3 OK", "* 500 FETCH (UID 504)", "4 OK") == [
                .roundTrip, .send([Self.step(.uids(from: 5))]),
            ])
        #expect(try watch.server("* SEARCH 77", "5 OK") == [.roundTrip, .send([Self.fetch(UIDSet(77))])])
        #expect(watch.state.memory.nextUID == 505)
    }

    /// A UIDNEXT that has gone back: more messages, and none of them new.
    @Test func announcedAndNotThere() throws {
        var watch = Dialogue()
        try watch.idle()
        _ = try watch.server("* 1 EXISTS", "3 OK")
        #expect(try watch.server("4 OK") == [.roundTrip, .send([Self.search])])
        // Not shown yet: it is looked for until it is there.
        #expect(try watch.server("5 OK") == [.roundTrip, .send([.idle])])
        _ = try watch.server("+ idling")
        #expect(watch.state.deadline(watch.now) == watch.now.monotonic.advanced(by: .seconds(1)))
        #expect(watch.wait(1) == [.send([Self.search, Self.arrivals(from: 5)], endingIdle: true)])
        #expect(
            try watch.server("6 OK", "7 OK", "* 1 FETCH (UID 5 FLAGS () MODSEQ (9) \(Self.body))", "8 OK")
                == [.roundTrip, .roundTrip, .read([Self.message(5)])])
        _ = watch.happens(Self.judged(5, .none))
        _ = try watch.server("+ idling")
        #expect(watch.wait(3) == [])
    }

    /// A search is repeated soon after the opening.
    @Test func itIsSearchedAgain() throws {
        var watch = Dialogue()
        try watch.idle()
        #expect(watch.wait(7.9) == [])
        #expect(watch.wait(0.1) == [.send([Self.step(.all, at: 8), Self.arrivals(from: 5)], endingIdle: true)])
        #expect(
            try watch.server("3 OK", "* SEARCH 4", "4 OK", "5 OK") == [
                .roundTrip, .roundTrip, .send([Self.fetch(UIDSet(4))]),
            ])
    }

    @Test func theWholeMessageWhereItIsWanted() throws {
        var watch = Dialogue()
        try watch.idle()
        _ = try watch.server("* 1 EXISTS", "3 OK", "* 1 FETCH (UID 5 FLAGS () MODSEQ (9) \(Self.body))", "4 OK")
        #expect(
            watch.happens(Self.judged(5, .whole)) == [.send([Self.fetch(UIDSet(5), bound: WatchState.wholeBound)])])
        let whole = FetchedMessage(
            flags: MessageFlags(uid: 5, flags: [], modSeq: 9), uidValidity: 1, identity: .init(),
            bytes: Array("abc".utf8),
            isTruncated: false, isAllThereIs: true, isTooOld: false)
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
        guard case .read(let messages) = actions.last else { Issue.record("\(actions)"); return }
        #expect(!messages[0].isTruncated && messages[0].bytes == Array("abc".utf8))
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

    // MARK: Asking

    /// Past the searches behind the opening.
    private func settled(_ watch: inout Dialogue) throws {
        for pause in [8.0, 32] {
            _ = watch.wait(pause)
            _ = try watch.server("3 OK", "4 OK", "5 OK", "+ idling")
        }
    }

    @Test func idleIsRenewedAndTheMailboxProvesItself() throws {
        var watch = Dialogue()
        try watch.idle()
        try settled(&watch)
        #expect(watch.wait(499) == [])
        #expect(watch.wait(1) == [.send([Self.status, .noop, .idle], endingIdle: true)])
        #expect(try watch.server("7 OK") == [])
        #expect(try watch.server("* STATUS INBOX (MESSAGES 0 UIDNEXT 5 UIDVALIDITY 1)", "8 OK") == [.roundTrip])
        // A NOOP's OK proves nothing.
        #expect(try watch.server("9 OK") == [])
        // What does not answer is known to be dead.
        #expect(watch.state.deadline(watch.now) == watch.now.monotonic.advanced(by: .seconds(30)))
        #expect(watch.wait(30) == [.end(.timeout(during: .command(.idle)))])
    }

    @Test(arguments: chosen(["* STATUS INBOX (UIDVALIDITY 2)|8 OK", "8 NO [NONEXISTENT] x", "8 NO x"]))
    func aMailboxThatWasReplaced(answer: String) throws {
        var watch = Dialogue()
        try watch.idle()
        try settled(&watch)
        _ = watch.wait(500)
        _ = try watch.server("7 OK")
        var actions: [WatchAction] = []
        for line in answer.split(separator: "|") { actions += try watch.server(String(line)) }
        #expect(actions.last == .end(.mailboxReplaced(name: "INBOX")))
    }

    /// As RFC 3501 lets a server do: it is asked in another way from then on.
    @Test func statusRefused() throws {
        var watch = Dialogue()
        try watch.idle()
        try settled(&watch)
        _ = watch.wait(500)
        #expect(try watch.server("7 OK", "8 BAD x", "9 OK", "+ idling") == [])
        #expect(watch.wait(540) == [.send([Self.flags(4), .noop, .idle], endingIdle: true)])
        #expect(try watch.server("10 OK", "11 NO x") == [.end(.mailboxReplaced(name: "INBOX"))])
    }

    /// More is there than anybody has told: NOTIFY or IDLE is deaf.
    @Test func whatNobodyHasTold() throws {
        var watch = Dialogue()
        try watch.idle()
        try settled(&watch)
        _ = watch.wait(500)
        _ = try watch.server("7 OK", "* STATUS \"INBOX\" (UIDNEXT 6 UIDVALIDITY 1)", "8 OK", "9 OK", "+ idling")
        #expect(watch.wait(1) == [.send([Self.step(.all, at: 541), Self.arrivals(from: 5)], endingIdle: true)])
    }

    /// Refused, and the mailbox could be opened again: STATUS says nothing here.
    @Test func statusRefusedForNoReason() throws {
        var watch = Dialogue()
        try watch.idle()
        try settled(&watch)
        _ = watch.wait(500)
        _ = try watch.server("7 OK")
        #expect(try watch.server("8 NO x").last == .end(.mailboxReplaced(name: "INBOX")))
        #expect(!Dialogue(memory: watch.state.memory).state.hasStatus)
    }

    /// The first of what came in one write was answered, and not the rest: from then on each command waits for its turn.
    @Test func oneCommandAtATime() throws {
        var watch = Dialogue()
        try watch.idle()
        try settled(&watch)
        _ = watch.wait(500)
        _ = try watch.server("7 OK", "8 OK")
        let timeout = IMAPError.timeout(during: .command(.noop))
        #expect(watch.wait(30) == [.end(timeout)])
        watch.state.sessionEnded(timeout, at: watch.now)
        watch = Dialogue(memory: watch.state.memory)
        try watch.idle()
        try settled(&watch)
        #expect(watch.wait(500) == [.send([], endingIdle: true)])
        #expect(try watch.server("7 OK") == [.send([Self.status])])
        #expect(try watch.server("8 OK") == [.roundTrip, .send([.noop])])
        #expect(try watch.server("9 OK") == [.send([.idle])])
        #expect(watch.state.arrival == .idle)
    }

    /// A dead link answers nothing.
    @Test func aDeadLinkIsNoReasonForIt() throws {
        var watch = Dialogue()
        try watch.idle()
        try settled(&watch)
        _ = watch.wait(500)
        guard case .end(let error) = watch.wait(30).last else { return #expect(Bool(false)) }
        watch.state.sessionEnded(error, at: watch.now)
        #expect(!watch.state.memory.turns.areTaken)
    }

    @Test func whoWaitsHasTheMailboxProvedEveryHalfMinute() throws {
        var watch = Dialogue()
        watch.state.pace = Pace(poll: .seconds(60), eagerPoll: .zero, canIdle: true, since: watch.now.monotonic)
        try watch.idle()
        try settled(&watch)
        let proof = WatchAction.send([Self.status, .noop, Self.arrivals(from: 5), .idle], endingIdle: true)
        #expect(watch.happens(.awaited(until: watch.now.monotonic.advanced(by: .seconds(600)))) == [proof])
        _ = try watch.server("7 OK", "8 OK", "9 OK", "10 OK", "+ idling")
        #expect(watch.wait(29) == [])
        #expect(watch.wait(1) == [proof])
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
        _ = watch.wait(8)
        _ = try watch.server("2 OK", "3 OK")
        _ = watch.wait(32)
        _ = try watch.server("4 OK", "5 OK")
        #expect(watch.wait(19) == [])
        #expect(watch.wait(1) == [.send([Self.status, .noop])])
    }

    @Test(arguments: chosen(["BAD Could not parse command", "NO x"])) func idleOfferedAndRefused(answer: String) throws
    {
        var watch = Dialogue()
        _ = watch.happens(.deadline)
        _ = try watch.server("1 OK")
        #expect(watch.happens(.deadline) == [.send([.idle])])
        #expect(try watch.server("2 \(answer)") == [.tell(.arrival(.poll))])
        #expect(watch.state.arrival == .poll)
        #expect(watch.wait(8) == [.send([Self.step(.all, at: 8), Self.arrivals(from: 5)])])
    }

    /// It would be asked for again without end.
    @Test func anIdleThatEndsAtOnce() throws {
        var watch = Dialogue()
        try watch.idle()
        #expect(try watch.server("3 OK") == [.tell(.arrival(.poll))])
        #expect(watch.state.arrival == .poll)
    }

    @Test func anIdleThatTheServerEnds() throws {
        var watch = Dialogue()
        try watch.idle()
        try settled(&watch)
        _ = watch.wait(100)
        #expect(try watch.server("7 OK") == [.send([.idle])])
        // That is no question: the next one is due as it was.
        _ = try watch.server("+ idling")
        #expect(watch.wait(400) == [.send([Self.status, .noop, .idle], endingIdle: true)])
    }

    // MARK: The pace

    /// Somebody begins to wait, and the server has been asked once.
    private func eager(_ watch: inout Dialogue) throws {
        try settled(&watch)
        let actions = watch.happens(.awaited(until: watch.now.monotonic.advanced(by: .seconds(600))))
        #expect(actions == [.send([Self.status, .noop, Self.arrivals(from: 5), .idle], endingIdle: true)])
        _ = try watch.server("7 OK", "8 OK", "9 OK", "10 OK", "+ idling")
    }

    /// What is pushed before a question is asked need not be asked for.
    @Test func aPromptServerIsNotAsked() throws {
        var watch = Dialogue()
        try watch.idle()
        try eager(&watch)
        watch.pass(0.1)
        _ = try watch.server("* 1 EXISTS", "7 OK", "* 1 FETCH (UID 5 FLAGS () MODSEQ (9) \(Self.body))", "8 OK")
        _ = watch.happens(Self.judged(5, .none))
        _ = try watch.server("+ idling")
        #expect(watch.state.memory.pushes.kind == .prompt)
        #expect(watch.wait(20) == [])
        #expect(watch.wait(10) == [.send([Self.status, .noop, Self.arrivals(from: 6), .idle], endingIdle: true)])
    }

    @Test func aLateOneIsAskedForAMinute() throws {
        var watch = Dialogue()
        try watch.idle()
        try eager(&watch)
        #expect(watch.wait(0.25) == [.send([.noop, Self.arrivals(from: 5), .idle], endingIdle: true)])
        _ = try watch.server("7 OK", "* 1 EXISTS", "8 OK", "* 1 FETCH (UID 5 FLAGS () MODSEQ (9) \(Self.body))", "9 OK")
        _ = watch.happens(Self.judged(5, .none))
        _ = try watch.server("+ idling")
        #expect(watch.state.memory.pushes.kind == .late)
        #expect(watch.state.deadline(watch.now) == watch.now.monotonic.advanced(by: .milliseconds(250)))
        watch.pass(60)
        #expect(watch.state.deadline(watch.now) < watch.now.monotonic)
    }

    // MARK: What cannot be had

    @Test func aRefusedFetchIsDivided() throws {
        var watch = Dialogue(exists: 20, uidNext: 41)
        _ = watch.happens(.deadline)
        _ = try watch.server("* SEARCH 11 12 13 14", "1 OK")
        func half(_ uids: UInt32...) -> WatchAction { .send(UIDSet(uids).map { [Self.fetch($0)] } ?? []) }
        #expect(try watch.server("2 OK") == [.roundTrip, half(11, 12, 13, 14)])
        // The mailbox is watched first: they are in nobody's way.
        #expect(try watch.server("3 NO [UNAVAILABLE] UID FETCH Server error") == [.tell(.watching)])
        #expect(watch.happens(.deadline) == [half(13, 14)])
        #expect(
            try watch.server("* 13 FETCH (UID 13 FLAGS () MODSEQ (9) \(Self.body))", "4 NO x")
                == [.read([Self.message(13)])])
        #expect(watch.happens(Self.judged(13, .keep)) == [half(11, 12)])
        #expect(
            try watch.server("* 11 FETCH (UID 11 FLAGS () MODSEQ (9) \(Self.body))", "5 OK").last
                == .read([Self.message(11)]))
        #expect(watch.happens(Self.judged(11, .keep)) == [.send([.idle])])
        _ = try watch.server("+ idling")
        // Once more a moment later: a server may be out of sorts.
        #expect(watch.wait(2) == [.send([Self.fetch(UIDSet(14))], endingIdle: true)])
        #expect(try watch.server("6 OK", "7 NO x") == [.tell(.unfetchable([14])), .tell(.searched), .send([.idle])])
        #expect(!watch.state.memory.isNew(14))
        _ = try watch.server("+ idling")
        // And now and then.
        #expect(watch.wait(30) == [.send([Self.fetch(UIDSet(14))], endingIdle: true)])
    }

    @Test func arrivalsThatAreRefused() throws {
        var watch = Dialogue()
        try watch.idle()
        _ = try watch.server("* 2 EXISTS", "3 OK")
        #expect(
            try watch.server("4 NO [SERVERBUG] x") == [
                .tell(.refused(.refused(.uidFetch, code: "SERVERBUG"))), .send([.fetchLastUID]),
            ])
        #expect(try watch.server("* 2 FETCH (UID 6)", "5 OK") == [.roundTrip, .send([Self.step(.uids(from: 5))])])
        // Only the sender's is asked for.
        #expect(try watch.server("* SEARCH 6", "6 OK") == [.roundTrip, .send([Self.fetch(UIDSet(6))])])
    }

    @Test func theNextSessionDivides() throws {
        var watch = Dialogue(exists: 20, uidNext: 41)
        _ = watch.happens(.deadline)
        _ = try watch.server("* SEARCH 11 12", "1 OK", "2 OK")
        watch.state.sessionEnded(.closed(during: .waiting, code: nil), at: watch.now)
        var memory = watch.state.memory
        let reconnects = memory.division.takesReconnect()
        #expect(reconnects)
        watch = Dialogue(exists: 20, uidNext: 41, memory: memory)
        _ = watch.happens(.deadline)
        #expect(try watch.server("* SEARCH 11 12", "1 OK", "2 OK").last == .tell(.watching))
        #expect(watch.happens(.deadline) == [.send([Self.fetch(UIDSet(12))])])
    }

    /// One of the last few ends the session: the next one does without them, and divides what a search finds.
    @Test func aGapThatEndsTheSession() throws {
        var watch = Dialogue(exists: 20, uidNext: 41)
        _ = watch.happens(.deadline)
        _ = try watch.server("* SEARCH 40", "1 OK")
        watch.state.sessionEnded(.closed(during: .waiting, code: nil), at: watch.now)
        watch = Dialogue(exists: 20, uidNext: 41, memory: watch.state.memory)
        #expect(watch.happens(.deadline) == [.send([Self.search])])
        #expect(try watch.server("* SEARCH 40", "1 OK").last == .send([Self.fetch(UIDSet(40))]))
    }

    @Test func notificationOverflow() throws {
        var watch = Dialogue(["IDLE", "NOTIFY"])
        try watch.idle()
        #expect(
            try watch.server("* OK [NOTIFICATIONOVERFLOW] x")
                == [.tell(.arrival(.idle)), .send([Self.search], endingIdle: true)])
        #expect(watch.state.arrival == .idle)
        #expect(try watch.server("4 OK", "5 OK") == [.roundTrip, .tell(.watching)])
    }

    /// What was too old by a clock that was days ahead is looked at again.
    @Test func theClockWasSet() throws {
        var watch = Dialogue()
        try watch.idle()
        _ = try watch.server("* 1 EXISTS", "3 OK")
        let mail = "* 1 FETCH (UID 5 FLAGS () MODSEQ (9) INTERNALDATE \"11-Nov-2023 22:13:20 +0000\" \(Self.body))"
        _ = try watch.server(mail, "4 OK")
        _ = watch.happens(Self.judged(5, .keep))
        _ = try watch.server("+ idling")
        #expect(!watch.state.memory.isNew(5))
        watch.set(-3 * 86_400)
        #expect(watch.wait(1) == [.send([Self.step(.all, at: 1 - 3 * 86_400)], endingIdle: true)])
        #expect(watch.state.memory.isNew(5))
    }

    /// What is too old when it is first seen is read once, and told; it is not watched.
    @Test func whatIsTooOldIsToldOnce() throws {
        var watch = Dialogue()
        try watch.idle()
        _ = try watch.server("* 1 EXISTS", "3 OK")
        let fetched = "* 1 FETCH (UID 5 FLAGS () MODSEQ (9) INTERNALDATE \"11-Nov-2023 22:13:20 +0000\" \(Self.body))"
        let old = Self.message(5, [], modSeq: 9, .init(internalDate: 1_699_740_800), isTooOld: true)
        #expect(try watch.server(fetched, "4 OK").contains(.read([old])))
        _ = watch.happens(.judged([Judgement(flags: old.flags, identity: old.identity, verdict: .keep)]))
        #expect(watch.state.memory.kept.isEmpty && !watch.state.memory.isNew(5))
    }

    // MARK: What others do

    @Test func flagsThatWerePushed() throws {
        var watch = Dialogue(["IDLE", "NOTIFY"])
        try watch.idle()
        _ = try watch.server("* 1 EXISTS", "* 1 FETCH (UID 5 FLAGS () MODSEQ (9) \(Self.body))")
        _ = watch.happens(Self.judged(5, .keep))
        let changed = MarkedMessage(uid: 5, mark: .claimed)
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

    /// What is pushed while it is looked into was not asked about.
    @Test func whatComesMeanwhileIsNotGone() throws {
        var watch = Dialogue(["IDLE", "NOTIFY"])
        try watch.idle()
        _ = try watch.server("* 1 EXISTS", "* 1 FETCH (UID 5 FLAGS () MODSEQ (9) \(Self.body))")
        _ = watch.happens(Self.judged(5, .keep))
        _ = try watch.server("* 1 EXPUNGE", "4 OK", "* 1 EXISTS")
        #expect(try watch.server("* 1 FETCH (UID 6 FLAGS () MODSEQ (9) \(Self.body))") == [.read([Self.message(6)])])
        _ = watch.happens(Self.judged(6, .keep))
        #expect(try watch.server("5 OK") == [.roundTrip, .tell(.vanished([5])), .send([.idle])])
        #expect(watch.state.memory.kept[6] != nil)
    }

    // MARK: Ends

    @Test func whatCameInPiecesIsOneMessage() throws {
        var watch = Dialogue()
        try watch.idle()
        _ = try watch.server("* 1 EXISTS", "3 OK")
        #expect(
            try watch.server("* 1 FETCH (UID 5 FLAGS () MODSEQ (9))", "* 1 FETCH (\(Self.body))", "4 OK")
                == [.roundTrip, .read([Self.message(5)])])
    }

    @Test func refusals() throws {
        var watch = Dialogue(exists: 1, uidNext: 2)
        _ = watch.happens(.deadline)
        #expect(try watch.server("1 NO [SERVERBUG] x") == [.end(.refused(.uidSearch, code: "SERVERBUG"))])
        // In an empty mailbox it may be refused for that.
        watch = Dialogue()
        _ = watch.happens(.deadline)
        #expect(try watch.server("1 NO x").contains(.tell(.watching)))
    }

    /// Some say it again and again, to keep the connection alive; others before what was asked first has ended.
    @Test func continuationsThatNobodyWaitsFor() throws {
        var watch = Dialogue()
        try watch.idle()
        #expect(try watch.server("+ again", "+") == [])
        #expect(watch.state.isIdling)
        try settled(&watch)
        _ = watch.wait(500)
        #expect(try watch.server("7 OK", "+ idling") == [])
        #expect(!watch.state.isIdling)
        _ = try watch.server("8 OK", "9 OK")
        #expect(watch.state.isIdling)
    }

    @Test func whatNoServerMaySay() throws {
        var watch = Dialogue()
        try watch.idle()
        #expect(
            try watch.server("* BYE [UNAVAILABLE] x") == [.end(.closed(during: .waiting, code: "UNAVAILABLE"))])
    }
}
