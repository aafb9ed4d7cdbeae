import Glibc
import Testing
import Trials

/// Random stories, each checked after every event: 6 000, or as many as the environment's STORIES says. SEED is that of the first of them: a failure
/// says which one failed.
@Suite struct ModelTests {
    private static let parts = 4
    private static let stories = getenv("STORIES").flatMap { Int(String(cString: $0)) } ?? 6000
    private static let seed = Seed.choose()

    @Test(arguments: chosen(0..<parts)) func promisesHold(part: Int) {
        for number in 0..<max(Self.stories / Self.parts, 1) {
            let seed = Self.seed &+ UInt64(part * (Self.stories / Self.parts) + number)
            let simulation = Self.story(seed)
            guard simulation.breaches.isEmpty else {
                Issue.record(
                    "SEED=\(seed): \(simulation.breaches.first ?? "")\n\(simulation.story.joined(separator: "\n"))")
                return
            }
        }
    }

    private static func story(_ seed: UInt64) -> Simulation {
        var simulation = Simulation(seed: seed)
        for _ in 0..<120 {
            simulation.step()
            if !simulation.breaches.isEmpty { return simulation }
        }
        simulation.comeToRest()
        return simulation
    }
}
