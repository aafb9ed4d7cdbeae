import FoundationEssentials
import Handoff
import Messages
import Testing
import Trials
import Varlink

@testable import secom_otp

/// What a claim waits for, and why it got nothing.
@Suite struct ClaimOutlookTests {
    private func reasons(
        _ mailboxes: [JSON], _ passwords: [JSON] = [], _ change: (inout HandoffClient.Request) -> Void = { _ in }
    ) -> [String] {
        var request = HandoffClient.Request()
        change(&request)
        return ClaimOutlook(request, Statuses.status(mailboxes, passwords)).reasons(now: Statuses.now).map(\.english)
    }

    private let main = Statuses.mailbox("main")

    @Test func aMailboxThatIsNotWatched() {
        let failed = Statuses.mailbox("main", "failed", ["error": "the server refused the login"])
        #expect(reasons([failed, Statuses.mailbox("other")]) == ["main failed: the server refused the login"])
        #expect(reasons([failed, Statuses.mailbox("other")]) { $0.mailbox = "other" } == [])
        let many = (1...9).map { Statuses.mailbox("m\($0)", "retrying") }
        #expect(reasons(many) == ["m1 retrying", "m2 retrying", "m3 retrying", "m4 retrying", "5 more have problems"])
    }

    @Test(
        arguments: chosen(
            [
                ([63.0, 100], "2 were there, issued 3 s and 40 s too early for --issued-after"),
                ([61], "1 was there, issued 1 s too early for --issued-after"), ([60.0], nil), ([60.9, 59], nil),
                ([10], nil),
                ([7260], "1 was there, issued 2 h too early for --issued-after"),
                (
                    [120, 180, 240, 300, 360],
                    "5 were there, issued 1 min, 2 min, 3 min, 4 min and more too early for --issued-after"
                ),
            ] as [([Double], String?)]))
    func whatWasIssuedTooEarly(ages: [Double], reason: String?) {
        let passwords = ages.enumerated().map { Statuses.password($0.offset, issued: $0.element) }
        // The fraction does not count, as for the daemon: 60 s ago it still fits.
        let after = RFC3339.format(Statuses.now.addingTimeInterval(-59.1))
        let found = reasons([main], passwords) { $0.issuedAfter = after }
        #expect(found == (reason.map { [$0] } ?? []) || reason == nil && ages == [60.9, 59] && found.count == 1)
        #expect(reasons([main], passwords) == [])
    }

    @Test func whatIsInDoubt() throws {
        let passwords = [Statuses.password(1, "inDoubt"), Statuses.password(2, "inDoubt", issued: 600)]
        let reason = try #require(reasons([main], passwords).first)
        #expect(reason.hasPrefix("2 in doubt") && reason.contains("--include-in-doubt"))
        #expect(reason.contains("main/1795404976/1, main/1795404976/2"))
        #expect(reasons([main], passwords) { $0.includesInDoubt = true } == [])
        let after = RFC3339.format(Statuses.now.addingTimeInterval(-120))
        #expect(try #require(reasons([main], passwords) { $0.issuedAfter = after }.first).hasPrefix("1 in doubt"))
        #expect(reasons([main], passwords) { $0.mailbox = "other" } == [])
        #expect(reasons([main], passwords) { $0.recipient = "else@example.co.jp" } == [])
        #expect(reasons([main], passwords) { $0.recipient = "WebMaster@Example.co.jp" }.count == 1)
    }

    @Test func whatIsSomebodyElses() {
        let passwords = [
            Statuses.password(1), Statuses.password(2, in: "b"), Statuses.password(3, to: "b@example.co.jp"),
            Statuses.password(4, to: nil),
        ]
        let mailboxes = [main, Statuses.mailbox("b"), Statuses.mailbox("c")]
        #expect(
            reasons(mailboxes, passwords) { $0.recipient = "c@example.co.jp" } == [
                "4 for another recipient: b@example.co.jp, unknown (the mail does not say), webmaster@example.co.jp"
            ])
        #expect(reasons(mailboxes, passwords) { $0.mailbox = "c" } == ["4 in another mailbox: b, main"])
        #expect(
            reasons([main], [Statuses.password(1, "claimed")]) == ["1 claimed by another claimant and not settled yet"])
    }

    @Test func whatWasRefused() {
        let passwords = [
            Statuses.password(1, "refused", reason: "no-password: its lines"),
            Statuses.password(2, "refused", reason: "duplicate"),
            Statuses.password(3, "refused", issued: nil, reason: "malformed"),
            Statuses.password(4, "refused", issued: 999, reason: "wrong-subject"),
        ]
        let after = RFC3339.format(Statuses.now.addingTimeInterval(-120))
        #expect(
            reasons([main], passwords) { $0.issuedAfter = after } == [
                "2 refused: main/1795404976/1 (no-password), main/1795404976/3 (malformed)"
            ])
    }

    @Test func whatIsUsedIsNoReason() {
        #expect(
            reasons(
                [main], ["used", "rejected", "expired"].enumerated().map { Statuses.password($0.offset, $0.element) })
                == [])
    }

    @Test(
        arguments: chosen([
            (["main": "watching"], "secom-otp: waiting, 4 min 32 s left: main watching"),
            (
                ["a": "watching", "b": "failed"],
                "secom-otp: waiting, 4 min 32 s left: b failed, a watching"
            ),
        ]))
    func whileItWaits(states: [String: String], line: String) {
        let mailboxes = states.sorted { $0.key < $1.key }.map { Statuses.mailbox($0.key, $0.value) }
        let outlook = ClaimOutlook(HandoffClient.Request(), Statuses.status(mailboxes))
        #expect(ClaimOutlook.waiting(.seconds(272), for: outlook, width: 79) == line)
        #expect(
            ClaimOutlook.waiting(.seconds(272), for: nil, width: 79)
                == "secom-otp: waiting, 4 min 32 s left: for a matching password")
        #expect(ClaimOutlook.waiting(.seconds(-1), for: nil, width: 79).contains("0 s left"))
    }

    @Test(
        arguments: chosen([
            (120, "secom-otp: waiting, 4 s left: a failed: the server refused the login, b watching"),
            (60, "secom-otp: waiting, 4 s left: a failed, b watching"),
            (40, "secom-otp: waiting, 4 s left: a failed,…"),
        ]))
    func errorsGiveWayToTheMailboxes(width: Int, line: String) {
        let failed = Statuses.mailbox("a", "failed", ["error": "the server refused the login"])
        let outlook = ClaimOutlook(HandoffClient.Request(), Statuses.status([failed, Statuses.mailbox("b")]))
        #expect(ClaimOutlook.waiting(.seconds(4), for: outlook, width: width) == line)
    }

    @Test func ofManyTheOnesThatAreNotWellAreNamed() {
        var mailboxes = (1...97).map { Statuses.mailbox("m\($0)") }
        mailboxes += (1...6).map { Statuses.mailbox("\u{1B}証明書の受信箱\($0)", "retrying") }
        let outlook = ClaimOutlook(HandoffClient.Request(), Statuses.status(mailboxes))
        #expect(
            ClaimOutlook.waiting(.seconds(3600), for: outlook, width: 300)
                == "secom-otp: waiting, 1 h left: 97 watching, ?証明書の受信箱1 retrying, ?証明書の受信箱2 retrying, ?証明書の受信箱3 retrying, ?証明書の受信箱4 retrying, 2 more have problems"
        )
        for width in [20, 40, 79] {
            #expect(DisplayWidth.of(ClaimOutlook.waiting(.seconds(3600), for: outlook, width: width)) <= width)
        }
    }
}
