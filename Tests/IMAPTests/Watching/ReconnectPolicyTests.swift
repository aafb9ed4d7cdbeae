import Testing
import Trials

@testable import IMAP

struct ReconnectPolicyTests {
    private let ended = IMAPError.closed(during: .waiting, code: nil)

    @Test func theFirstRetryComesWithinASecond() {
        for jitter in [0, 0.3, 1] {
            var policy = ReconnectPolicy()
            #expect(
                (Duration.milliseconds(700)...Duration.seconds(1)).contains(policy.failed(ended, jitter: jitter).delay))
        }
    }

    @Test func neverLongerThan45SecondsWhateverTheOutage() {
        for jitter in [-1, 0, 0.5, 1, 2, .infinity, -.infinity] {
            var policy = ReconnectPolicy()
            var before = Duration.zero
            for attempt in 0..<1000 {
                let delay = policy.failed(.timeout(during: .greeting), jitter: jitter).delay
                #expect(delay >= before && delay <= .seconds(45))
                if attempt > 6 { #expect(delay >= .seconds(33)) }
                before = delay
            }
        }
    }

    @Test func theirMomentsAreSpread() {
        var delays: Set<Duration> = []
        for step in 0...100 {
            var policy = ReconnectPolicy()
            for _ in 0..<10 { _ = policy.failed(ended, jitter: 0) }
            delays.insert(policy.failed(ended, jitter: Double(step) / 100).delay)
        }
        #expect(delays.count == 101)
    }

    @Test func whatIsNotTheUsersFaultIsNoRefusedLogin() {
        for error in [
            IMAPError.loginUnavailable(code: "UNAVAILABLE"), .credential(reason: "x"),
            .breach(.badGreeting),
            .loginImpossible(.noMechanism), .mailbox(name: "x", code: "NONEXISTENT"),
        ] {
            var policy = ReconnectPolicy()
            #expect(policy.failed(error, jitter: 1) == Retry(delay: .seconds(1), claimInterval: .seconds(10)))
        }
    }

    /// A worker that waits through an outage gets its password seconds after it, and no server gets more logins for it.
    @Test func whoWaitsThroughAnOutageIsServedSecondsAfterIt() {
        func due(_ error: IMAPError, isAwaited: Bool, after failures: Int = 8) -> Duration {
            var policy = ReconnectPolicy()
            for _ in 1..<failures { _ = policy.failed(error, jitter: 1) }
            let last = Deadline(nanoseconds: 0)
            return policy.failed(error, jitter: 1).due(since: last, isClaimed: false, isAwaited: isAwaited).remaining(
                from: last)
        }
        let outages: [IMAPError] = [
            .resolution(host: "x", reason: "y"), .connection(host: "x", port: 1, reason: "y"),
            .timeout(during: .greeting),
            .timeout(during: .tlsHandshake), .closed(during: .greeting, code: nil),
        ]
        for error in outages {
            #expect(due(error, isAwaited: true) == .seconds(4), "\(error)")
            #expect(due(error, isAwaited: true, after: 2) == .seconds(2), "\(error)")
            #expect(due(error, isAwaited: false) == .seconds(45), "\(error)")
        }
        let others: [IMAPError] = [
            ended, .closed(during: .login, code: nil), .timeout(during: .command(.select)), .credential(reason: "x"),
            .mailbox(name: "x", code: nil),
        ]
        for error in others { #expect(due(error, isAwaited: true) == .seconds(45), "\(error)") }
    }

    @Test func aSessionThatLivedStartsAnew() {
        var policy = ReconnectPolicy()
        for _ in 0..<10 { _ = policy.failed(ended, jitter: 1) }
        policy.watched(for: .seconds(60))
        #expect(policy.failed(ended, jitter: 1).delay <= .seconds(1))
    }

    @Test func aSessionThatIsDroppedAtOnceDoesNot() {
        var policy = ReconnectPolicy()
        for _ in 0..<10 {
            _ = policy.failed(ended, jitter: 1)
            policy.watched(for: .seconds(1))
        }
        #expect(policy.failed(ended, jitter: 1).delay == .seconds(45))
    }
}
