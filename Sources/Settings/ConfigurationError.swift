/// Everything that is wrong with a configuration, all at once.
package struct ConfigurationError: Error, Equatable, CustomStringConvertible {
    package struct Problem: Equatable {
        /// The key's path, such as `mailbox[1].port`; nil for what concerns the file.
        package var key: String?
        /// Counted from 1, where it is known.
        package var line: Int?
        package var message: String

        package init(key: String? = nil, line: Int? = nil, message: String) {
            (self.key, self.line, self.message) = (key, line, message)
        }
    }

    package let file: String
    package let problems: [Problem]

    package init(file: String, problems: [Problem]) { (self.file, self.problems) = (file, problems) }

    /// One line a problem: `FILE:12: mailbox[1].port: must be from 1 to 65535`.
    package var description: String {
        problems.map { problem in
            let line = problem.line.map { ":\($0)" } ?? ""
            return "\(file)\(line): " + (problem.key.map { "\($0): " } ?? "") + problem.message
        }.joined(separator: "\n")
    }
}
