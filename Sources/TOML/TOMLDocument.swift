/// A TOML document (toml.io, 1.0.0), read for people who make mistakes: what can be read is, whatever is before it, each value with its
/// line, and each error is reported.
///
/// Bounded: 16 levels, 50 mistakes; time and memory in proportion to the text. It knows no key of ours.
public struct TOMLDocument: Sendable {
    /// The keys of the root.
    public let root: [String: TOMLValue]
    /// In the order of their lines.
    public let mistakes: [TOMLMistake]
    /// Every key that is in the text is in ``root``, though perhaps unreadable. Where not, nothing can be said to be missing.
    public let hasEveryKey: Bool

    /// - Parameter tablesOfMany: the names of which there may be several tables: `[name]` is read as `[[name]]`, and is a mistake.
    public init(_ text: String, tablesOfMany: Set<String> = []) {
        var reader = DocumentReader(text, tablesOfMany)
        reader.read()
        root = reader.tree.root.contents
        mistakes = reader.mistakes.sorted { $0.line < $1.line }
        hasEveryKey = reader.hasEveryKey
    }
}
