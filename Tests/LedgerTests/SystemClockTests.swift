import Foundation
import Ledger
import Testing

@Suite(.timeLimit(.minutes(2))) struct SystemClockTests {
    private let clock = SystemClock()

    @Test func sleepsUntilThen() async throws {
        let date = clock.now + 0.05
        while clock.now < date { try await clock.sleep(until: date) }
        try await clock.sleep(until: .distantPast)
    }

    @Test(arguments: [false, true]) func whoIsCancelledSleepsNoLonger(atOnce: Bool) async {
        let sleeper = Task { [clock] in try await clock.sleep(until: .distantFuture) }
        if !atOnce { try? await clock.sleep(until: clock.now + 0.02) }
        sleeper.cancel()
        await #expect(throws: CancellationError.self) { try await sleeper.value }
    }

    /// Each claim that waits and hangs up sets an alarm and cancels it; clients do so as often as they like.
    @Test func cancelledAlarmsTakeNoMemory() async throws {
        let before = try resident()
        for _ in 0..<100_000 {
            let sleeper = Task { [clock] in try await clock.sleep(until: .distantFuture) }
            await Task.yield()
            sleeper.cancel()
            _ = await sleeper.result
        }
        // Half a kilobyte each would be fifty megabytes.
        #expect(try resident() < before + 25_000)
    }

    /// Kilobytes of this process.
    private func resident() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") })
        return try #require(Int(line.filter(\.isNumber)))
    }
}
