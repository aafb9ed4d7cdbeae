import Messages

/// Everything that is wrong with a configuration, all at once.
struct ConfigurationError: Error, Equatable, CustomStringConvertible {
    struct Problem: Equatable {
        /// The key, with the table that it is in before it, such as `socket.mode` or `mailbox "main" (line 57): port`; nil for what concerns
        /// the file.
        var key: Text?
        /// Counted from 1, where it is known.
        var line: Int?
        var message: Text
    }

    let file: String
    let problems: [Problem]

    /// One line a problem: `FILE:59: mailbox "main" (line 57): port: must be from 1 to 65535, not 0`.
    func lines(in language: Language) -> [String] {
        problems.map { problem in
            let line = problem.line.map { ":\($0)" } ?? ""
            let text = problem.key.map { Text("\($0): \(problem.message)") } ?? problem.message
            return "\(file)\(line): \(text.rendered(in: language))"
        }
    }

    /// The same in English, as the log has it.
    var description: String { lines(in: .english).joined(separator: "\n") }

    /// In one line: the first of them, and how many more there are.
    var summary: String {
        let first = description.prefix { $0 != "\n" }
        let more = problems.count - 1
        return first + (more > 0 ? " (and \(more) more)" : "")
    }
}
