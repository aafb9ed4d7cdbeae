import Testing

@testable import IMAP

struct FetchDivisionTests {
    private let now = Deadline(nanoseconds: 1_000_000_000_000)

    /// Fetches until nothing is left; `isBad` ends the session or is refused. Returns the sets that were asked for.
    private func run(_ division: inout FetchDivision, _ uids: [UInt32], bad: Set<UInt32>, endsSession: Bool) -> (
        sets: Int, culprits: [UInt32], good: Set<UInt32>
    ) {
        var next: [UInt32]? = uids
        var (sets, culprits, good) = (0, [UInt32](), Set<UInt32>())
        while let set = next, sets < 100 {
            sets += 1
            division.began(set)
            if bad.isDisjoint(with: set) {
                division.succeeded(set)
                good.formUnion(set)
            } else if endsSession {
                division.sessionEnded(at: now)
                culprits += division.takeNews()
            } else if let culprit = division.refused(at: now) {
                culprits.append(culprit)
            }
            next = division.next(at: now.advanced(by: .seconds(2)))
        }
        return (sets, culprits, good)
    }

    @Test(arguments: Array(UInt32(1)...16), [true, false]) func oneOfSixteen(bad: UInt32, endsSession: Bool) {
        var division = FetchDivision()
        let (sets, culprits, good) = run(&division, Array(1...16), bad: [bad], endsSession: endsSession)
        #expect(culprits == [bad] && good == Set(1...16).subtracting([bad]) && sets <= 12)
        #expect(division.holds(bad) && !division.holds(bad == 1 ? 2 : 1))
    }

    @Test func severalOfThem() {
        var division = FetchDivision()
        let (_, culprits, good) = run(&division, Array(1...16), bad: [3, 4, 16], endsSession: false)
        #expect(Set(culprits) == [3, 4, 16] && good.count == 13)
    }

    /// A link that is cut while one message is fetched is chance.
    @Test func oneEndOfASessionProvesNothing() {
        var division = FetchDivision()
        division.began([7])
        division.sessionEnded(at: now)
        let (news, next) = (division.takeNews(), division.next(at: now.advanced(by: .seconds(2))))
        #expect(news == [] && next == [7])
        division.began([7])
        division.succeeded([7])
        #expect(!division.holds(7))
    }

    /// A server that is out of sorts for a moment costs two seconds.
    @Test func itIsAskedForAgainAndToldOnce() {
        var division = FetchDivision()
        var (time, told, pauses) = (now, [UInt32](), [Duration]())
        division.began([7])
        for _ in 0..<5 {
            if let culprit = division.refused(at: time) { told.append(culprit) }
            guard let due = division.nextDue else { break }
            #expect(division.holds(7))
            pauses.append(due.remaining(from: time))
            time = due
            let next = division.next(at: time)
            #expect(next == [7])
            division.began([7])
        }
        #expect(told == [7] && pauses == [.seconds(2), .seconds(30), .seconds(60), .seconds(120), .seconds(240)])
    }

    @Test func tenReconnectsInARow() {
        var division = FetchDivision()
        let isCalm = !division.takesReconnect()
        #expect(isCalm)
        division.began(Array(1...16))
        division.sessionEnded(at: now)
        var reconnects = 0
        for _ in 0..<12 where division.takesReconnect() { reconnects += 1 }
        #expect(reconnects == 10)
    }

    @Test func whatIsGoneIsForgotten() {
        var division = FetchDivision()
        division.began([7, 8])
        division.sessionEnded(at: now)
        division.forget { $0 == 8 }
        let (first, second) = (division.next(at: now), division.next(at: now))
        #expect(first == [7] && second == nil)
    }
}
