/// Everything that is wrong with a configuration, all at once.
package struct ConfigurationError: Error, Equatable, CustomStringConvertible {
    /// One mistake in the file.
    package struct Problem: Equatable, Sendable {
        /// The key, preceded by its table, such as `socket.mode` or `mailbox "main" (line 57): port`; nil for a problem of the whole file.
        package var key: String?
        /// Counted from 1; nil if it is not known.
        package var line: Int?
        package var message: String

        package init(key: String? = nil, line: Int? = nil, message: String) {
            (self.key, self.line, self.message) = (key, line, message)
        }
    }

    /// The path of the file.
    package let file: String
    package let problems: [Problem]

    package init(file: String, problems: [Problem]) { (self.file, self.problems) = (file, problems) }

    /// One line per problem: `FILE:59: mailbox "main" (line 57): port: must be from 1 to 65535, not 0`.
    package var description: String {
        problems.map { problem in
            let line = problem.line.map { ":\($0)" } ?? ""
            return "\(file)\(line): " + (problem.key.map { "\($0): " } ?? "") + problem.message
        }.joined(separator: "\n")
    }

    /// The first problem and the number of further ones, in one line.
    package var summary: String {
        let first = description.prefix { $0 != "\n" }
        let more = problems.count - 1
        return first + (more > 0 ? " (and \(more) more)" : "")
    }
}
