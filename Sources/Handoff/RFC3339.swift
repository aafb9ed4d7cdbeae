import Calendar
public import FoundationEssentials

/// Times as the interface writes and reads them (RFC 3339), in UTC.
public enum RFC3339 {
    /// `2026-11-23T09:30:00Z`; with milliseconds where there are some.
    public static func format(_ date: Date) -> String {
        let milliseconds = (date.timeIntervalSince1970 * 1000).rounded()
        let hasFraction = milliseconds.truncatingRemainder(dividingBy: 1000) != 0
        return Date(timeIntervalSince1970: milliseconds / 1000).formatted(
            Date.ISO8601FormatStyle(includingFractionalSeconds: hasFraction))
    }

    /// Nil for what is no date-time of RFC 3339, section 5.6, within the bounds of 5.7: no 30 February, no hour 24, a leap second only
    /// as the last of a UTC day, where it counts as the first of the next.
    public static func parse(_ text: String) -> Date? {
        let bytes = Array(text.utf8)
        guard 20...40 ~= bytes.count, fits(bytes[..<19], "dddd-dd-ddtdd:dd:dd") else { return nil }
        let rest = bytes[19...]
        let hasFraction = rest.first == UInt8(ascii: ".")
        let fraction = hasFraction ? rest.dropFirst().prefix { isDigit($0) } : []
        guard !hasFraction || !fraction.isEmpty,
            let offset = offset(rest.dropFirst(hasFraction ? fraction.count + 1 : 0))
        else { return nil }
        func number(_ range: Range<Int>) -> Int64 { bytes[range].reduce(0) { $0 * 10 + Int64($1 & 15) } }
        let (hour, minute, second) = (number(11..<13), number(14..<16), number(17..<19))
        guard let day = CivilDate(year: number(0..<4), month: number(5..<7), day: number(8..<10)), hour < 24,
            minute < 60,
            second <= 60
        else { return nil }
        let seconds = day.daysSince1970 * 86_400 + hour * 3600 + minute * 60 + second - offset
        guard second < 60 || seconds.isMultiple(of: 86_400) else { return nil }
        return Date(
            timeIntervalSince1970: Double(seconds) + fraction.reversed().reduce(0) { ($0 + Double($1 & 15)) / 10 })
    }

    private static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }

    private static func fits(_ bytes: ArraySlice<UInt8>, _ form: String) -> Bool {
        bytes.count == form.utf8.count
            && zip(bytes, form.utf8).allSatisfy { byte, wanted in
                switch wanted {
                case UInt8(ascii: "d"): isDigit(byte)
                case UInt8(ascii: "t"): [UInt8(ascii: "T"), UInt8(ascii: "t"), UInt8(ascii: " ")].contains(byte)
                default: byte == wanted
                }
            }
    }

    /// Seconds east of Greenwich of `Z` or `+09:00`.
    private static func offset(_ zone: ArraySlice<UInt8>) -> Int64? {
        if zone.elementsEqual([UInt8(ascii: "Z")]) || zone.elementsEqual([UInt8(ascii: "z")]) { return 0 }
        guard fits(zone, "+dd:dd") || fits(zone, "-dd:dd") else { return nil }
        let digits = zone.map { Int64($0 & 15) }
        let (hours, minutes) = (digits[1] * 10 + digits[2], digits[4] * 10 + digits[5])
        guard hours < 24, minutes < 60 else { return nil }
        return (hours * 3600 + minutes * 60) * (zone.first == UInt8(ascii: "-") ? -1 : 1)
    }
}
