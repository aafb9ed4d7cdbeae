import Foundation
import Testing

@testable import Ledger

/// A mail that was too old when it was first seen: Status tells of it, and it has no part in anything.
@Suite struct TooOldTests {
    private func now(_ seconds: Double = 0) -> Moment {
        Moment(wall: at(90_000 + seconds), uptime: .seconds(seconds + 10))
    }

    private func told(_ records: Record...) -> Ledger {
        var ledger = Ledger(open: ["main"])
        for (index, record) in records.enumerated() {
            _ = ledger.expired(
                name(UInt32(index + 1)), record, recipient: "w@example.co.jp", issuedAt: at(0), expiresAt: at(86_400),
                now: now())
        }
        return ledger
    }

    @Test func itStandsInStatus() {
        let ledger = told(.unmarked, .claimed, .flagged, .used, .rejected)
        #expect(ledger.statuses(now: now()).map(\.state) == [.expired, .expired, .expired, .used, .rejected])
        #expect(ledger.statuses(now: now()).allSatisfy { $0.reason == nil && $0.recipient == "w@example.co.jp" })
    }

    @Test func whatIsKnownStays() {
        var ledger = Ledger(open: ["main"])
        _ = ledger.refused(
            name(1), reason: "wrong-subject", recipient: nil, issuedAt: at(0), expiresAt: at(86_400), now: now())
        _ = ledger.expired(name(1), .unmarked, recipient: nil, issuedAt: at(0), expiresAt: at(86_400), now: now())
        #expect(ledger.statuses(now: now()).map(\.reason) == ["wrong-subject"])
    }

    @Test func itMakesNobodyGoAndIsForgotten() {
        var ledger = Ledger(open: ["main"])
        for uid in 1...2100 {
            _ = ledger.expired(
                name(UInt32(uid)), .unmarked, recipient: nil, issuedAt: at(0), expiresAt: at(86_400), now: now())
        }
        #expect(ledger.statuses(now: now()).count == 2048 && ledger.statuses(now: now()).contains { $0.id == name(1) })
        _ = ledger.tick(now: now())
        for hours in 1...48 { _ = ledger.tick(now: now(Double(hours) * 3601)) }
        #expect(ledger.statuses(now: now(48 * 3601)).isEmpty)
    }
}
