import Foundation
import Glibc
import Testing

@testable import ProcessRuntime

@Suite struct ChildProcessTests {
    private func shell(_ script: String) throws -> ChildProcess.Ending {
        try ChildProcess(["/bin/sh", "-c", script]).wait()
    }

    @Test func howItEnds() throws {
        #expect(try shell("exit 0") == .exited(0))
        #expect(try shell("exit 255") == .exited(255))
        #expect(try shell("kill -9 $$") == .killed(by: SIGKILL))
    }

    /// In this order, whatever their numbers are here.
    @Test func hasWhatIsPassed() throws {
        var pipes: [[Int32]] = [[-1, -1], [-1, -1]]
        for index in pipes.indices { #expect(pipe(&pipes[index]) == 0) }
        defer { for end in pipes.joined() { close(end) } }
        let child = try ChildProcess(
            ["/bin/sh", "-c", "echo a >&3; echo $WORD >&4; test ! -e /proc/self/fd/5"],
            passing: [pipes[1][1], pipes[0][1]],
            environment: ["WORD": "b"])
        #expect(child.wait() == .exited(0))
        for (pipe, expected) in [(pipes[1], "a\n"), (pipes[0], "b\n")] {
            var bytes = [UInt8](repeating: 0, count: 8)
            let count = read(pipe[0], &bytes, bytes.count)
            #expect(String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self) == expected)
        }
    }

    @Test func whatCannotBeStarted() {
        #expect(throws: ChildProcess.NotStarted(number: ENOENT)) { try ChildProcess(["/nonexistent/command"]) }
        #expect(throws: ChildProcess.NotStarted(number: EACCES)) { try ChildProcess(["/etc/passwd"]) }
        #expect(throws: ChildProcess.NotStarted(number: ENOENT)) { try ChildProcess([]) }
    }

    @Test func whatHasNotEndedByThenGoesOn() throws {
        let child = try ChildProcess(["sleep", "600"])
        #expect(child.wait(until: .now + .milliseconds(10)) == nil)
        kill(child.processID, SIGTERM)
        #expect(child.wait(until: .now + .seconds(20)) == .killed(by: SIGTERM))
        // Somebody has waited for it.
        #expect(child.wait() == .unknown)
    }

    @Test func itIsNotWaitedForOnceThatIsToEnd() throws {
        var pipe: [Int32] = [-1, -1]
        #expect(Glibc.pipe(&pipe) == 0)
        defer { close(pipe[0]) }
        let child = try ChildProcess(["sleep", "600"])
        close(pipe[1])
        #expect(child.wait(until: .now + .seconds(300), orReadable: pipe[0]) == nil)
        kill(child.processID, SIGKILL)
        #expect(child.wait(until: .now + .seconds(300)) == .killed(by: SIGKILL))
    }

    /// It is woken by the child's end, and does not look for it again and again.
    @Test func theWaitCostsNothing() throws {
        // proc(5): how often this thread has slept and was woken.
        func switches() throws -> Int {
            let status = try String(contentsOfFile: "/proc/thread-self/status", encoding: .utf8)
            let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("voluntary_ctxt_switches") })
            return try #require(Int(line.split(separator: "\t").last ?? ""))
        }
        let child = try ChildProcess(["sleep", "1"])
        let before = try switches()
        #expect(child.wait(until: .now + .seconds(300)) == .exited(0))
        #expect(try switches() - before < 20)
    }

    /// nohup and some supervisors hand it down so; its children are nobody's then, and no status tells how they ended.
    @Test func whereTheirEndWasIgnoredItIsWaitedForAllTheSame() async {
        await #expect(processExitsWith: .success) {
            signal(SIGCHLD, SIG_IGN)
            guard try ChildProcess(["/bin/sh", "-c", "exit 3"]).wait() == .exited(3) else { exit(1) }
        }
    }

    @Test func itsStreams() throws {
        var pipe: [Int32] = [-1, -1]
        #expect(Glibc.pipe(&pipe) == 0)
        defer { for end in pipe { close(end) } }
        let child = try ChildProcess(
            ["/bin/sh", "-c", "cat; echo out; echo err >&2"], input: .null,
            output: .descriptor(pipe[1]), errors: .null)
        #expect(child.wait() == .exited(0))
        var bytes = [UInt8](repeating: 0, count: 100)
        let count = read(pipe[0], &bytes, bytes.count)
        #expect(String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self) == "out\n")
    }

    @Test func aGroupOfItsOwn() throws {
        let leader = try ChildProcess(["sleep", "600"], leadsGroup: true)
        #expect(getpgid(leader.processID) == leader.processID)
        let follower = try ChildProcess(["sleep", "600"])
        #expect(getpgid(follower.processID) == getpgid(0))
        for child in [leader, follower] {
            kill(child.processID, SIGKILL)
            #expect(child.wait() == .killed(by: SIGKILL))
        }
    }
}
