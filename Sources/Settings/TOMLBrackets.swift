/// Mistakes over which the TOML library aborts the process instead of telling: a header without a name (`[[[mailbox]]]`,
/// `[.a]`), a `}` that closes no `{` (`["a", }`), and a date that goes on without an hour (`1979-05-27T:`). Found beforehand, by
/// a look at the brackets and dates alone.
struct TOMLBrackets {
    struct Mistake: Error {
        /// Counted from 1.
        let line: Int
        let message: String
    }

    private let bytes: [UInt8]
    private var index = 0
    private var line = 1
    /// Brackets that are open, outside of headers.
    private var open: [UInt8] = []
    private var isLineStart = true

    private init(_ text: String) { bytes = Array(text.utf8) }

    static func check(_ text: String) throws(Mistake) {
        var brackets = TOMLBrackets(text)
        while let byte = brackets.next() { try brackets.take(byte) }
    }

    /// The byte there; nil at the end.
    private func peek(_ ahead: Int = 0) -> UInt8? {
        bytes.indices.contains(index + ahead) ? bytes[index + ahead] : nil
    }

    private mutating func next() -> UInt8? {
        guard let byte = peek() else { return nil }
        index += 1
        if byte == UInt8(ascii: "\n") { line += 1 }
        return byte
    }

    private mutating func take(_ byte: UInt8) throws(Mistake) {
        switch byte {
        case UInt8(ascii: "\n"): isLineStart = true
        // White space, a byte order mark.
        case 0...0x20, 0x80...: break
        case UInt8(ascii: "#"): while let byte = peek(), byte != UInt8(ascii: "\n") { index += 1 }
        case UInt8(ascii: "["):
            if isLineStart, open.isEmpty { try header() } else { open.append(byte) }
            isLineStart = false
        case UInt8(ascii: "{"):
            open.append(byte)
            isLineStart = false
        case UInt8(ascii: "]"), UInt8(ascii: "}"):
            if open.popLast() != UInt8(ascii: "{"), byte == UInt8(ascii: "}") {
                throw Mistake(line: line, message: "this } closes no {")
            }
            isLineStart = false
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            string(byte)
            isLineStart = false
        case UInt8(ascii: "0")...UInt8(ascii: "9") where isHalfADate:
            throw Mistake(line: line, message: "a date without its time; text stands in quotes")
        default: isLineStart = false
        }
    }

    /// Whether the digit just taken begins a date that goes on, but not with an hour.
    private var isHalfADate: Bool {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        func isDigit(_ ahead: Int) -> Bool { peek(ahead).map(digits.contains) ?? false }
        let isDate = (0..<9).allSatisfy { [3, 6].contains($0) ? peek($0) == UInt8(ascii: "-") : isDigit($0) }
        return isDate && [UInt8(ascii: "T"), UInt8(ascii: "t"), UInt8(ascii: " ")].contains(peek(9)) && !isDigit(10)
    }

    /// The rest of the line is for the library.
    private mutating func header() throws(Mistake) {
        if peek() == UInt8(ascii: "[") { index += 1 }
        while let byte = peek(), byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { index += 1 }
        // At the end of the text the library tells.
        guard let first = peek() else { return }
        switch first {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "\""),
            UInt8(ascii: "'"), UInt8(ascii: "]"):
            while let byte = peek(), byte != UInt8(ascii: "\n") { index += 1 }
        default:
            throw Mistake(line: line, message: "after [ there must be a table's name, as in [socket] or [[mailbox]]")
        }
    }

    /// Skips a string of one line or, between three quotes, of several.
    private mutating func string(_ quote: UInt8) {
        let isLong = peek() == quote && peek(1) == quote
        if isLong { index += 2 }
        while let byte = next() {
            if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
                _ = next()
            } else if byte == quote, !isLong {
                return
            } else if byte == quote, peek() == quote, peek(1) == quote {
                index += 2
                // Up to two more belong to the text.
                for _ in 0..<2 where peek() == quote { index += 1 }
                return
            }
        }
    }
}
