import Testing

@testable import IMAP

struct PaceTests {
    private let start = Deadline(nanoseconds: 1_000_000_000)

    private func pace(
        poll: Duration = .seconds(60), eager: Duration = .milliseconds(250), canIdle: Bool = true, isAwaited: Bool
    ) -> Pace {
        var pace = Pace(poll: poll, eagerPoll: eager, canIdle: canIdle, since: start)
        if isAwaited { pace.awaited(until: start.advanced(by: .seconds(3600)), at: start) }
        return pace
    }

    private func interval(_ pace: Pace, after seconds: Double = 0, _ pushes: PushHabit.Kind = .unknown) -> Duration {
        pace.due(at: start.advanced(by: .seconds(seconds)), pushes).remaining(from: start)
    }

    @Test func idleIsRenewedBeforeNATsForget() {
        #expect(interval(pace(isAwaited: false)) <= .seconds(9 * 60))
        #expect(interval(pace(isAwaited: true)) == .milliseconds(250))
    }

    @Test func withoutIdleItPolls() {
        #expect(interval(pace(canIdle: false, isAwaited: false)) == .seconds(60))
        #expect(interval(pace(canIdle: false, isAwaited: true)) == .milliseconds(250))
    }

    @Test func eagerIsNeverSlowerThanUsual() {
        #expect(interval(pace(poll: .seconds(1), eager: .seconds(5), canIdle: false, isAwaited: true)) == .seconds(1))
    }

    @Test func zeroTurnsEagerPollingOff() {
        // The mailbox proves itself all the same.
        for canIdle in [true, false] {
            #expect(interval(pace(eager: .zero, canIdle: canIdle, isAwaited: true)) == .seconds(30))
        }
    }

    @Test func whatIsKnownOfThePushesDecides() {
        let pace = pace(isAwaited: true)
        #expect(interval(pace, .prompt) == .seconds(30))
        for (kind, seconds, expected) in [
            (.unknown, 9, .milliseconds(250)), (.unknown, 10, .seconds(1)), (.unknown, 59, .seconds(1)),
            (.unknown, 60, .seconds(5)),
            (.late, 59, .milliseconds(250)), (.late, 60, .seconds(5)),
        ] as [(PushHabit.Kind, Double, Duration)] {
            #expect(interval(pace, after: seconds, kind) == expected, "\(kind) after \(seconds) s")
        }
    }

    /// Under a thousand commands an hour where pushes come at once.
    @Test func anHoursQuestions() {
        func questions(_ kind: PushHabit.Kind, canIdle: Bool = true) -> Int {
            var pace = pace(canIdle: canIdle, isAwaited: true)
            var (now, count) = (start, 0)
            while now < start.advanced(by: .seconds(3599)) {
                now = max(pace.due(at: now, kind), now)
                pace.asked(at: now)
                if pace.wantsProof(at: now) { pace.proved(at: now) }
                count += 1
            }
            return count
        }
        #expect(questions(.prompt) == 120)
        #expect(questions(.unknown) < 850 && questions(.late) < 1000 && questions(.late, canIdle: false) < 1000)
    }

    @Test func whoComesAnewIsServedAnew() {
        var pace = pace(isAwaited: true)
        let later = start.advanced(by: .seconds(600))
        pace.asked(at: later)
        pace.proved(at: later)
        #expect(pace.due(at: later, .late).remaining(from: later) == .seconds(5))
        pace.awaited(until: start.advanced(by: .seconds(3700)), at: later)
        #expect(pace.due(at: later, .late).remaining(from: later) == .milliseconds(250))
    }

    @Test func aServerThatHasEnoughIsLeftAlone() {
        var pace = pace(isAwaited: true)
        pace.leaveAlone(for: .seconds(90), at: start)
        #expect(pace.isQuiet(at: start) && interval(pace) == .seconds(90))
        let then = start.advanced(by: .seconds(90))
        #expect(!pace.isQuiet(at: then))
        // And is asked at a slower pace for a while, whoever comes anew.
        pace.awaited(until: start.advanced(by: .seconds(7200)), at: then)
        pace.asked(at: then)
        pace.proved(at: then)
        #expect(pace.due(at: then, .late).remaining(from: then) == .seconds(5))
    }

    @Test func whoWaitedNoLongerWaits() {
        var pace = pace(isAwaited: true)
        pace.awaited(until: nil, at: start)
        #expect(!pace.isAwaited(at: start) && interval(pace) == .seconds(540))
    }
}
