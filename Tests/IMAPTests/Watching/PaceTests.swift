import Testing

@testable import IMAP

struct PaceTests {
    private let start = Deadline(nanoseconds: 1_000_000_000)

    private func pace(
        poll: Duration = .seconds(60), eager: Duration = .milliseconds(250), canIdle: Bool = true, isAwaited: Bool
    ) -> Pace {
        var pace = Pace(poll: poll, eagerPoll: eager, canIdle: canIdle, since: start)
        if isAwaited { pace.awaitedUntil = start.advanced(by: .seconds(3600)) }
        return pace
    }

    private func interval(_ pace: Pace) -> Duration { pace.due(at: start).remaining(from: start) }

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
        for canIdle in [true, false] {
            #expect(
                interval(pace(eager: .zero, canIdle: canIdle, isAwaited: true))
                    == interval(pace(eager: .zero, canIdle: canIdle, isAwaited: false)))
        }
    }

    @Test func whoWaitedNoLongerWaits() {
        var pace = pace(isAwaited: true)
        pace.awaitedUntil = start
        #expect(!pace.isAwaited(at: start) && interval(pace) == .seconds(540))
    }
}
