/// Reads the tokens of one framed response (RFC 3501, section 9), leniently. Never beyond its end.
struct ResponseScanner {
    private let bytes: [UInt8]
    private(set) var index = 0
    private let end: Int

    /// A trailing CRLF does not count, nor a CR too many before it.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var end = bytes.suffix(2) == [13, 10] ? bytes.count - 2 : bytes.count
        while end < bytes.count, end > 0, bytes[end - 1] == 13 { end -= 1 }
        self.end = end
    }

    var isAtEnd: Bool { index >= end }
    var peek: UInt8? { index < end ? bytes[index] : nil }
    var isAtDigit: Bool { peek.map(Self.isDigit) ?? false }
    static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    /// The bytes that were read since then.
    func read(since start: Int) -> ArraySlice<UInt8> { bytes[start..<index] }

    /// What has not been read yet.
    var rest: ArraySlice<UInt8> { bytes[min(index, end)..<end] }

    /// Takes exactly this text, or nothing.
    mutating func take(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard end - index >= count else { return false }
        for offset in 0..<count where bytes[index + offset] != text.utf8Start[offset] { return false }
        index += count
        return true
    }

    mutating func advance() { if index < end { index += 1 } }

    /// Servers write one space, or several, or one too many, or a tab.
    mutating func skipSpaces() { while peek.map(Self.isWhiteSpace) ?? false { index += 1 } }

    static func isWhiteSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
    /// A word ends here.
    var isAtSpace: Bool { peek.map(Self.isWhiteSpace) ?? true }

    /// Digits, however many: nil where there are none, or the number has more than 63 bits (RFC 7162, section 7).
    mutating func number() -> UInt64? {
        var value: UInt64? = isAtDigit ? 0 : nil
        while let digit = peek, Self.isDigit(digit) {
            index += 1
            guard let before = value else { continue }
            let (product, tooLarge) = before.multipliedReportingOverflow(by: 10)
            let (sum, overflow) = product.addingReportingOverflow(UInt64(digit &- 0x30))
            value = tooLarge || overflow || sum > UInt64(Int64.max) ? nil : sum
        }
        return value
    }

    /// A nz-number, or nil.
    mutating func nonZero32() -> UInt32? {
        guard let number = number(), number > 0 else { return nil }
        return UInt32(exactly: number)
    }

    /// An ATOM, perhaps empty: printable ASCII without the specials. A `[` ends it too: `BODY[]` is a name and a section.
    mutating func atom() -> String {
        let start = index
        while let byte = peek, byte != UInt8(ascii: "["), Self.isAtomCharacter(byte) { index += 1 }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    static func isAtomCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "{"), UInt8(ascii: "%"), UInt8(ascii: "*"),
            UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "]"):
            false
        default: 0x21...0x7E ~= byte
        }
    }

    /// Base64 up to the end (RFC 3501, base64), or nil.
    mutating func base64() -> String? {
        let start = index
        while let byte = peek,
            Self.isDigit(byte) || 0x41...0x5A ~= byte & 0xDF || byte == 0x2B || byte == 0x2F || byte == 0x3D
        {
            index += 1
        }
        return isAtEnd && index > start ? String(decoding: bytes[start..<index], as: UTF8.self) : nil
    }

    /// What stands up to the next space, closing parenthesis or bracket.
    mutating func skipWord() {
        while let byte = peek, !Self.isWhiteSpace(byte), byte != UInt8(ascii: ")"), byte != UInt8(ascii: "]") {
            index += 1
        }
    }

    /// After the opening quotation mark: to the end of a quoted string, its content with the backslashes. Nil where it does not end.
    mutating func quoted() -> ArraySlice<UInt8>? {
        guard take("\"") else { return nil }
        let start = index
        while let byte = peek {
            index += 1
            switch byte {
            case UInt8(ascii: "\""): return bytes[start..<index - 1]
            case UInt8(ascii: "\\"): advance()
            case 0, 10, 13: return nil
            default: break
            }
        }
        return nil
    }

    /// `{n}` or `~{n}`, CRLF and n bytes. The framer has made sure that they are all here.
    mutating func literal() -> ArraySlice<UInt8>? {
        _ = take("~")
        guard take("{"), let size = number() else { return nil }
        _ = take("+")
        guard take("}\r\n"), let size = Int(exactly: size), end - index >= size else { return nil }
        defer { index += size }
        return bytes[index..<index + size]
    }

    /// NIL, in any case.
    mutating func takeNIL() -> Bool {
        var after = self
        guard after.atom().uppercased() == "NIL" else { return false }
        self = after
        return true
    }

    /// NIL is the empty one.
    mutating func nstring() -> ArraySlice<UInt8>? {
        if takeNIL() { return [] }
        return peek == UInt8(ascii: "\"") ? quoted() : literal()
    }

    /// Reads over a value of any balanced form. False where it makes no sense.
    mutating func skipValue() -> Bool {
        var depth = 0
        repeat {
            skipSpaces()
            switch peek {
            case UInt8(ascii: "("):
                depth += 1
                index += 1
                // Nobody nests deeper, and nothing is recursive here: but what is built that way is not sound.
                if depth > 16 { return false }
            case UInt8(ascii: ")"):
                guard depth > 0 else { return false }
                depth -= 1
                index += 1
            case UInt8(ascii: "\""): guard quoted() != nil else { return false }
            case UInt8(ascii: "{"), UInt8(ascii: "~"): guard literal() != nil else { return false }
            case nil: return false
            default:
                let start = index
                while let byte = peek, byte > 0x20, byte != UInt8(ascii: "("), byte != UInt8(ascii: ")"),
                    byte != UInt8(ascii: "\"")
                {
                    index += 1
                }
                guard index > start else { return false }
            }
        } while depth > 0
        return true
    }

    /// The content of a quoted string without its backslashes.
    static func unescaped(_ text: ArraySlice<UInt8>) -> [UInt8] {
        guard text.contains(UInt8(ascii: "\\")) else { return Array(text) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var isEscaped = false
        for byte in text {
            if byte == UInt8(ascii: "\\"), !isEscaped {
                isEscaped = true
            } else {
                bytes.append(byte)
                isEscaped = false
            }
        }
        return bytes
    }

    /// Continues after a list that did not end, at the next item that is known for sure, or at the end. False where nothing is left.
    mutating func skipToItem() -> Bool {
        let items: [StaticString] = [") UID ", ") MODSEQ ", ") INTERNALDATE ", ") BODY["]
        while index < end {
            for item in items where take(item) {
                index -= item.utf8CodeUnitCount - 1
                return true
            }
            index += 1
        }
        return false
    }
}
