import Glibc
import Synchronization

/// A program that runs beside the tests.
final class Subprocess: Sendable {
    enum Exit: Equatable, Sendable {
        case status(Int32)
        case signal(Int32)
    }

    let pid: pid_t
    let output: Output
    let errors: Output
    private let exit = Mutex<Exit?>(nil)

    init(
        _ program: String, _ arguments: [String], environment: [String: String] = [:], input: [UInt8]? = nil
    ) throws {
        let spawned = try spawn(program, arguments, environment: environment)
        let (pid, writer) = (spawned.pid, spawned.input)
        self.pid = pid
        (output, errors) = (Output(readingFrom: spawned.output), Output(readingFrom: spawned.errors))
        Undertaker.shared.note("group", pid)
        background {
            signal(SIGPIPE, SIG_IGN)
            if let input { _ = write(writer, input, input.count) }
            close(writer)
        }
        background { [self] in
            var status: Int32 = 0
            while waitpid(pid, &status, 0) < 0, errno == EINTR {}
            let number = status & 0x7f
            exit.withLock { $0 = number == 0 ? .status((status >> 8) & 0xff) : .signal(number) }
            Undertaker.shared.note("ended", pid)
        }
    }

    var isRunning: Bool { exit.withLock { $0 == nil } }

    /// Sends the signal to the program and to whatever it has started.
    func send(_ signal: Int32) {
        if isRunning { kill(-pid, signal) }
    }

    /// Waits for the end of the program and of its output.
    func ended(within limit: Duration = patience) async throws -> Exit {
        try await eventually("the end of process \(pid)", within: limit, last: { self.output.text + self.errors.text })
        {
            self.output.hasEnded && self.errors.hasEnded ? self.exit.withLock { $0 } : nil
        }
    }
}
