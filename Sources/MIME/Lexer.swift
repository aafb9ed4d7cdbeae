/// Cuts a structured header field into tokens, over comments and white space (RFC 5322, 3.2; RFC 2045, 5.1).
/// Comments nest to any depth without recursion.
public struct Lexer {
    /// One token. A quoted string comes without its quotes and backslashes.
    public enum Token: Equatable {
        case atom(Bytes)
        case quoted([UInt8])
        /// `[...]`, brackets included
        case literal(Bytes)
        case special(UInt8)
        /// A quoted string, a comment or a literal that never ends: nothing after it can be trusted.
        case malformed
    }

    /// What is no part of an atom, besides white space and control characters.
    public struct Specials: Sendable {
        let set: ASCIISet
        /// RFC 5322, 3.2.3
        public static let address = Specials(set: ASCIISet("()<>[]:;@\\,.\""))
        /// RFC 2045, 5.1
        public static let mime = Specials(set: ASCIISet("()<>@,;:\\\"/[]?="))
        /// RFC 8601, 2.2: `=` before a result or a value, `;` between results. Values hold anything else unquoted.
        public static let authenticationResults = Specials(set: ASCIISet("();=\""))
    }

    private let text: Bytes
    private let specials: Specials
    private var position: Int

    /// - Parameter specials: what is a token of its own.
    public init(_ text: Bytes, specials: Specials) {
        self.text = text
        self.specials = specials
        position = text.startIndex
    }

    /// What has not been read yet.
    public var rest: Bytes { text[position...] }

    /// The next token, nil at the end.
    public mutating func next() -> Token? {
        guard skipCommentsAndSpace() else { return .malformed }
        guard position < text.endIndex else { return nil }
        let first = text[position]
        switch first {
        case UInt8(ascii: "\""): return quotedString()
        case UInt8(ascii: "[") where specials.set.contains(first): return literal()
        default: break
        }
        if specials.set.contains(first) {
            position += 1
            return .special(first)
        }
        let start = position
        while position < text.endIndex, !isDelimiter(text[position]) { position += 1 }
        return .atom(text[start..<position])
    }

    private func isDelimiter(_ byte: UInt8) -> Bool { isSpace(byte) || specials.set.contains(byte) }

    private func isSpace(_ byte: UInt8) -> Bool { byte.isBlank || byte.isLineBreak }

    /// False where a comment does not end.
    private mutating func skipCommentsAndSpace() -> Bool {
        var depth = 0
        while position < text.endIndex {
            let byte = text[position]
            if byte == UInt8(ascii: "(") {
                depth += 1
            } else if depth == 0 {
                guard isSpace(byte) else { return true }
            } else if byte == UInt8(ascii: ")") {
                depth -= 1
            } else if byte == UInt8(ascii: "\\") {
                position += 1
            }
            position = min(position + 1, text.endIndex)
        }
        return depth == 0
    }

    private mutating func quotedString() -> Token {
        var content: [UInt8] = []
        position += 1
        while position < text.endIndex {
            var byte = text[position]
            position += 1
            if byte == UInt8(ascii: "\"") { return .quoted(content) }
            if byte == UInt8(ascii: "\\") {
                guard position < text.endIndex else { break }
                byte = text[position]
                position += 1
            }
            if !byte.isLineBreak { content.append(byte) }
        }
        return .malformed
    }

    private mutating func literal() -> Token {
        let start = position
        while position < text.endIndex {
            position += 1
            if text[position - 1] == UInt8(ascii: "]") { return .literal(text[start..<position]) }
        }
        return .malformed
    }
}
