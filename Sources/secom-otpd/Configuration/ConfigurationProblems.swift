import Messages

/// Collects the problems.
final class ConfigurationProblems {
    private(set) var found: [ConfigurationError.Problem] = []
    /// False: the file has keys that could not be read, so none can be said to be missing.
    let canTellWhatIsMissing: Bool

    init(canTellWhatIsMissing: Bool) { self.canTellWhatIsMissing = canTellWhatIsMissing }

    func add(_ key: Text?, _ line: Int?, _ message: Text) {
        found.append(.init(key: key, line: line, message: message))
    }

    /// In the order of their lines; those of one line as they were found.
    var inOrder: [ConfigurationError.Problem] {
        found.enumerated().sorted { ($0.element.line ?? 0, $0.offset) < ($1.element.line ?? 0, $1.offset) }.map(
            \.element)
    }
}
