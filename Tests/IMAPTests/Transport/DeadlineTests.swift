import Testing

@testable import IMAP

struct DeadlineTests {
    private let origin = Deadline(nanoseconds: 5_000_000_000)

    @Test func advances() {
        #expect(origin.advanced(by: .milliseconds(1500)).nanoseconds == 6_500_000_000)
        #expect(origin.advanced(by: .nanoseconds(1)) > origin)
        #expect(origin.advanced(by: .zero) == origin)
    }

    @Test func neverEarlierThanNow() {
        for negative in [Duration.seconds(-1), .milliseconds(-1), .seconds(Int64.min)] {
            #expect(origin.advanced(by: negative) == origin)
        }
    }

    @Test func farAwayIsTheEndOfTime() {
        for long in [
            Duration.seconds(Int64.max), .seconds(18_446_744_073), .seconds(18_446_744_074),
            .seconds(18_446_744_073) + .nanoseconds(999_999_999),
        ] {
            let deadline = origin.advanced(by: long)
            #expect(deadline.nanoseconds == .max)
            #expect(deadline.advanced(by: .seconds(1)).nanoseconds == .max)
            #expect(deadline.remaining(from: origin) > .seconds(9_000_000_000))
            #expect(deadline.pollTimeout == 3_600_000)
        }
    }

    @Test func timeLeft() {
        #expect(origin.remaining(from: Deadline(nanoseconds: 2_000_000_000)) == .seconds(3))
        #expect(origin.remaining(from: Deadline(nanoseconds: 9_000_000_000)) == .zero)
        #expect(Deadline(nanoseconds: 0).hasPassed)
        #expect(Deadline(nanoseconds: 0).pollTimeout == 0)
        #expect(!Deadline.after(.seconds(60)).hasPassed)
    }

    @Test func pollNeverWakesTooEarly() {
        let timeout = Deadline.after(.microseconds(1_000_100)).pollTimeout
        #expect((990...1001).contains(timeout))
        #expect(Deadline.after(.seconds(3 * 3600)).pollTimeout == 3_600_000)
    }
}
