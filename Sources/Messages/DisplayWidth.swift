/// How many columns of a terminal text takes, and text made to fit into some.
public enum DisplayWidth {
    /// Two for each scalar that Unicode calls wide (UAX #11), as Japanese names are, none for marks that stand on another. Not by
    /// character: the halfwidth sound mark of ｶﾞ has a column of its own.
    public static func of(_ text: some StringProtocol) -> Int { text.unicodeScalars.reduce(0) { $0 + of($1) } }

    static func of(_ scalar: Unicode.Scalar) -> Int {
        switch (scalar.properties.generalCategory, scalar.value) {
        case (.nonspacingMark, _), (.enclosingMark, _), (.format, _): 0
        // Letters of flags: two of them make one.
        case (_, 0x1F1E6...0x1F1FF): 1
        case (_, 0x1100...0x115F), (_, 0x2329...0x232A), (_, 0x2E80...0x303E), (_, 0x3041...0xA4CF),
            (_, 0xA960...0xA97C),
            (_, 0xAC00...0xD7A3), (_, 0xF900...0xFAFF), (_, 0xFE10...0xFE19), (_, 0xFE30...0xFE6F),
            (_, 0xFF01...0xFF60), (_, 0xFFE0...0xFFE6), (_, 0x16FE0...0x18DFF), (_, 0x1AFF0...0x1B2FF),
            (_, 0x1F200...0x1F265), (_, 0x20000...0x3FFFD):
            2
        default: scalar.properties.isEmojiPresentation ? 2 : 1
        }
    }

    /// The text, or as much of its beginning as fits, with `…` after it.
    public static func cut(_ text: String, to width: Int) -> String {
        guard of(text) > width else { return text }
        return String(head(of: text[...], width: max(width, 1) - 1)) + "…"
    }

    /// The text in lines of at most so many columns: broken between words and where Japanese may be, elsewhere only in what is wider than a line.
    public static func wrapped(_ text: String, to width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            var gap = line.isEmpty ? "" : " "
            for part in LineBreak.parts(of: word) {
                if !line.isEmpty, of(line) + of(gap) + of(part) > width {
                    lines.append(line)
                    (line, gap) = ("", "")
                }
                var rest = part
                while line.isEmpty, of(rest) > width {
                    let head = head(of: rest, width: width)
                    lines.append(String(head))
                    rest = rest[head.endIndex...]
                }
                line += gap + rest
                gap = ""
            }
        }
        return line.isEmpty ? lines : lines + [line]
    }

    /// As much of the beginning as fits; one character at least.
    private static func head(of text: Substring, width: Int) -> Substring {
        var (end, left) = (text.startIndex, width)
        while end < text.endIndex {
            let next = text.index(after: end)
            left -= of(text[end..<next])
            if left < 0, end > text.startIndex || width < 1 { break }
            end = next
        }
        return text[..<end]
    }
}
