import Messages

/// One mistake of a TOML document, in words for who wrote it.
public struct TOMLMistake: Error, Equatable, Sendable {
    /// Counted from 1.
    public let line: Int
    /// The key whose value it is about, as far as it could be read.
    public var key: String?
    /// What is wrong, and what to write. It repeats no value, which may be a secret.
    public let message: Text
}
