import Testing

@testable import IMAP

struct ReconnectPolicyTests {
    private let ended = IMAPError.closed(during: .waiting, code: nil)
    private let refused = IMAPError.loginRefused(code: "AUTHENTICATIONFAILED")

    @Test func theFirstRetryComesWithinASecond() {
        for jitter in [0, 0.3, 1] {
            var policy = ReconnectPolicy()
            #expect((Duration.milliseconds(700)...Duration.seconds(1)).contains(policy.failed(ended, jitter: jitter)))
        }
    }

    @Test func neverLongerThan45SecondsWhateverTheOutage() {
        for jitter in [-1, 0, 0.5, 1, 2, .infinity, -.infinity] {
            var policy = ReconnectPolicy()
            var before = Duration.zero
            for attempt in 0..<1000 {
                let delay = policy.failed(.timeout(during: .greeting), jitter: jitter)
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
            delays.insert(policy.failed(ended, jitter: Double(step) / 100))
        }
        #expect(delays.count == 101)
    }

    @Test func aRefusedLoginIsRetriedAfterFiveMinutesAndRising() {
        for jitter in [0, 1.0] {
            var policy = ReconnectPolicy()
            var delays: [Duration] = []
            for _ in 0..<20 { delays.append(policy.failed(refused, jitter: jitter)) }
            #expect(delays[0] >= .seconds(300) && delays[0] <= .seconds(330))
            #expect(delays[1] >= .seconds(600))
            #expect(zip(delays, delays.dropFirst()).allSatisfy { $0 <= $1 })
            #expect(delays[19] <= .seconds(3800))
        }
    }

    @Test func anOutageBetweenRefusalsDoesNotMakeThemMilder() {
        var policy = ReconnectPolicy()
        _ = policy.failed(refused, jitter: 0)
        _ = policy.failed(ended, jitter: 0)
        #expect(policy.failed(refused, jitter: 0) >= .seconds(600))
    }

    @Test func whatIsNotTheUsersFaultIsNoRefusedLogin() {
        for error in [
            IMAPError.loginUnavailable(code: "UNAVAILABLE"), .credential(reason: "x"),
            .breach(.badGreeting),
            .loginImpossible(.noMechanism), .mailbox(name: "x", code: "NONEXISTENT"),
        ] {
            var policy = ReconnectPolicy()
            #expect(policy.failed(error, jitter: 1) <= .seconds(1))
        }
    }

    @Test func aSessionThatLivedStartsAnew() {
        var policy = ReconnectPolicy()
        for _ in 0..<10 { _ = policy.failed(ended, jitter: 1) }
        policy.watched(for: .seconds(60))
        #expect(policy.failed(ended, jitter: 1) <= .seconds(1))
        #expect(policy.failed(refused, jitter: 1) <= .seconds(330))
    }

    @Test func aSessionThatIsDroppedAtOnceDoesNot() {
        var policy = ReconnectPolicy()
        for _ in 0..<10 {
            _ = policy.failed(ended, jitter: 1)
            policy.watched(for: .seconds(1))
        }
        #expect(policy.failed(ended, jitter: 1) == .seconds(45))
        // But its login was accepted.
        _ = policy.failed(refused, jitter: 1)
        policy.watched(for: .zero)
        #expect(policy.failed(refused, jitter: 1) <= .seconds(330))
    }
}
