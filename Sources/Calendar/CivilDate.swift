/// A day of the proleptic Gregorian calendar, to and from days since 1970: for the dates of IMAP, of mail headers and of RFC 3339.
public struct CivilDate: Equatable, Sendable {
    /// Astronomical: 0 is 1 BC.
    public let year: Int64
    /// 1 to 12
    public let month: Int64
    /// 1 to 31
    public let day: Int64

    /// A day that there is, of the years 0 to 9999, else nil.
    public init?(year: Int64, month: Int64, day: Int64) {
        guard 0...9999 ~= year, 1...12 ~= month, day >= 1, day <= Self.daysInMonth(month, year) else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// The day, in UTC, of a time in seconds since 1970, at most some 200 000 years from it.
    public init(unixTime: Int64) {
        let bounded = min(max(unixTime, -6_000_000_000_000), 6_000_000_000_000)
        let days = Self.quotient(bounded, 86_400) + 719_468
        let era = Self.quotient(days, 146_097)
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shifted + 2) / 5 + 1
        month = shifted < 10 ? shifted + 3 : shifted - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// Days since 1970-01-01, negative before.
    public var daysSince1970: Int64 {
        // Years begin in March here, so that a leap day is a year's last.
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = Self.quotient(shiftedYear, 400)
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// The number of a month by its first three letters, in any case: `jan` is 1.
    public static func month(named name: some Collection<UInt8>) -> Int64? {
        guard name.count == 3 else { return nil }
        let folded = name.map { $0 | 0x20 }
        return names.firstIndex { $0.utf8.map { $0 | 0x20 } == folded }.map { Int64($0 + 1) }
    }

    /// As mail and IMAP write the month: `Jan`.
    public var monthName: String { Self.names[Int(month - 1)] }

    private static let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    private static func daysInMonth(_ month: Int64, _ year: Int64) -> Int64 {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    }

    /// Division that rounds down.
    private static func quotient(_ dividend: Int64, _ divisor: Int64) -> Int64 {
        dividend / divisor - (dividend % divisor < 0 ? 1 : 0)
    }
}
