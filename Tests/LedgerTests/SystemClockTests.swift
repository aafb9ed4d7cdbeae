import FoundationEssentials
import Ledger
import ProcessRuntime
import Testing
import Trials

@Suite(.timeLimit(.minutes(15))) struct SystemClockTests {
    private let clock = SystemClock { try await EventLoopExecutor.shared.sleep(for: $0) }

    @Test func sleepsUntilThen() async throws {
        let due = clock.now.uptime + .milliseconds(50)
        while clock.now.uptime < due { try await clock.sleep(until: due) }
        try await clock.sleep(until: due - .seconds(1))
    }

    @Test(arguments: chosen([false, true])) func whoIsCancelledSleepsNoLonger(atOnce: Bool) async {
        let sleeper = Task { [clock] in try await clock.sleep(until: clock.now.uptime + .seconds(3600)) }
        if !atOnce { try? await clock.sleep(until: clock.now.uptime + .milliseconds(20)) }
        sleeper.cancel()
        await #expect(throws: CancellationError.self) { try await sleeper.value }
    }
}
