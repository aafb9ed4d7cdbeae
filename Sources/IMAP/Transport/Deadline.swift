import Glibc

/// A point in time after which an operation is given up.
///
/// On CLOCK_BOOTTIME, which continues while the machine is suspended: a session that slept through a suspend is known to
/// be stale at once, not after the minutes that were left.
struct Deadline: Comparable, Sendable {
    /// Nanoseconds since boot.
    let nanoseconds: UInt64

    static var now: Deadline {
        var time = timespec()
        clock_gettime(CLOCK_BOOTTIME, &time)
        return Deadline(nanoseconds: UInt64(max(time.tv_sec, 0)) &* 1_000_000_000 &+ UInt64(max(time.tv_nsec, 0)))
    }

    static func after(_ duration: Duration) -> Deadline { now.advanced(by: duration) }

    func advanced(by duration: Duration) -> Deadline {
        let (seconds, attoseconds) = duration.components
        guard seconds >= 0 else { return self }
        let (whole, tooLong) = UInt64(seconds).multipliedReportingOverflow(by: 1_000_000_000)
        let (exact, tooExact) = whole.addingReportingOverflow(UInt64(max(attoseconds, 0) / 1_000_000_000))
        let (sum, overflow) = nanoseconds.addingReportingOverflow(exact)
        return Deadline(nanoseconds: tooLong || tooExact || overflow ? .max : sum)
    }

    var hasPassed: Bool { self <= .now }

    /// Time left, zero when it has passed.
    var remaining: Duration { remaining(from: .now) }

    func remaining(from now: Deadline) -> Duration {
        nanoseconds > now.nanoseconds ? .nanoseconds(Int64(clamping: nanoseconds &- now.nanoseconds)) : .zero
    }

    /// Time left as poll(2) takes it: milliseconds, rounded up so that it never wakes too early, at most an hour.
    var pollTimeout: Int32 {
        let left = remaining.components
        guard left.seconds < 3600 else { return 3_600_000 }
        return Int32(left.seconds * 1000 + (left.attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }

    static func < (left: Deadline, right: Deadline) -> Bool { left.nanoseconds < right.nanoseconds }
}
