import FoundationEssentials
import Glibc

/// A time of day as a clock on this wall has it: in the zone of this machine, or of TZ.
struct LocalTime {
    /// As long as a table has room for.
    enum Length {
        /// `14:00:59`; of another day `11-25 14:00`, of another year `2025-11-25`.
        case short
        /// `2026-11-26 14:00:59`
        case long
    }

    let now: Date
    var length = Length.short

    func text(_ date: Date) -> String {
        guard let (time, today) = Self.fields(date).flatMap({ time in Self.fields(now).map { (time, $0) } }) else {
            return "-"
        }
        let day = "\(Self.two(time.tm_mon + 1))-\(Self.two(time.tm_mday))"
        let minute = "\(Self.two(time.tm_hour)):\(Self.two(time.tm_min))"
        if length == .long { return "\(time.tm_year + 1900)-\(day) \(minute):\(Self.two(time.tm_sec))" }
        if time.tm_year != today.tm_year { return "\(time.tm_year + 1900)-\(day)" }
        return time.tm_yday == today.tm_yday ? "\(minute):\(Self.two(time.tm_sec))" : "\(day) \(minute)"
    }

    /// localtime_r(3); nil for a time that no calendar has.
    private static func fields(_ date: Date) -> tm? {
        guard var seconds = time_t(exactly: date.timeIntervalSince1970.rounded(.down)) else { return nil }
        var fields = tm()
        return localtime_r(&seconds, &fields) == nil ? nil : fields
    }

    private static func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
