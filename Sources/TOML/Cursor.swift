/// A place in the text. Lines end with LF or CR LF; a lone CR ends one too, and is reported as an error.
struct Cursor {
    private let text: [Unicode.Scalar]
    private(set) var index = 0
    private(set) var line = 1
    /// The line that the first CR without an LF ends.
    let loneReturn: Int?

    init(_ source: String) {
        var text: [Unicode.Scalar] = []
        var loneReturn: Int?
        var lines = 1
        var isAfterReturn = false
        for scalar in source.unicodeScalars {
            if isAfterReturn, scalar != "\n" {
                loneReturn = loneReturn ?? lines
                text.append("\n")
                lines += 1
            }
            isAfterReturn = scalar == "\r"
            if isAfterReturn { continue }
            if scalar == "\n" { lines += 1 }
            text.append(scalar)
        }
        if isAfterReturn {
            loneReturn = loneReturn ?? lines
            text.append("\n")
        }
        // A byte order mark, as some editors put it in front.
        if text.first == "\u{FEFF}" { text.removeFirst() }
        (self.text, self.loneReturn) = (text, loneReturn)
    }

    var isAtEnd: Bool { index >= text.count }
    var isAtLineEnd: Bool { isAtEnd || text[index] == "\n" }
    var isAtLineStart: Bool { index == 0 || text.indices.contains(index - 1) && text[index - 1] == "\n" }

    /// The character there, or some further on; nil after the end.
    func peek(_ ahead: Int = 0) -> Unicode.Scalar? { text.indices.contains(index + ahead) ? text[index + ahead] : nil }

    mutating func next() -> Unicode.Scalar? {
        guard let scalar = peek() else { return nil }
        index += 1
        if scalar == "\n" { line += 1 }
        return scalar
    }

    /// Takes the character if it is this one.
    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard peek() == scalar else { return false }
        _ = next()
        return true
    }

    /// Takes three quotes.
    mutating func takeThree(_ quote: Unicode.Scalar) -> Bool {
        guard peek() == quote, peek(1) == quote, peek(2) == quote else { return false }
        index += 3
        return true
    }

    mutating func skipSpace() { while peek() == " " || peek() == "\t" { index += 1 } }

    mutating func skipLine() { while !isAtLineEnd { index += 1 } }

    /// Spaces, line ends and comments.
    mutating func skipBlank() {
        while let scalar = peek() {
            switch scalar {
            case " ", "\t", "\n": _ = next()
            case "#": skipLine()
            default: return
            }
        }
    }

    /// Whether a key and its `=` are here.
    var isAtAssignment: Bool {
        guard peek()?.isOfBareKey ?? false else { return false }
        var cursor = self
        while cursor.peek()?.isOfBareKey ?? false || cursor.peek() == "." { cursor.index += 1 }
        cursor.skipSpace()
        return cursor.peek() == "="
    }

    /// Whether a statement seems to begin at the start of this line: `[name]`, or a key and its `=`.
    var isAtStatement: Bool {
        guard isAtLineStart else { return false }
        var cursor = self
        cursor.skipSpace()
        let isHeader = cursor.take("[")
        if isHeader {
            _ = cursor.take("[")
            cursor.skipSpace()
            guard cursor.peek()?.properties.isAlphabetic ?? false else { return false }
        }
        guard cursor.peek()?.isOfBareKey ?? false else { return false }
        while cursor.peek()?.isOfBareKey ?? false || cursor.peek() == "." { cursor.index += 1 }
        cursor.skipSpace()
        guard isHeader else { return cursor.peek() == "=" }
        guard cursor.take("]") else { return false }
        _ = cursor.take("]")
        cursor.skipSpace()
        return cursor.isAtLineEnd || cursor.peek() == "#"
    }
}

extension Unicode.Scalar {
    /// Letters, digits, `-` and `_`, of ASCII.
    var isOfBareKey: Bool { isASCII && properties.isAlphabetic || isDigit || self == "-" || self == "_" }
    var isDigit: Bool { "0"..."9" ~= self }
}
