import Glibc
import Testing

@testable import ProcessRuntime

@Suite struct RunUntilTests {
    private let executor = EventLoopExecutor.shared

    @Test func whatIsDoneInTimeIsReturned() async throws {
        #expect(try await executor.run(until: .now + .seconds(300)) { 7 } == 7)
    }

    @Test func whatIsThrownInTimeIsThrown() async {
        struct Own: Error {}
        await #expect(throws: Own.self) { try await executor.run(until: .now + .seconds(300)) { throw Own() } }
    }

    @Test func atTheDeadlineItIsCancelled() async {
        await #expect(throws: DeadlinePassed.self) {
            try await executor.run(until: .now + .milliseconds(10)) { [executor] in
                try await executor.sleep(for: .seconds(3600))
            }
        }
    }

    @Test func aDeadlineThatIsPastIsOne() async {
        await #expect(throws: DeadlinePassed.self) {
            try await executor.run(until: .now - .seconds(1)) { [executor] in
                try await executor.sleep(for: .seconds(3600))
            }
        }
    }

    @Test func whatBlocksIsDoneBesideTheLoop() async throws {
        #expect(try await beside("test") { 7 } == 7)
    }

    @Test func whatBlocksForGoodIsNotWaitedForOnceItIsCancelled() async {
        var pipe: [Int32] = [-1, -1]
        #expect(Glibc.pipe(&pipe) == 0)
        let (reading, writing) = (pipe[0], pipe[1])
        let task = Task {
            try await beside("test") {
                var byte: UInt8 = 0
                return read(reading, &byte, 1)
            }
        }
        task.cancel()
        await #expect(throws: NotDone.cancelled) { try await task.value }
        close(writing)
    }
}
