import Testing
import Trials

/// 100 000 random stories, each checked after every event. SEED is that of the first of them: a failure says which one failed.
@Suite struct ModelTests {
    private static let parts = 4
    private static let stories = 100_000
    private static let seed = Seed.choose()

    @Test(arguments: chosen(0..<parts)) func promisesHold(part: Int) {
        for number in 0..<Self.stories / Self.parts {
            let seed = Self.seed &+ UInt64(part * Self.stories / Self.parts + number)
            let world = Self.story(seed)
            guard world.breaches.isEmpty else {
                Issue.record("SEED=\(seed): \(world.breaches.first ?? "")\n\(world.story.joined(separator: "\n"))")
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
