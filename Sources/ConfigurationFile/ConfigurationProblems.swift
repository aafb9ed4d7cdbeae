import Messages

/// Collects the problems that are found while a configuration is read.
package final class ConfigurationProblems {
    /// In the order in which they were found.
    package private(set) var found: [ConfigurationError.Problem] = []
    let keys: KnownKeys
    /// False if the file has keys that could not be read: then no key can be said to be missing.
    let canTellWhatIsMissing: Bool

    init(keys: KnownKeys, canTellWhatIsMissing: Bool) {
        (self.keys, self.canTellWhatIsMissing) = (keys, canTellWhatIsMissing)
    }

    func add(_ key: Text?, _ line: Int?, _ message: Text) {
        found.append(.init(key: key, line: line, message: message))
    }

    /// In the order of their lines; those on one line in the order in which they were found.
    package var inOrder: [ConfigurationError.Problem] {
        found.enumerated().sorted { ($0.element.line ?? 0, $0.offset) < ($1.element.line ?? 0, $1.offset) }.map(
            \.element)
    }
}
