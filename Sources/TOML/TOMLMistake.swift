import Messages

/// One error in a TOML document, worded for its author.
public struct TOMLMistake: Error, Equatable, Sendable {
    /// Counted from 1.
    public let line: Int
    /// The key whose value it is about, as far as it could be read.
    public var key: String?
    /// What is wrong, and what to write. It repeats no value, which may be a secret.
    public let message: Text
}
