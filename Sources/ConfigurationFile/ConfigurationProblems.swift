import Messages

/// Collects the problems.
package final class ConfigurationProblems {
    package private(set) var found: [ConfigurationError.Problem] = []
    let keys: KnownKeys
    /// False: the file has keys that could not be read, so none can be said to be missing.
    let canTellWhatIsMissing: Bool

    init(keys: KnownKeys, canTellWhatIsMissing: Bool) {
        (self.keys, self.canTellWhatIsMissing) = (keys, canTellWhatIsMissing)
    }

    func add(_ key: Text?, _ line: Int?, _ message: Text) {
        found.append(.init(key: key, line: line, message: message))
    }

    /// In the order of their lines; those of one line as they were found.
    package var inOrder: [ConfigurationError.Problem] {
        found.enumerated().sorted { ($0.element.line ?? 0, $0.offset) < ($1.element.line ?? 0, $1.offset) }.map(
            \.element)
    }
}
