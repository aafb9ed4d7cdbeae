import MIME

/// Which part of the text after a password's label is the password: without the Japanese brackets around it and the notes after it.
enum PasswordValue {
    /// How many characters a password has.
    static let lengths = 4...64

    /// - Parameter text: trimmed.
    static func bare(_ text: Bytes) -> Bytes {
        guard text.count <= Note.longest else { return text }
        let value = Note.removed(from: text)
        guard value.contains(where: { $0 >= 0x80 }), let group = Brackets.last(in: value), group.isJapanese,
            group.whole.startIndex == value.startIndex
        else { return value }
        return Width.trimmed(group.content)
    }

    /// Whether the line below may be the rest of a password that a gateway has cut, as it wraps lines at a width. Nobody can know,
    /// so a word alone on its line counts as one unless it is plainly something else: a ruled line, a note, a URL, an address, or
    /// named like `ID:`.
    /// - Parameters:
    ///   - value: the password, with no bracket around it and no note after it, which would be its end.
    ///   - line: trimmed.
    static func mayContinue(_ value: Bytes, in line: Bytes) -> Bool {
        let word = Note.removed(from: line)
        guard let first = word.first, value.count + word.count <= lengths.upperBound,
            word.allSatisfy({ $0 &- 0x21 < 0x5E }), !"([<".utf8.contains(first), !isRule(word),
            !BracketedLink.isPlainlyURL(word), !isAddress(word)
        else { return false }
        let name = word.prefix { $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "-") }
        return name.count < 2 || word.dropFirst(name.count).first != UInt8(ascii: ":")
    }

    /// Whether it ends in a tag of HTML, as where a page is labelled text/plain: `abcd1234<br>`. A tag elsewhere in it is one by chance, and
    /// so is what merely stands in angle brackets.
    static func endsInTag(_ value: Bytes) -> Bool {
        ends.contains { value.count > $0.utf8.count && value.suffix($0.utf8.count).equalsIgnoringCase($0.utf8) }
    }

    private static let ends =
        ["<br>", "<br/>"]
        + [
            "a", "b", "body", "code", "dd", "div", "em", "font", "html", "i", "li", "o:p", "p", "pre", "span", "strong",
            "td",
            "tr", "tt", "u",
        ].map { "</\($0)>" }

    /// Signs alone, one or two of them taking turns: `----`, `-=-=`, `*`.
    private static func isRule(_ word: Bytes) -> Bool {
        Set(word).count <= 2 && !word.contains { $0.isASCIILetter || $0.isASCIIDigit }
    }

    /// `local@domain.domain`
    private static func isAddress(_ word: Bytes) -> Bool {
        guard let at = word.firstIndex(of: UInt8(ascii: "@")), at > word.startIndex else { return false }
        let labels = word[(at + 1)...].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return labels.count > 1
            && labels.allSatisfy { label in
                !label.isEmpty && label.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "-") }
            }
    }
}
