import FoundationEssentials
import Testing
import Trials

@testable import MIME

@Suite struct DateTimeTests {
    @Test(
        arguments: chosen([
            ("Tue, 10 Mar 2026 09:30:00 +0900", 1_773_102_600), ("10 Mar 2026 09:30 +0900", 1_773_102_600),
            ("Tue 10 mar 26 00:30 GMT", 1_773_102_600), (" Mon, 9 (x) Mar 2026 19:30:00 EST (y)", 1_773_102_600),
            ("Tue, 10 Mar 2026 09:30:00 JST", 1_773_102_600), ("Mon, 9 Mar 2026 17:30:00 PDT", 1_773_102_600),
            ("10 Mar 2026 00:30:00 Z", 1_773_102_600), ("10 Mar 2026 00:30:00 XYZ", 1_773_102_600),
            ("1 Jan 1970 00:00:00 -0000", 0), ("31 Dec 1969 23:59:59 +0000", -1),
            ("29 Feb 2024 00:00:00 Z", 1_709_164_800),
            ("29 Feb 2000 00:00:00 Z", 951_782_400), ("31 Dec 1998 23:59:60 UT", 915_148_799),
            // RFC 5322, A.1.1 and A.6.2: two digits for the year.
            ("Fri, 21 Nov 1997 09:55:06 -0600", 880_127_706), ("21 Nov 97 09:55:06 GMT", 880_106_106),
            ("1 Jan 49 00:00:00 Z", 2_493_072_000), ("1 Jan 50 00:00:00 Z", -631_152_000),
            ("1 Jan 126 00:00:00 Z", 1_767_225_600),
            ("1 Jan 2026 12:00:00 +2359", 1_767_182_460),
        ])) func reads(text: String, seconds: Int)
    {
        #expect(DateTime.parse(bytes(text)) == Date(timeIntervalSince1970: Double(seconds)))
    }

    @Test(
        arguments: chosen([
            "", "soon", "29 Feb 2025 00:00:00 Z", "29 Feb 1900 00:00:00 Z", "31 Apr 2026 00:00:00 Z",
            "0 Mar 2026 00:00:00 Z",
            "10 Mar 2026", "10 Mar 2026 24:00:00 Z", "10 Mar 2026 09:60:00 Z", "10 Mar 2026 09:30:61 Z",
            "10 Mar 2026 09:30:00", "2026-03-10 09:30:00 Z", "10 Mar 99999999999999999999 09:30:00 Z",
            "10 Mar 1899 09:30:00 Z", "10 Mar 2026 09:30:00 +9999999", "10 Mar 2026 09:30:00 +0960", "(",
            "10 Mar 2026 09:30:00 +0900 x", "10 Mar 2026 -9:30:00 Z", "10 Mar 2026 09:30:00: Z",
            "10 Foo 2026 09:30:00 Z",
            "10 Mar 2026 09:30:00 \"Z\"", "100 Mar 2026 09:30:00 Z",
            "Tue, 10 Mar 2026 09:30:00 ABCDEF", String(repeating: "1 ", count: 10_000),
        ])) func refuses(text: String)
    {
        #expect(DateTime.parse(bytes(text)) == nil)
    }

    /// Day by day over the leap years of two centuries, against Foundation's calendar.
    @Test func everyDay() {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        for day in stride(from: -70 * 365, to: 130 * 365, by: 7) {
            let date = Date(timeIntervalSince1970: Double(day) * 86_400 + 3_723)
            let parts = calendar.dateComponents([.year, .month, .day], from: date)
            let text = "\(parts.day ?? 0) \(months[(parts.month ?? 1) - 1]) \(parts.year ?? 0) 01:02:03 +0000"
            #expect(DateTime.parse(bytes(text)) == date, "\(text)")
        }
    }
}
