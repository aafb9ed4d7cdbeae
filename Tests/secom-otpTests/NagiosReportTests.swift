import FoundationEssentials
import Handoff
import Messages
import Testing
import Trials
import Varlink

@testable import secom_otp

/// One line and an exit status, as plugins' callers read them.
@Suite struct NagiosReportTests {
    private func report(_ mailboxes: [JSON], _ passwords: [JSON] = []) -> NagiosReport {
        NagiosReport(Statuses.status(mailboxes, passwords), now: Statuses.now)
    }

    private func silent(_ state: String, _ seconds: Double?) -> JSON {
        Statuses.mailbox("main", state, ["lastRoundTripAt": seconds.map(Statuses.ago) ?? .null])
    }

    @Test(
        arguments: chosen(
            [
                ("watching", 5, 0), ("watching", 899, 0), ("watching", 900, 1), ("watching", 1799, 1),
                ("watching", 1800, 2),
                ("watching", nil, 0), ("connecting", nil, 1), ("connecting", 5, 1), ("retrying", 5, 1),
                ("retrying", 1799, 1),
                ("retrying", 1800, 2), ("retrying", nil, 2), ("failed", 5, 2), ("failed", nil, 2), ("unheard-of", 5, 1),
            ] as [(String, Double?, Int32)]))
    func aMailboxIsJudgedByItsStateAndItsServersLastWord(state: String, seconds: Double?, status: Int32) {
        #expect(report([silent(state, seconds)]).state.rawValue == status)
        // A mailbox that is well makes nothing better.
        #expect(report([Statuses.mailbox("well"), silent(state, seconds)]).state.rawValue == status)
    }

    @Test(
        arguments: chosen(
            [
                ("inDoubt", nil, 1), ("refused", "no-password", 1), ("refused", "duplicate", 0),
                ("refused", "expunged", 0),
                ("available", nil, 0), ("claimed", nil, 0), ("rejected", nil, 0), ("expired", nil, 0),
            ] as [(String, String?, Int32)]))
    func aMailIsJudgedByItsState(state: String, reason: String?, status: Int32) {
        let report = report([Statuses.mailbox("main")], [Statuses.password(1, state, reason: reason)])
        #expect(report.state.rawValue == status)
    }

    @Test func aReadOnlyFolderIsAWarning() {
        let mailbox = Statuses.mailbox("main", "watching", ["error": "the folder is read-only: claims fail"])
        #expect(
            report([mailbox]).line.hasPrefix(
                "SECOM-OTP WARNING - main watching: the folder is read-only: claims fail; "))
    }

    @Test func withoutMailboxesNothingIsWatched() { #expect(report([]).state == .critical) }

    @Test func theLineIsWhole() {
        let mailboxes = [
            Statuses.mailbox("main"), Statuses.mailbox("a", "retrying", ["error": "cannot connect"]),
            Statuses.mailbox("b", "failed", ["error": "the server refused the login"]),
        ]
        let report = report(mailboxes, [Statuses.password(1), Statuses.password(2, "inDoubt")])
        #expect(
            report.line
                == "SECOM-OTP CRITICAL - b failed: the server refused the login; a retrying: cannot connect; 1 in doubt; 1 of 3 mailboxes watched, 1 available | mailboxes=3;;1:;0 watching=1;3:;;0;3 failed=1;;0;0;3 available=1;;;0 claimed=0;;;0 in_doubt=1;0;;0 refused=0;0;;0 silence=5s;900;1800;0"
        )
        #expect(report.state.rawValue == 2)
    }

    /// Exactly one bar, no line end, and data as the guidelines have it, whatever the daemon says.
    @Test(
        arguments: chosen([
            "a|b", "|\u{301}", "a\nb | c=1", "\u{1B}[31m", "\u{202E}", String(repeating: "long ", count: 1000),
            "'\"=;|",
        ]))
    func noTextBreaksTheLine(text: String) throws {
        let mailboxes = (1...50).map { _ in
            Statuses.mailbox(text, "failed", ["error": .string(text), "advice": .string(text)])
        }
        let line = report(mailboxes, [Statuses.password(1, "refused", reason: text)]).line
        #expect(line == line.harmless && line.utf8.count < 4096)
        let parts = line.unicodeScalars.split(separator: "|", omittingEmptySubsequences: false).map { String($0) }
        try #require(parts.count == 2)
        for datum in parts[1].split(separator: " ") {
            #expect(try /[a-z_]+=[0-9]+s?(;[0-9:]*){0,4}/.wholeMatch(in: datum) != nil, "\(datum)")
        }
    }

    @Test(
        arguments: chosen(
            [
                (HandoffClient.Failure.client(.notFound(path: "/x|y")), 2), (.client(.refused(path: "/x")), 2),
                (.client(.closed), 2), (.noAnswer(within: .seconds(9)), 2), (.busy(""), 2), (.client(.breach("x")), 2),
                (.client(.notAllowed(path: "/x")), 3), (.handoff(.unknownMailbox("x")), 3), (.client(.badPath("")), 3),
                (.client(.error(VarlinkError("org.varlink.service.PermissionDenied"))), 3),
            ] as [(HandoffClient.Failure, Int32)]))
    func whoCannotBeAskedIsCriticalAndWhoMayNotAskUnknown(failure: HandoffClient.Failure, status: Int32) {
        let report = NagiosReport(failure)
        #expect(report.state.rawValue == status)
        #expect(report.line.hasPrefix("SECOM-OTP \(status == 2 ? "CRITICAL" : "UNKNOWN") - "))
        #expect(!report.line.contains("|"))
    }
}
