import FoundationEssentials
import Testing

/// A person at a terminal who runs a program: see servers/terminal.py.
struct Onlooker: Sendable {
    /// What they have seen at its end.
    struct Sight: Decodable, Sendable {
        /// All that was written to the terminal, its control sequences among it.
        let shown: String
        /// What went to a stream that is no terminal.
        let output, errors: String
        /// Negative for a signal.
        let exit: Int32

        /// What was written to the terminal, in its lines, without control sequences.
        var lines: [String] {
            let text = shown.replacing(/\u{1B}\[[0-9;?]*[A-Za-z]/, with: "")
            return text.unicodeScalars.filter { $0 != "\r" }.split(separator: "\n").map { String($0) }
        }

        /// What was written to the terminal between two wipes of a line, or behind the last.
        var frames: [Substring] { shown.split(separator: "\u{1B}[K", omittingEmptySubsequences: false) }
    }

    var columns = 80
    /// Which of the standard streams are the terminal.
    var streams = "012"
    var environment = ["TERM": "xterm-256color", "NO_COLOR": ""]
    /// Keys, and what must stand there before they are pressed.
    var keys: [(press: String, once: String)] = []

    /// Begins to run one of the built programs, or that of a path.
    func starting(_ program: String, _ arguments: [String]) throws -> Subprocess {
        let keys = keys.flatMap { ["--press", $0.press, "--once", $0.once] }
        let terminal = ["python3", Place.server("terminal.py"), "\(columns)", streams] + keys
        let path = program.hasPrefix("/") ? program : Place.program(program)
        return try Subprocess("/usr/bin/env", terminal + [path] + arguments, environment: environment)
    }

    func run(_ program: String, _ arguments: String...) async throws -> Sight {
        try await Self.sight(of: starting(program, arguments))
    }

    /// Waits until so many keys have been pressed.
    static func pressed(_ count: Int, in process: Subprocess) async throws {
        try await eventually("\(count) keys pressed") {
            #expect(process.isRunning)
            return process.errors.lines.count >= count
        }
    }

    static func sight(of process: Subprocess) async throws -> Sight {
        let exit = try await process.ended()
        try #require(exit == .status(0), "\(process.errors.text)")
        return try JSONDecoder().decode(Sight.self, from: Data(process.output.bytes))
    }
}
