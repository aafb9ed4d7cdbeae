import FoundationEssentials
import Testing
import Trials

@testable import Ledger

/// Many passwords, and many who wait for none of them.
@Suite struct CostTests {
    @Test func theOneWhoWaitsForItGetsItAmongManyWhoDoNot() {
        // Four times as many of both: each claimant looks at each password once, which is sixteen times as much. What grew with
        // the cube would be 64 times as much.
        let growth = ProcessorTime.growth(from: 75, to: 300) { claimants in
            var ledger = Ledger(open: ["main"])
            let last = UInt32(claimants * 3 + 1)
            for uid in 1..<last {
                let mail = password(name(uid), secret("word-\(uid)"), recipient: "somebody-\(uid)@example.co.jp")
                _ = ledger.arrived(mail, .unmarked, now: moment(0))
            }
            for id in 1...UInt64(claimants) {
                let filter = ClaimFilter(recipient: "nobody-\(id)@example.co.jp")
                _ = ledger.claim(claimant(id, filter), now: moment(1))
            }
            let mail = password(name(last), secret("last"), recipient: "nobody-\(claimants)@example.co.jp", issued: 1)
            #expect(ledger.arrived(mail, .unmarked, now: moment(1)).map(\.told).last == "claim main/1/\(last)")
        }
        #expect(growth < 40)
    }

    @Test func aFloodLeavesRoomForTheNewest() {
        var ledger = Ledger(open: ["main"])
        for uid in 1...2100 as ClosedRange<UInt32> {
            _ = ledger.arrived(
                password(name(uid), secret("word-\(uid)"), issued: Double(uid) / 1000), .unmarked, now: moment(3))
        }
        #expect(ledger.messages.count <= Ledger.messageBound)
        #expect(ledger.messages[name(2100)] != nil)
        #expect(ledger.messages[name(1)] == nil)
        // What somebody has is not forgotten for a new one.
        _ = ledger.claim(claimant(1), now: moment(3))
        let key = ledger.messages[name(2100)]?.key
        if let key { _ = ledger.recordChanged(name(2100), .claim, key, .done, now: moment(3)) }
        for uid in 3000...6000 as ClosedRange<UInt32> {
            _ = ledger.refused(
                name(uid), reason: "no-password", recipient: nil, issuedAt: at(2), expiresAt: at(1000), now: moment(3))
        }
        #expect(ledger.messages.count <= Ledger.messageBound)
        #expect(ledger.statuses(now: moment(3)).first { $0.id == name(2100) }?.state == .claimed)
    }

    /// Whatever else is there, a claim costs what it touches.
    @Test func manyMailboxesAreNoSlowerToServe() {
        func time(_ mailboxes: Int) -> Double {
            let names = (0..<mailboxes).map { "mailbox-\($0)" }
            var ledger = Ledger(open: names)
            for name in names {
                for uid in 1...200 as ClosedRange<UInt32> {
                    let mail = password(
                        LedgerTests.name(uid, in: name), secret("word-\(name)-\(uid)"), issued: Double(uid) / 1000)
                    _ = ledger.arrived(mail, .unmarked, now: moment(1))
                }
            }
            return ProcessorTime.used {
                for number in 1...500 as ClosedRange<UInt64> {
                    let told = ledger.claim(claimant(number, ClaimFilter(mailbox: "mailbox-0")), now: moment(2))
                    _ = ledger.nextWake(now: moment(2))
                    guard
                        case .change(let id, let change, let key)? = told.last(where: {
                            if case .change = $0 { true } else { false }
                        })
                    else { continue }
                    _ = ledger.recordChanged(id, change, key, .done, now: moment(2))
                    _ = ledger.settle("\(id)", .unused, call: number, now: moment(2))
                    _ = ledger.recordChanged(id, .release, key, .done, now: moment(2))
                }
            }
        }
        #expect(time(100) < 6 * time(1))
    }
}
