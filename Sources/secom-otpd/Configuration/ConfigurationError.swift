/// Everything that is wrong with a configuration, all at once.
struct ConfigurationError: Error, Equatable, CustomStringConvertible {
    struct Problem: Equatable {
        /// The key's path, such as `mailbox[1].port`; nil for what concerns the file.
        var key: String?
        /// Counted from 1, where it is known.
        var line: Int?
        var message: String
    }

    let file: String
    let problems: [Problem]

    /// One line a problem: `FILE:12: mailbox[1].port: must be from 1 to 65535`.
    var description: String {
        problems.map { problem in
            let line = problem.line.map { ":\($0)" } ?? ""
            return "\(file)\(line): " + (problem.key.map { "\($0): " } ?? "") + problem.message
        }.joined(separator: "\n")
    }
}
