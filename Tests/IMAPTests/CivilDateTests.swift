import Glibc
import Testing

@testable import IMAP

struct CivilDateTests {
    /// Against the C library, each day from 1600 to 2400.
    @Test func eachDay() {
        for day in Int64(-135_140)...157_050 {
            var time = time_t(day * 86_400 + 43_200)
            var parts = tm()
            gmtime_r(&time, &parts)
            let date = CivilDate(unixTime: Int64(time))
            let expected = CivilDate(
                year: Int64(parts.tm_year) + 1900, month: Int64(parts.tm_mon) + 1, day: Int64(parts.tm_mday))
            if date != expected || date.daysSince1970 != day {
                Issue.record("day \(day): \(date), not \(expected)")
                return
            }
        }
    }

    @Test func theEdgesOfADay() {
        #expect(CivilDate(unixTime: 0) == CivilDate(year: 1970, month: 1, day: 1))
        #expect(CivilDate(unixTime: -1) == CivilDate(year: 1969, month: 12, day: 31))
        #expect(CivilDate(unixTime: 951_782_399) == CivilDate(year: 2000, month: 2, day: 28))
        #expect(CivilDate(unixTime: 951_782_400) == CivilDate(year: 2000, month: 2, day: 29))
    }

    @Test func asSearchTakesIt() {
        #expect(CivilDate(year: 2026, month: 11, day: 23).imapDate == "23-Nov-2026")
        #expect(CivilDate(year: 2026, month: 1, day: 3).imapDate == "3-Jan-2026")
    }

    @Test func noTimeIsTooFarAway() {
        for time in [Int64.min, .max, .min + 86_400, -1 << 40] { #expect(!CivilDate(unixTime: time).imapDate.isEmpty) }
    }
}
