import MIME

/// A link as found in text: bare, in angle brackets, or twice over, as mailers write `URL<URL>`.
enum BracketedLink {
    /// What is within and beside the brackets, of either width, without them. Nil where they do not match, or nothing is
    /// there; the whole text where nobody writes brackets so.
    static func pieces(of text: Bytes) -> [Bytes]? {
        let wide = ("＜".utf8, "＞".utf8)
        if text.starts(with: wide.0) {
            guard text.count > wide.0.count, text.suffix(wide.1.count).elementsEqual(wide.1) else { return nil }
            return [Width.trimmed(text.dropFirst(wide.0.count).dropLast(wide.1.count))]
        }
        var pieces: [Bytes] = []
        var depth = 0
        var start = text.startIndex
        for index in text.indices where text[index] == UInt8(ascii: "<") || text[index] == UInt8(ascii: ">") {
            pieces.append(Width.trimmed(text[start..<index]))
            start = index + 1
            depth += text[index] == UInt8(ascii: "<") ? 1 : -1
            // Four brackets are `<URL<URL>>`.
            if depth < 0 || pieces.count > 4 { return [text] }
        }
        guard depth == 0 else { return nil }
        pieces.append(Width.trimmed(text[start...]))
        pieces.removeAll(where: \.isEmpty)
        return pieces.isEmpty ? [text] : pieces
    }

    /// Whether somebody means this to be followed, well-formed or not: it must be an allowed URL then. Prose is not.
    static func isMeantAsURL(_ text: Bytes, _ hosts: [String]) -> Bool {
        if text.prefix(8).equalsIgnoringCase("https://") { return true }
        let start = Width.folded(text.prefix(400)).map(\.lowercased)
        let scheme = start.prefix { $0.isASCIILetter || $0.isASCIIDigit || "+-.".utf8.contains($0) }
        if !scheme.isEmpty, start.dropFirst(scheme.count).first == UInt8(ascii: ":") { return true }
        if start.starts(with: "//".utf8) || start.starts(with: "\\\\".utf8) || start.starts(with: "www.".utf8) {
            return true
        }
        if start.indices.contains(where: { start[$0...].starts(with: "://".utf8) }) { return true }
        return hosts.contains { start.starts(with: $0.utf8.map(\.lowercased)) }
    }

    /// Whether nobody would take this for a password: in brackets or without, it says where it leads.
    static func isPlainlyURL(_ text: Bytes) -> Bool {
        let start = text.drop { "<([".utf8.contains($0) }.prefix(12).map(\.lowercased)
        return start.starts(with: "www.".utf8) || start.starts(with: "mailto:".utf8)
            || start.drop(while: \.isASCIILetter).starts(with: "://".utf8) && start.first?.isASCIILetter == true
    }
}
