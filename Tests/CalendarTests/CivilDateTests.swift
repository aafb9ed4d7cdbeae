import Calendar
import Glibc
import Testing

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

    @Test func onlyDaysThatThereAre() {
        #expect(CivilDate(year: 2024, month: 2, day: 29) != nil && CivilDate(year: 2000, month: 2, day: 29) != nil)
        for (year, month, day) in [
            (2023, 2, 29), (1900, 2, 29), (2026, 4, 31), (2026, 0, 1), (2026, 13, 1), (2026, 1, 0), (2026, 1, 32),
            (-1, 1, 1),
            (10_000, 1, 1),
        ] as [(Int64, Int64, Int64)] {
            #expect(CivilDate(year: year, month: month, day: day) == nil, "\(year)-\(month)-\(day)")
        }
    }

    @Test func monthsByName() {
        #expect(CivilDate.month(named: "Nov".utf8) == 11 && CivilDate.month(named: "jAN".utf8) == 1)
        #expect(CivilDate.month(named: "".utf8) == nil && CivilDate.month(named: "November".utf8) == nil)
        #expect(CivilDate(year: 2026, month: 11, day: 23)?.monthName == "Nov")
    }

    @Test func noTimeIsTooFarAway() {
        for time in [Int64.min, .max, .min + 86_400, -1 << 40] {
            #expect(1...12 ~= CivilDate(unixTime: time).month && !CivilDate(unixTime: time).monthName.isEmpty)
        }
    }
}
