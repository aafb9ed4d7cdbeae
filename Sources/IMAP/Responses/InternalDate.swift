import Calendar

/// INTERNALDATE (RFC 3501, section 9, date-time): `17-Jul-1996 02:44:25 -0700`, read leniently.
enum InternalDate {
    /// Seconds since 1970; nil for what is no date, such as `00-Jan-0000 00:00:00 +0000`.
    static func unixTime(_ text: ArraySlice<UInt8>) -> Int64? {
        let words = text.split(separator: UInt8(ascii: " "))
        guard words.count == 2 || words.count == 3, let time = seconds(words[1]) else { return nil }
        let parts = words[0].split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.count == 3, let day = number(parts[0], 1...2), let year = number(parts[2], 4...4), year >= 1970,
            let month = CivilDate.month(named: parts[1]), let date = CivilDate(year: year, month: month, day: day)
        else { return nil }
        let zone = words.count == 3 ? offset(words[2]) : 0
        guard let zone else { return nil }
        return date.daysSince1970 &* 86_400 &+ time &- zone
    }

    private static func seconds(_ text: ArraySlice<UInt8>) -> Int64? {
        let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count == 3, let hour = number(parts[0], 1...2), let minute = number(parts[1], 1...2),
            let second = number(parts[2], 1...2), hour < 24, minute < 60, second <= 60
        else { return nil }
        return hour &* 3600 &+ minute &* 60 &+ second
    }

    /// `+0930`, in seconds.
    private static func offset(_ text: ArraySlice<UInt8>) -> Int64? {
        guard let sign = text.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
            let digits = number(text.dropFirst(), 4...4), digits % 100 < 60, digits < 2400
        else { return nil }
        let seconds = digits / 100 &* 3600 &+ digits % 100 &* 60
        return sign == UInt8(ascii: "-") ? -seconds : seconds
    }

    private static func number(_ text: ArraySlice<UInt8>, _ count: ClosedRange<Int>) -> Int64? {
        guard count ~= text.count, text.allSatisfy(ResponseScanner.isDigit) else { return nil }
        return text.reduce(0) { $0 &* 10 &+ Int64($1 &- 0x30) }
    }
}
