import Foundation
import Testing

@testable import Handoff
@testable import Varlink

@Suite struct HeldPasswordsTests {
    private let now = Date(timeIntervalSince1970: 1_800_000_000)
    private let one = ConnectionID(number: 1)
    private let other = ConnectionID(number: 2)

    private func holding(_ ids: [(String, ConnectionID)]) -> HeldPasswords {
        var held = HeldPasswords()
        for (id, connection) in ids { held.claimed(id, on: connection, until: now + 60) }
        return held
    }

    private func holders(_ held: HeldPasswords, at date: Date? = nil) -> [Bool] {
        [one, other].map { held.isHolding($0, now: date ?? now) }
    }

    @Test func untilItIsSettledOrOver() {
        var held = holding([("a", one), ("b", one), ("c", other)])
        #expect(holders(held) == [true, true])
        held.settled("a")
        held.settled("nobody's")
        #expect(holders(held) == [true, true])
        held.settled("b")
        #expect(holders(held) == [false, true])
        held.ended(other)
        #expect(holders(held) == [false, false])
    }

    @Test func noLongerThanThePasswordIsOfUse() {
        #expect(holders(holding([("a", one)]), at: now + 59) == [true, false])
        #expect(holders(holding([("a", one)]), at: now + 60) == [false, false])
    }

    @Test func whoClaimsItInDoubtHoldsIt() {
        var held = holding([("a", one), ("a", other)])
        #expect(holders(held) == [false, true])
        held.ended(one)
        #expect(holders(held) == [false, true])
    }
}
