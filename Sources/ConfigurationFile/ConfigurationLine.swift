/// Decides which lines of a configuration an error may show: those that cannot contain a secret.
enum ConfigurationLine {
    private static let lengthBound = 120

    /// The line without its comment and the white space around it; nil if it should not be shown.
    static func shown(_ line: Substring, _ keys: KnownKeys) -> String? {
        let text = trimmed(line.prefix { $0 != "#" })
        guard !text.isEmpty, text.count <= lengthBound, isPrintable(text), isOpen(text, keys) else { return nil }
        return String(text)
    }

    private static func isOpen(_ text: Substring, _ keys: KnownKeys) -> Bool {
        if text.first == "[" { return isHeader(text) }
        let end = text.firstIndex { "=＝: \t\u{3000}\"'“”‘’".contains($0) } ?? text.endIndex
        let key = halfWidth(text[..<end])
        guard keys.all.contains(key), !keys.hidden.contains(key) else { return false }
        // The line has more than one key: one of them might be secret.
        let words = halfWidth(text[end...]).lowercased()
        guard words.count(where: { $0 == "=" }) <= 1 else { return false }
        return !["passw", "token", "secret", "credential", "command", "user"].contains { holds(words, $0) }
    }

    /// `[name]` or the like, and not an array of strings.
    private static func isHeader(_ text: Substring) -> Bool {
        text.count <= 40 && !text.contains { "\"'“”‘’=＝,".contains($0) }
    }

    private static func trimmed(_ line: Substring) -> Substring {
        let start = line.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
        let end = start.lastIndex { !$0.isWhitespace }
        return end.map { start[...$0] } ?? ""
    }

    private static func isPrintable(_ text: Substring) -> Bool {
        !text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\t" || 0x7F...0x9F ~= $0.value }
    }

    private static func halfWidth(_ text: Substring) -> String {
        var folded = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            folded.append(0xFF01...0xFF5E ~= scalar.value ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar)
        }
        return String(folded)
    }

    /// Compares bytes: contains(_: String) is Foundation's, and would link ICU.
    private static func holds(_ text: String, _ word: String) -> Bool {
        let (text, word) = (Array(text.utf8), Array(word.utf8))
        return text.indices.contains { text[$0...].starts(with: word) }
    }
}
