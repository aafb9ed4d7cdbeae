import FoundationEssentials
import Messages
import Testing
import Trials
import Varlink

@testable import secom_otp

/// Status for people: what is not well comes first, and every line fits.
@Suite struct StatusReportTests {
    private func lines(_ status: DaemonStatus, width: Int = 80) -> [String] {
        let report = StatusReport(status: status, now: Statuses.now, width: width)
        return report.summary + report.lines
    }

    /// As hostile and as long as it may be.
    private func crowd() -> DaemonStatus {
        let names = (1...100).map { $0 % 3 == 0 ? "証明書の受信箱その\($0)" : "customer-\($0)" }
        let long = "\u{1B}[2J\u{202E}" + String(repeating: "x", count: 300) + " 証明書を発行した認証局が信頼されていません"
        let mailboxes = names.enumerated().map { index, name in
            index % 7 == 3
                ? Statuses.mailbox(
                    name, "retrying",
                    [
                        "error": .string(long), "advice": .string(long), "reconnects": 123_456,
                        "nextAttemptAt": Statuses.ago(-60),
                    ])
                : Statuses.mailbox(name, "watching", ["lastArrivalAt": Statuses.ago(86_400 * 3)])
        }
        let passwords = names.enumerated().map { index, name in
            Statuses.password(
                index, ["available", "used", "inDoubt", "refused"][index % 4], in: name, issued: Double(index) * 3600,
                to: String(repeating: "long-", count: index) + "\u{7}@example.co.jp",
                reason: index % 4 == 3 ? "no-password: \(long)" : nil)
        }
        return Statuses.status(mailboxes + [Statuses.mailbox(String(repeating: "m", count: 64))], passwords)
    }

    @Test(arguments: chosen([40, 60, 79, 80, 81, 100, 132, 200])) func noLineIsWiderThanTheTerminal(width: Int) {
        let lines = lines(crowd(), width: width)
        #expect(lines.allSatisfy { DisplayWidth.of($0) <= width })
        #expect(lines.allSatisfy { $0 == $0.harmless })
    }

    @Test func itUsesWhatRoomThereIs() throws {
        let status = Statuses.status(
            [Statuses.mailbox("main", "watching", ["reconnects": 3])],
            [Statuses.password(1), Statuses.password(2, "used")])
        let (narrow, wide) = (lines(status, width: 80), lines(status, width: 140))
        #expect(!narrow.joined().contains("2026-11-2") && wide.joined().contains("2026-11-2"))
        #expect(wide.contains { $0.contains("EXPIRES") && $0.contains("RECIPIENT") })
        #expect(lines(status, width: 60).contains { $0 == "  to webmaster@example.co.jp" })
    }

    @Test func columnsStandBelowTheirTitles() throws {
        let lines = lines(
            Statuses.status([Statuses.mailbox("main"), Statuses.mailbox("証明書の受信箱"), Statuses.mailbox("ｶﾞｰﾄﾞ")]))
        let table = lines.filter { $0.contains("STATE") || $0.contains("watching") && $0.contains("exclusive") }
        let columns = table.map { line in
            line.range(of: line.contains("STATE") ? "STATE" : "watching").map {
                DisplayWidth.of(line[..<$0.lowerBound])
            }
        }
        #expect(columns == [16, 16, 16, 16])
    }

    @Test func whatIsNotWellComesFirst() throws {
        let status = Statuses.status(
            [
                Statuses.mailbox("a"), Statuses.mailbox("b", "connecting"), Statuses.mailbox("c", "retrying"),
                Statuses.mailbox("d", "failed"),
                Statuses.mailbox("e", "watching", ["error": "the folder is read-only"]),
            ],
            [
                Statuses.password(1, "used"), Statuses.password(2, "available", issued: 90),
                Statuses.password(3, "inDoubt"),
                Statuses.password(4, "refused", reason: "duplicate"),
                Statuses.password(5, "refused", reason: "no-password"),
                Statuses.password(6, "available", issued: 30), Statuses.password(7, "available", issued: nil),
            ])
        let words = StatusReport(status: status, now: Statuses.now).lines.compactMap {
            $0.split(separator: " ").first.map(String.init)
        }
        #expect(words.filter { $0.count == 1 } == ["d", "c", "e", "b", "a"])
        #expect(words.filter { $0.hasPrefix("main/") }.compactMap(\.last) == ["3", "5", "6", "2", "7", "1", "4"])
    }

    @Test func theAdviceStandsBelowItsError() throws {
        let failed = Statuses.mailbox(
            "main", "failed", ["error": "the server refused the login", "advice": "check user and password"])
        let lines = lines(Statuses.status([failed, Statuses.mailbox("other")]))
        let row = try #require(lines.firstIndex { $0.hasPrefix("main ") })
        #expect(lines[row + 1] == "  the server refused the login")
        #expect(lines[row + 2] == "  -> check user and password")
        #expect(lines[row + 3].hasPrefix("other "))
    }

    @Test(
        arguments: chosen([
            (["watching"], [], "secom-otpd 1.0.0: 1 mailbox, all OK; no mail from the sender"),
            (
                ["watching", "failed", "retrying"], ["used", "inDoubt", "used", "refused"],
                "secom-otpd 1.0.0: 3 mailboxes, 2 with problems (m, m); 1 inDoubt, 1 refused, 2 used"
            ),
        ]))
    func theSummaryCounts(states: [String], passwords: [String], summary: String) {
        let status = Statuses.status(
            states.map { Statuses.mailbox("m", $0) },
            passwords.enumerated().map { Statuses.password($0.offset, $0.element) })
        #expect(lines(status, width: 200)[0] == summary)
    }

    @Test func coloursTakeNoRoom() throws {
        let status = crowd()
        var report = StatusReport(status: status, now: Statuses.now, width: 80, hasColours: true)
        let colourful = report.lines + report.styledSummary
        report.hasColours = false
        let plain = report.lines + report.styledSummary
        #expect(colourful.map { $0.replacing(/\u{1B}\[[0-9]*m/, with: "") } == plain)
        #expect(colourful != plain)
        // Each colour ends on its line.
        #expect(colourful.allSatisfy { !$0.contains("\u{1B}") || $0.contains("\u{1B}[0m") })
    }

    @Test func aReplyThatMakesNoSenseIsShownAllTheSame() throws {
        let status = DaemonStatus(["mailboxes": [1, [:], "x"], "passwords": [["issuedAt": 7, "id": ["x"]]]])
        #expect(lines(status).count > 3)
        #expect(lines(DaemonStatus([:])).first == "secom-otpd ?: no mailbox; no mail from the sender")
    }
}
