import Testing
import Trials

@testable import IMAP

/// When a refused login is tried again, and what brings it forward.
struct LoginPolicyTests {
    static let refused = IMAPError.loginRefused(code: "AUTHENTICATIONFAILED")
    static let token = IMAPError.tokenRefused(code: nil)
    static let unexplained = IMAPError.loginUnexplained(hasWorked: true)
    static let busy = IMAPError.throttled(backOff: nil)

    private static func credential(_ minutes: Int) -> Retry {
        Retry(delay: .seconds(minutes * 60), watchesCredential: true, isFailure: true)
    }
    private static func unexplained(_ seconds: Int) -> Retry {
        Retry(delay: .seconds(seconds), watchesCredential: true)
    }
    private static func server(_ seconds: Int, claimable: Bool = true) -> Retry {
        Retry(delay: .seconds(seconds), claimInterval: claimable ? .seconds(10) : nil)
    }

    private static let outage = Retry(
        delay: .milliseconds(750), claimInterval: .seconds(10), awaitedInterval: .seconds(3))

    static let stories: [(String, [(IMAPError, Retry)])] = [
        ("credential", [5, 10, 20, 40, 60, 60, 60].map { (refused, credential($0)) }),
        ("unexplained", [30, 60, 120, 300, 300, 300].map { (unexplained, unexplained($0)) }),
        ("throttled", [30, 60, 120, 240, 300, 300].map { (busy, server($0)) }),
        ("too many", [30, 60].map { (.tooManyConnections(backOff: nil), server($0)) }),
        ("unavailable in words", [30, 60].map { (.loginUnavailable(code: nil), server($0)) }),
        ("as long as it says", [(.throttled(backOff: .seconds(89)), server(89, claimable: false))]),
        ("an hour at the most", [(.throttled(backOff: .seconds(86_400)), server(3600, claimable: false))]),
        ("a second at the least", [(.tooManyConnections(backOff: .milliseconds(3)), server(1, claimable: false))]),
        ("a stale token, once", [(token, Retry(delay: .zero)), (token, credential(5)), (token, credential(10))]),
        (
            "no milder for an outage",
            [(refused, credential(5)), (.closed(during: .greeting, code: nil), outage), (refused, credential(10))]
        ),
        // What a locked account may say: no sooner than the credential's own time, and not by a claim.
        (
            "no milder for being throttled",
            [(refused, credential(5)), (busy, unexplained(300)), (refused, credential(10))]
        ),
    ]

    @Test(arguments: chosen(stories) { $0.0 }) func waits(name: String, story: [(IMAPError, Retry)]) {
        var policy = ReconnectPolicy()
        for (error, retry) in story { #expect(policy.failed(error, jitter: 0) == retry, "\(name)") }
    }

    @Test(arguments: chosen([0.3, 1, 2, .infinity])) func neverSoonerThanTheServerSaid(jitter: Double) {
        var policy = ReconnectPolicy()
        let retry = policy.failed(.throttled(backOff: .seconds(100)), jitter: jitter)
        #expect(retry.delay > .seconds(100) && retry.delay <= .seconds(105))
    }

    @Test func anAcceptedLoginStartsAnewAndIsKnownAgain() {
        var policy = ReconnectPolicy()
        #expect(!policy.hasWorked(7))
        for error in [Self.refused, Self.token, Self.unexplained] { _ = policy.failed(error, jitter: 0) }
        policy.accepted(7)
        #expect(policy.hasWorked(7) && !policy.hasWorked(8))
        #expect(policy.failed(Self.token, jitter: 0) == Retry(delay: .zero))
        #expect(policy.failed(Self.refused, jitter: 0) == Self.credential(5))
        #expect(policy.failed(Self.unexplained, jitter: 0) == Self.unexplained(30))
    }

    /// A server may take the login and throttle what comes after it.
    @Test func onlyASteadySessionShowsThatAServerIsWellAgain() {
        var policy = ReconnectPolicy()
        _ = policy.failed(Self.busy, jitter: 0)
        policy.accepted(7)
        policy.watched(for: .seconds(1))
        #expect(policy.failed(Self.busy, jitter: 0) == Self.server(60))
        policy.watched(for: .seconds(60))
        #expect(policy.failed(Self.busy, jitter: 0) == Self.server(30))
    }

    /// Nobody locks an account by claiming.
    @Test func whatAClaimBringsForward() {
        let last = Deadline(nanoseconds: 1_000_000_000)
        func seconds(_ retry: Retry, isClaimed: Bool) -> UInt64 {
            retry.due(since: last, isClaimed: isClaimed, isAwaited: true).nanoseconds / 1_000_000_000 - 1
        }
        #expect(seconds(Self.server(30), isClaimed: false) == 30)
        #expect(seconds(Self.server(30), isClaimed: true) == 10)
        #expect(seconds(Self.server(5), isClaimed: true) == 5)
        for retry in [Self.credential(5), Self.unexplained(30), Self.server(89, claimable: false)] {
            #expect(seconds(retry, isClaimed: true) == seconds(retry, isClaimed: false))
        }
    }

    /// Whoever looks now and then asks a helper twice within one look.
    @Test func looksAreHeldBackAsAWatchIs() {
        var policy = LookPolicy()
        #expect(policy.ended(.tokenRefused(code: nil)) == .seconds(300))
        #expect(policy.ended(.loginRefused(code: nil)) == .seconds(600))
        #expect(policy.ended(.closed(during: .waiting, code: nil)) == nil)
        #expect(policy.ended(nil) == nil)
        #expect(policy.ended(.loginRefused(code: nil)) == .seconds(300))
        #expect(policy.ended(.throttled(backOff: .seconds(89))) == .seconds(300))
        policy = LookPolicy()
        #expect(policy.ended(.throttled(backOff: .seconds(89))) == .seconds(89))
    }
}
