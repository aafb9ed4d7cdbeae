import FoundationEssentials
import Testing

@testable import Ledger

/// 100 000 random stories, each checked after every event.
@Suite struct ModelTests {
    private static let parts = 4
    private static let stories = 100_000

    @Test(arguments: 0..<parts) func promisesHold(part: Int) {
        let start = UInt64.random(in: 0...UInt64(UInt32.max))
        for number in 0..<Self.stories / Self.parts {
            let seed = start &+ UInt64(number)
            let world = Self.story(seed)
            guard world.breaches.isEmpty else {
                Issue.record("seed \(seed): \(world.breaches.first ?? "")\n\(world.story.joined(separator: "\n"))")
                return
            }
        }
    }

    private static func story(_ seed: UInt64) -> World {
        var world = World(seed: seed)
        for _ in 0..<24 {
            world.step()
            if !world.breaches.isEmpty { return world }
        }
        world.comeToRest()
        return world
    }
}
