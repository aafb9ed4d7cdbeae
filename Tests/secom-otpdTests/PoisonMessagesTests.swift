import Foundation
import Glibc
import Testing

@testable import secom_otpd

/// What killed one process is known to the next. Each exit test is a process of its own, that really dies.
@Suite struct PoisonMessagesTests {
    private func fresh() throws -> String {
        let path = FileManager.default.temporaryDirectory.path + "/secom-otpd-reading-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    @Test func aMailThatTrapsIsPoison() async throws {
        let path = try fresh()
        defer { try? FileManager.default.removeItem(atPath: path) }
        await #expect(processExitsWith: .failure) { [path = path as String] in
            let poison = PoisonMessages(directory: path)
            _ = poison?.reading("main/1/8") {}
            _ = poison?.reading("main/1/7") { raise(SIGILL) }
        }
        let poison = try #require(PoisonMessages(directory: path))
        #expect(poison.isPoison("main/1/7"))
        #expect(!poison.isPoison("main/1/8"))
        // And still is, after a restart that was none of its doing.
        #expect(try #require(PoisonMessages(directory: path)).isPoison("main/1/7"))
    }

    @Test func aProcessKilledFromOutsideProvesNothingAtFirst() async throws {
        let path = try fresh()
        defer { try? FileManager.default.removeItem(atPath: path) }
        for expected in [false, true] {
            await #expect(processExitsWith: .failure) { [path = path as String] in
                let poison = PoisonMessages(directory: path)
                _ = poison?.reading("main/1/7") { kill(getpid(), SIGKILL) }
            }
            #expect(try #require(PoisonMessages(directory: path)).isPoison("main/1/7") == expected)
        }
    }

    @Test func withoutADirectoryNothingIsRecorded() {
        #expect(PoisonMessages(directory: nil) == nil)
        #expect(PoisonMessages(directory: "/nonexistent") == nil)
    }
}
