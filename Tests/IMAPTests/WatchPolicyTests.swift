import Testing

@testable import IMAP

struct WatchPolicyTests {
    @Test func idleIsRenewedBeforeNATsForget() {
        let policy = WatchPolicy(poll: .seconds(60), eagerPoll: .milliseconds(250), canIdle: true)
        #expect(policy.interval(isAwaited: false) <= .seconds(9 * 60))
        #expect(policy.interval(isAwaited: true) == .milliseconds(250))
    }

    @Test func withoutIdleItPolls() {
        let policy = WatchPolicy(poll: .seconds(60), eagerPoll: .milliseconds(250), canIdle: false)
        #expect(policy.interval(isAwaited: false) == .seconds(60))
        #expect(policy.interval(isAwaited: true) == .milliseconds(250))
    }

    @Test func eagerIsNeverSlowerThanUsual() {
        let policy = WatchPolicy(poll: .seconds(1), eagerPoll: .seconds(5), canIdle: false)
        #expect(policy.interval(isAwaited: true) == .seconds(1))
    }

    @Test func zeroTurnsEagerPollingOff() {
        for canIdle in [true, false] {
            let policy = WatchPolicy(poll: .seconds(60), eagerPoll: .zero, canIdle: canIdle)
            #expect(policy.interval(isAwaited: true) == policy.interval(isAwaited: false))
        }
    }
}
