import Testing
import Trials

@testable import Ledger

/// Many passwords, and many who wait for none of them.
@Suite struct CostTests {
    @Test func theOneWhoWaitsForItGetsItAmongManyWhoDoNot() {
        // Four times as many of both: each claimant looks at each password once, which is sixteen times as much. What grew with
        // the cube would be 64 times as much.
        let growth = ProcessorTime.growth(from: 75, to: 300) { claimants in
            var ledger = Ledger(mailboxes: ["main"])
            let last = UInt32(claimants * 3 + 1)
            for uid in 1..<last {
                let mail = password(name(uid), secret("word-\(uid)"), recipient: "somebody-\(uid)@example.co.jp")
                _ = ledger.arrived(mail, .unmarked, now: at(0))
            }
            for id in 1...UInt64(claimants) {
                let filter = ClaimFilter(recipient: "nobody-\(id)@example.co.jp")
                _ = ledger.claim(claimant(id, filter), now: at(1))
            }
            let mail = password(name(last), secret("last"), recipient: "nobody-\(claimants)@example.co.jp", issued: 1)
            #expect(ledger.arrived(mail, .unmarked, now: at(1)).map(\.told).last == "claim main/1/\(last)")
        }
        #expect(growth < 40)
    }

    @Test func aFloodLeavesRoomForTheNewest() {
        var ledger = Ledger(mailboxes: ["main"])
        for uid in 1...2100 as ClosedRange<UInt32> {
            _ = ledger.arrived(
                password(name(uid), secret("word-\(uid)"), issued: Double(uid) / 1000), .unmarked, now: at(3))
        }
        #expect(ledger.entries.count == Ledger.entryBound)
        #expect(ledger.entries[name(2100)]?.state == .available)
        #expect(ledger.entries[name(1)] == nil)
        // What somebody has is not forgotten for a new one.
        _ = ledger.claim(claimant(1), now: at(3))
        _ = ledger.recordChanged(name(2100), .claim, .done, now: at(3))
        for uid in 3000...3100 as ClosedRange<UInt32> {
            _ = ledger.refused(name(uid), reason: "no-password", recipient: nil, issuedAt: at(2), expiresAt: at(1000))
        }
        #expect(ledger.entries.count == Ledger.entryBound)
        #expect(ledger.entries[name(2100)]?.state.shown == .claimed)
    }
}
