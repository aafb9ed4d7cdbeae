import MIME

/// Whether the line below a URL continues with it: a gateway that wraps lines at a width cuts what is longer.
///
/// The head of a URL is a URL too, and would lead somewhere else. Nobody can know its tail for certain, so a line counts as one
/// unless it is plainly something else: a ruled line, another URL, an address, a sentence.
enum URLContinuation {
    /// - Parameters:
    ///   - line: the line below, trimmed. A note at its end is not looked at.
    ///   - isBehindEmpty: whether an empty line is between, as some gateways put one there. Then it must be a word that nobody
    ///     would begin a paragraph with.
    static func isLikely(_ line: Bytes, isBehindEmpty: Bool = false) -> Bool {
        let line = Note.removed(from: line)
        let word = line.prefix(while: isURLCharacter)
        guard let last = word.last, !isSomethingElse(word) else { return false }
        if isPath(word) { return true }
        // The tail of one that is written twice over: `gin.do<https://...`
        if word.endIndex < line.endIndex, line[word.endIndex] == UInt8(ascii: "<") { return true }
        // Alone on its line, a word of any kind may be the tail.
        if word.count == line.count {
            return isBehindEmpty
                ? !",:;!".utf8.contains(last) && looksLikeTail(word)
                : !",:;!".utf8.contains(last) || beginsLikeTail(word) || joinsWords(word)
        }
        // With more after it, it must look like a piece of a path: `omer/login.do (24 hours)`, and not `and`, `1.1` or `e.g.`
        return !isBehindEmpty && word.contains(where: \.isASCIILetter) && joinsWords(word)
            && (isWord(last) || "/-_=&?%~".utf8.contains(last))
    }

    /// A sign that only a URL continues with, words that such a sign joins, or no capital letter.
    private static func looksLikeTail(_ word: Bytes) -> Bool {
        beginsLikeTail(word) || word.contains(where: \.isASCIILetter) && joinsWords(word)
            || !word.contains { $0.isASCIILetter && $0 == $0 & 0x5F }
    }

    /// Whether it begins with a sign that only a URL continues with.
    private static func beginsLikeTail(_ word: Bytes) -> Bool { "/.?&#=%_-".utf8.contains(word[word.startIndex]) }

    /// Several words between slashes: nothing else is written so, but a date.
    private static func isPath(_ word: Bytes) -> Bool {
        word.contains(where: \.isASCIILetter)
            && word.indices.dropFirst().dropLast().count { index in
                word[index] == UInt8(ascii: "/") && isWord(word[index - 1]) && isWord(word[index + 1])
            } > 1
    }

    /// What RFC 3986 has in a URL.
    private static func isURLCharacter(_ byte: UInt8) -> Bool {
        byte &- 0x21 < 0x5E && !"\"<>\\^`{|}".utf8.contains(byte)
    }

    private static func isSomethingElse(_ word: Bytes) -> Bool {
        // A ruled line, a bullet. A slash alone may be a tail.
        guard word.contains(where: { $0.isASCIILetter || $0.isASCIIDigit }) else {
            return word.count > 1 || word.first != UInt8(ascii: "/")
        }
        if "([".utf8.contains(word[word.startIndex]) { return true }
        let folded = word.prefix(16).map(\.lowercased)
        if folded.starts(with: "www.".utf8) { return true }
        // A scheme, or a word such as TEL, in front of a colon.
        let scheme = folded.prefix { $0.isASCIILetter || $0.isASCIIDigit || "+-.".utf8.contains($0) }
        if !scheme.isEmpty, folded.dropFirst(scheme.count).first == UInt8(ascii: ":") { return true }
        return word.contains(UInt8(ascii: "@")) && !word.contains(UInt8(ascii: "/"))
    }

    /// Whether a sign that joins the words of a URL is between two of them.
    private static func joinsWords(_ word: Bytes) -> Bool {
        word.indices.dropFirst().dropLast().contains { index in
            "/.=?&%_".utf8.contains(word[index]) && isWord(word[index - 1]) && isWord(word[index + 1])
        }
    }

    private static func isWord(_ byte: UInt8) -> Bool { byte.isASCIILetter || byte.isASCIIDigit }
}
