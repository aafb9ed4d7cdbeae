import Testing

@testable import IMAP

/// A server that is asked too much is left alone in its session, as dialogues.
struct ThrottlingTests {
    private static let search = Command.uidSearch(from: "a@b.example", since: 1_700_000_000 - 86_400)
    private static let arrivals = Command.uidFetch(
        UIDSet(from: 5, expectedCount: 16), .message(bound: WatchState.firstBound), numbersChanges: true)
    private static let exchange = "BAD Request is throttled. Suggested Backoff Time: 1500 milliseconds"

    private func throttled(
        _ seconds: Double, says backOff: Duration? = nil, isNews: Bool = true
    ) -> WatchAction {
        .tell(.throttled(.throttled(backOff: backOff), for: .seconds(seconds), isNews: isNews))
    }
    private func mark(_ number: Int, _ mark: Mark, _ uid: UInt32 = 5) -> WatchEvent {
        .mark(number, .init(uidValidity: 1, uid: uid, mark: mark))
    }

    /// One in which the message 4 is known, idling.
    private func watching() throws -> Dialogue {
        var memory = MailboxMemory()
        memory.opened(uidValidity: 1, marks: .test)
        memory.keep(MessageFlags(uid: 4, flags: [], modSeq: 9), until: 1_800_000_000)
        memory.passed(4)
        var watch = Dialogue(memory: memory)
        _ = watch.happens(.deadline)
        _ = try watch.server("* 1 FETCH (UID 4 FLAGS () MODSEQ (9))", "1 OK", "2 OK")
        _ = watch.happens(.deadline)
        _ = try watch.server("+ idling")
        #expect(watch.state.isWatching && watch.state.isIdling)
        return watch
    }

