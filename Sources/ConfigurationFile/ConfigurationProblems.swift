import Messages
import TOML

/// Collects the problems that are found while a configuration is read.
package final class ConfigurationProblems {
    /// In the order in which they were found.
    package private(set) var found: [ConfigurationError.Problem] = []
    let keys: KnownKeys
    /// False if the file has keys that could not be read: then no key can be said to be missing.
    let canTellWhatIsMissing: Bool
    /// The keys of the root.
    let roots: Set<String>
    /// The keys of the root and of its single tables: one that is missing in one of several tables may be among them by mistake.
    let loose: Set<String>
    /// Tables whose header is missing, which was told.
    var headersTold: Set<String> = []

    init(keys: KnownKeys, canTellWhatIsMissing: Bool, root: [String: TOMLValue]) {
        (self.keys, self.canTellWhatIsMissing) = (keys, canTellWhatIsMissing)
        roots = Set(root.keys)
        loose = root.values.reduce(into: roots) { loose, value in
            if case .table(let members) = value.content { loose.formUnion(members.keys) }
        }
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
