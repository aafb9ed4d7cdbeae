import Messages

/// Everything that is wrong with a configuration, all at once.
package struct ConfigurationError: Error, Equatable, CustomStringConvertible {
    /// One mistake in the file.
    package struct Problem: Equatable, Sendable {
        /// The key, with the table that it is in before it, such as `socket.mode` or `mailbox "main" (line 57): port`; nil for what concerns
        /// the file.
        package var key: Text?
        /// Counted from 1, where it is known.
        package var line: Int?
        package var message: Text

        package init(key: Text? = nil, line: Int? = nil, message: Text) {
            (self.key, self.line, self.message) = (key, line, message)
        }
    }

    /// The path of the file.
    package let file: String
    package let problems: [Problem]

    package init(file: String, problems: [Problem]) { (self.file, self.problems) = (file, problems) }

    /// One line per problem: `FILE:59: mailbox "main" (line 57): port: must be from 1 to 65535, not 0`.
    package func lines(in language: Language) -> [String] {
        problems.map { problem in
            let line = problem.line.map { ":\($0)" } ?? ""
            let text = problem.key.map { Text("\($0): \(problem.message)") } ?? problem.message
            return "\(file)\(line): \(text.rendered(in: language))"
        }
    }

    /// The same in English, as the log has it.
    package var description: String { lines(in: .english).joined(separator: "\n") }

    /// In one line: the first of them, and how many more there are.
    package var summary: String {
        let first = description.prefix { $0 != "\n" }
        let more = problems.count - 1
        return first + (more > 0 ? " (and \(more) more)" : "")
    }
}