    @Test func theCommandIsSentAgainAsSoonAsTheServerSays() throws {
        var watch = Dialogue()
        _ = watch.happens(.deadline)
        let backOff = Duration.milliseconds(1500)
        #expect(try watch.server("1 " + Self.exchange) == [throttled(1.5, says: backOff), .send([.idle])])
        #expect(try watch.server("+ idling") == [])
        #expect(watch.state.deadline(watch.now) == watch.now.monotonic.advanced(by: backOff))
        #expect(watch.wait(1.25) == [])
        #expect(watch.wait(0.25) == [.tell(.throttlingEnded), .send([Self.search], endingIdle: true)])
        #expect(
            try watch.server("2 OK", "* SEARCH", "3 OK") == [.roundTrip, .tell(.searched), .tell(.watching)])
    }

    /// What of a flight was refused, and not what was answered.
    @Test func whatWasAnsweredIsNotAskedForAgain() throws {
        var watch = Dialogue(["IDLE"], exists: 20, uidNext: 41)
        _ = watch.happens(.deadline)
        let gap = Command.uidFetch(
            UIDSet(from: 33, expectedCount: 16), .message(bound: WatchState.firstBound), numbersChanges: true)
        #expect(try watch.server("* SEARCH", "1 OK") == [.roundTrip])
        #expect(try watch.server("2 NO [LIMIT] x") == [throttled(30), .send([.idle])])
        _ = try watch.server("+ idling")
        #expect(watch.wait(30) == [.tell(.throttlingEnded), .send([gap], endingIdle: true)])
        #expect(try watch.server("3 OK", "4 OK") == [.roundTrip, .tell(.searched), .tell(.watching)])
    }

    /// Twice as long each time, where the server does not say for how long.
    @Test func itIsLeftAloneForLonger() throws {
        var watch = Dialogue([])
        _ = watch.happens(.deadline)
        for (number, pause) in [30.0, 60, 120, 240, 300, 300].enumerated() {
            #expect(try watch.server("1 NO [THROTTLED] x") == [throttled(pause, isNews: number == 0)])
            #expect(watch.wait(pause - 1) == [])
            #expect(watch.wait(1) == [.tell(.throttlingEnded), .send([Self.search])])
        }
        _ = try watch.server("* SEARCH", "1 OK")
        _ = watch.wait(600)
        // That was another one.
        #expect(try watch.server("2 NO [LIMIT] x").first == throttled(30))
    }

    /// A waiting claim or not: the question comes when the server is to be asked again.
    @Test func nothingIsAskedMeanwhile() throws {
        var watch = try watching()
        _ = watch.happens(.awaited(until: watch.now.monotonic.advanced(by: .seconds(300))))
        #expect(watch.wait(0.25) == [.send([.noop, Self.arrivals, .idle], endingIdle: true)])
        #expect(try watch.server("3 OK", "4 NO [THROTTLED] x") == [throttled(30)])
        #expect(try watch.server("5 NO [THROTTLED] x") == [throttled(30, isNews: false)])
        #expect(try watch.server("+ idling") == [])
        for _ in 0..<119 { #expect(watch.wait(0.25) == []) }
        #expect(watch.wait(0.25) == [.tell(.throttlingEnded)])
        // A mark would come first.
        #expect(watch.wait(0.02) != [])
    }

    @Test func newMailIsNotFetchedMeanwhile() throws {
        var watch = try watching()
        #expect(try watch.server("* 1 EXISTS") == [.send([Self.arrivals], endingIdle: true)])
        #expect(try watch.server("3 OK", "4 " + Self.exchange).count == 2)
        #expect(try watch.server("+ idling", "* 2 EXISTS") == [])
        // No message of it is to blame.
        #expect(watch.wait(1.5) == [.tell(.throttlingEnded)])
        #expect(watch.wait(0.02) == [.send([Self.arrivals], endingIdle: true)])
        #expect(watch.state.memory.division == FetchDivision())
    }

    /// Whoever asked asks again; and the session stays.
    @Test func marksAreAnswered() throws {
        var watch = try watching()
        let error = IMAPError.throttled(backOff: .milliseconds(1500))
        _ = watch.happens(mark(1, .claim, 4))
        #expect(
            try watch.server("3 OK", "4 " + Self.exchange) == [
                .roundTrip, .answer(1, .unavailable(error)), throttled(1.5, says: .milliseconds(1500)), .send([.idle]),
            ])
        _ = try watch.server("+ idling")
        #expect(watch.happens(mark(2, .claim, 4)) == [.answer(2, .unavailable(error))])
        #expect(watch.wait(1.5) == [.tell(.throttlingEnded)])
        #expect(
            watch.happens(mark(3, .claim, 4))
                == [.send([.uidStore(4, unchangedSince: 9, add: true, "$C")], endingIdle: true)])
    }

    @Test func anIdleMayBeRefusedToo() throws {
        var watch = Dialogue()
        _ = watch.happens(.deadline)
        _ = try watch.server("* SEARCH", "1 OK")
        _ = watch.happens(.deadline)
        #expect(try watch.server("2 " + Self.exchange) == [throttled(1.5, says: .milliseconds(1500))])
        #expect(watch.wait(1.5) == [.tell(.throttlingEnded), .send([.idle])])
        #expect(watch.state.arrival == .idle)
    }

    /// It has no code, and says no time. Of a FETCH of mails it may mean one of them.
    @Test func aServerThatIsUnavailable() throws {
        var watch = Dialogue()
        _ = watch.happens(.deadline)
        #expect(try watch.server("1 NO Server Unavailable. 15") == [throttled(30), .send([.idle])])
        var other = try watching()
        _ = try other.server("* 1 EXISTS", "3 OK")
        #expect(
            try other.server("4 NO Server Unavailable. 15")
                == [.tell(.refused(.refused(.uidFetch, code: nil))), .send([.fetchLastUID])])
    }

    /// A session that ends meanwhile is no way around it.
    @Test func itIsKnownToTheNextSession() throws {
        var watch = Dialogue()
        _ = watch.happens(.deadline)
        _ = try watch.server("1 NO [LIMIT] x")
        watch.pass(10)
        #expect(watch.state.memory.throttling.until?.remaining(from: watch.now.monotonic) == .seconds(20))
        var next = Dialogue(memory: watch.state.memory)
        #expect(next.happens(.deadline) == [.send([.idle])])
        _ = try next.server("+ idling")
        #expect(next.wait(30) == [.tell(.throttlingEnded), .send([Self.search], endingIdle: true)])
    }

    @Test func theNextSessionComesNoSooner() {
        var retry = Retry(delay: .seconds(1), claimInterval: .seconds(10))
        let now = Deadline(nanoseconds: 1_000_000_000_000)
        retry.waits(atLeast: .zero)
        #expect(retry.due(since: now, isClaimed: true, isAwaited: true) == now.advanced(by: .seconds(1)))
        retry.waits(atLeast: .seconds(20))
        #expect(retry.due(since: now, isClaimed: true, isAwaited: true) == now.advanced(by: .seconds(20)))
    }
}
