import CLinux
import Glibc
import ProcessRuntime
import Varlink

/// The operator's command that is run once logged in (`then`): it gets the session on its standard input, and has a time limit.
struct FollowUp: Sendable {
    let command: [String]
    let limit: Duration

    /// Runs it to its end. Returns what went wrong; nil: it exited with 0.
    func run(_ session: JSON.Object) async -> String? {
        let input = JSON.object(session).bytes + [UInt8(ascii: "\n")]
        do { return try await beside("then") { start(input) } } catch { return "\(error)" }
    }

    /// Blocks the thread.
    private func start(_ input: [UInt8]) -> String? {
        let name = command.first ?? ""
        var pipe: [Int32] = [-1, -1]
        guard linux_pipe(&pipe) == 0 else { return "\(name): \(String(cString: strerror(errno)))" }
        let child: ChildProcess
        do {
            defer { close(pipe[0]) }
            child = try ChildProcess(
                command, input: .descriptor(pipe[0]), environment: Self.environment(), leadsGroup: true)
        } catch {
            close(pipe[1])
            return "\(name): \(error)"
        }
        let writing = pipe[1]
        // On a separate thread: the command may never read its input.
        let isStarted = OwnThread.start("then's input") {
            writeAll(input, to: writing)
            input.wipeForAll()
            close(writing)
        }
        if !isStarted { close(writing) }
        guard let ending = child.wait(until: .now + limit) else {
            kill(-child.processID, SIGKILL)
            _ = child.wait()
            return "\(name) did not end within \(limit) (then_timeout)"
        }
        // Processes that it has left running end with it.
        kill(-child.processID, SIGKILL)
        return ending == .exited(0) ? nil : "\(name) \(ending)"
    }

    /// This program's environment, without the variables that lead to secrets.
    private static func environment() -> [String: String] {
        var variables: [String: String] = [:]
        var next = environ
        while let variable = next.pointee {
            let bytes = Array(
                UnsafeBufferPointer(start: variable, count: strlen(variable)).map { UInt8(bitPattern: $0) })
            if let equals = bytes.firstIndex(of: UInt8(ascii: "=")) {
                variables[String(decoding: bytes[..<equals], as: UTF8.self)] = String(
                    decoding: bytes[(equals + 1)...], as: UTF8.self)
            }
            next += 1
        }
        for name in ["CREDENTIALS_DIRECTORY", "LISTEN_FDS", "LISTEN_PID", "LISTEN_FDNAMES", "NOTIFY_SOCKET"] {
            variables[name] = nil
        }
        return variables
    }
}
