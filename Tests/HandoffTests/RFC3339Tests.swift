import FoundationEssentials
import Testing
import Trials

@testable import Handoff

@Suite struct RFC3339Tests {
    @Test(
        arguments: chosen([
            ("2026-11-23T09:30:00Z", 1_795_426_200.0), ("2026-11-23t09:30:00z", 1_795_426_200),
            ("2026-11-23 09:30:00Z", 1_795_426_200), ("2026-11-23T18:30:00+09:00", 1_795_426_200),
            ("2026-11-23T04:00:00-05:30", 1_795_426_200), ("2026-11-23T09:30:00-00:00", 1_795_426_200),
            ("2026-11-23T09:30:00.5Z", 1_795_426_200.5), ("2026-11-23T09:30:00.125000000000Z", 1_795_426_200.125),
            ("2024-02-29T00:00:00Z", 1_709_164_800), ("2026-12-31T23:59:60Z", 1_798_761_600),
            ("2017-01-01T08:59:60+09:00", 1_483_228_800), ("1970-01-01T00:00:00+23:59", -86_340),
        ])) func reads(_ text: String, _ seconds: Double)
    {
        #expect(RFC3339.parse(text)?.timeIntervalSince1970 == seconds)
    }

    @Test(
        arguments: chosen([
            "", "now", "2026-11-23", "2026-11-23T09:30:00", "2026-11-23T09:30Z", "2026-02-30T00:00:00Z",
            "2025-02-29T00:00:00Z", "2100-02-29T00:00:00Z", "2026-04-31T00:00:00Z", "2026-00-10T00:00:00Z",
            "2026-13-10T00:00:00Z", "2026-01-00T00:00:00Z", "2026-01-32T00:00:00Z", "2026-11-23T24:00:00Z",
            "2026-11-23T09:60:00Z", "2026-11-23T09:30:61Z", "2026-11-23T09:30:60Z", "2026-11-23T09:30:00.Z",
            "2026-11-23T09:30:00,5Z", "2026-11-23T09:30:00+99:99", "2026-11-23T09:30:00+24:00",
            "2026-11-23T09:30:00+09:60", "2026-11-23T09:30:00+0900", "2026-11-23T09:30:00+9:00",
            "2026-11-23T09:30:00ZZ",
            "2026-11-23T09:30:00Z ", " 2026-11-23T09:30:00Z", "+2026-11-23T09:30:00Z", "2026-11-23T09:30:00\u{0}Z",
            "２０２６-11-23T09:30:00Z", "2026-1１-23T09:30:00Z", "2026-11-23T09:30:00.\(String(repeating: "1", count: 99))Z",
        ])) func refuses(_ text: String)
    {
        #expect(RFC3339.parse(text) == nil)
    }

    @Test func everyDayOfFourCenturiesComesBack() {
        for day in stride(from: -25_567, to: 120_530, by: 1) {
            let date = Date(timeIntervalSince1970: Double(day) * 86_400 + 43_261)
            let text = RFC3339.format(date)
            guard RFC3339.parse(text) == date else {
                Issue.record("\(text) does not come back")
                return
            }
        }
    }

    @Test func milliseconds() {
        #expect(RFC3339.format(Date(timeIntervalSince1970: 0)) == "1970-01-01T00:00:00Z")
        #expect(RFC3339.format(Date(timeIntervalSince1970: 1.25)) == "1970-01-01T00:00:01.250Z")
        #expect(RFC3339.format(Date(timeIntervalSince1970: 1.9999)) == "1970-01-01T00:00:02Z")
    }

    @Test func durations() {
        #expect(Duration(text: "500ms") == .milliseconds(500))
        #expect(Duration(text: "0s") == .zero)
        #expect(Duration(text: "5m") == .seconds(300))
        #expect(Duration(text: "24h") == .seconds(86_400))
        for text in ["500ms", "1500ms", "30s", "90s", "5m", "24h", "0ms"] {
            #expect(Duration(text: text)?.text == text)
        }
        #expect(Duration.seconds(86_400).text == "24h")
        #expect(Duration(text: "999999999h") == .seconds(999_999_999 * 3600))
        for text in [
            "", "5", "s", "-5s", "+5s", "5 s", " 5s", "5s ", "5S", "1.5s", "1d", "5ｓ", "５s", "9999999999s", "1h30m",
        ] {
            #expect(Duration(text: text) == nil, "\(text)")
        }
    }
}
