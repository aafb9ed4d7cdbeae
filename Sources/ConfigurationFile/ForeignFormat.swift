import Messages

/// Recognises a file that is not TOML as a whole: one message says more than one for each of its lines.
enum ForeignFormat {
    /// What it is instead; nil where it has a header or an equals sign, or nothing at all.
    static func told(of text: String) -> Text? {
        let lines = text.split(whereSeparator: \.isNewline).lazy.map { line in
            line.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
        }.filter { !$0.isEmpty && $0.first != "#" }
        guard let first = lines.first else { return nil }
        if first.first == "{" {
            return Text("this looks like \("JSON"), but must be TOML, as in the installed example")
        }
        guard !lines.contains(where: { $0.contains { "[［=＝".contains($0) } }) else { return nil }
        let key = first.prefix { $0 != ":" }
        let isYAML = first.hasPrefix("---") || first.hasPrefix("\(key): ") || first == "\(key):"
        return isYAML
            ? Text("this looks like \("YAML"), but must be TOML, as in the installed example")
            : Text("this is not TOML: it has no key = value; see the installed example")
    }
}
