import FoundationEssentials
import Ledger
import ProcessRuntime
import Testing
import Trials

@Suite(.timeLimit(.minutes(15))) struct SystemClockTests {
    private let clock = SystemClock { try await EventLoopExecutor.shared.sleep(for: $0) }

    @Test func sleepsUntilThen() async throws {
        let date = clock.now + 0.05
        while clock.now < date { try await clock.sleep(until: date) }
        try await clock.sleep(until: .distantPast)
    }

    @Test(arguments: chosen([false, true])) func whoIsCancelledSleepsNoLonger(atOnce: Bool) async {
        let sleeper = Task { [clock] in try await clock.sleep(until: .distantFuture) }
        if !atOnce { try? await clock.sleep(until: clock.now + 0.02) }
        sleeper.cancel()
        await #expect(throws: CancellationError.self) { try await sleeper.value }
    }
}
