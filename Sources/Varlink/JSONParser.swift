/// Why bytes are not the JSON that is accepted here, and where.
public struct JSONSyntaxError: Error, Equatable, CustomStringConvertible {
    public enum Reason: String, Sendable {
        case unexpectedEnd = "the text ends too early"
        case unexpectedByte = "unexpected byte"
        case trailingBytes = "bytes after the value"
        case tooDeep = "nested too deep"
        case invalidUTF8 = "not UTF-8"
        case invalidEscape = "bad escape in a string"
        case numberOutOfRange = "number out of range"
        case duplicateName = "a name occurs twice in one object"
    }
    public let reason: Reason
    /// Bytes from the start of the text.
    public let offset: Int

    public var description: String { "not JSON: \(reason.rawValue) at byte \(offset)" }
}

extension JSON {
    /// Parses one JSON text (RFC 8259), strictly: nothing but white space around it, valid UTF-8, no lone surrogates, no
    /// name twice in an object (two readers could see two different values), at most `maximumDepth` arrays and objects
    /// inside one another. Time and memory are linear in the bytes.
    public init(parsing bytes: UnsafeRawBufferPointer, maximumDepth: Int = 32) throws(JSONSyntaxError) {
        var parser = JSONParser(bytes: bytes, remainingDepth: maximumDepth)
        self = try parser.parse()
    }

    /// Parses one JSON text given as bytes in an array.
    public init(parsing bytes: [UInt8], maximumDepth: Int = 32) throws(JSONSyntaxError) {
        self = try bytes.withUnsafeBufferPointer { bytes throws(JSONSyntaxError) in
            try JSON(parsing: UnsafeRawBufferPointer(bytes), maximumDepth: maximumDepth)
        }
    }
}

struct JSONParser {
    let bytes: UnsafeRawBufferPointer
    var remainingDepth: Int
    private var position = 0

    init(bytes: UnsafeRawBufferPointer, remainingDepth: Int) {
        self.bytes = bytes
        self.remainingDepth = remainingDepth
    }

    mutating func parse() throws(JSONSyntaxError) -> JSON {
        let value = try value()
        skipWhiteSpace()
        guard position == bytes.count else { throw error(.trailingBytes) }
        return value
    }

    // MARK: - Values

    private mutating func value() throws(JSONSyntaxError) -> JSON {
        skipWhiteSpace()
        guard let byte = peek else { throw unexpected() }
        switch byte {
        case UInt8(ascii: "{"): return .object(try nested { parser throws(JSONSyntaxError) in try parser.object() })
        case UInt8(ascii: "["): return .array(try nested { parser throws(JSONSyntaxError) in try parser.array() })
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        default: throw unexpected()
        }
    }

    private mutating func nested<Result>(
        _ body: (inout JSONParser) throws(JSONSyntaxError) -> Result
    ) throws(JSONSyntaxError) -> Result {
        guard remainingDepth > 0 else { throw error(.tooDeep) }
        remainingDepth -= 1
        position += 1
        let result = try body(&self)
        remainingDepth += 1
        return result
    }

    private mutating func object() throws(JSONSyntaxError) -> JSON.Object {
        var members: [(name: String, value: JSON)] = []
        var names = Set<String>()
        skipWhiteSpace()
        if take(UInt8(ascii: "}")) { return JSON.Object() }
        repeat {
            skipWhiteSpace()
            let start = position
            guard peek == UInt8(ascii: "\"") else { throw unexpected() }
            let name = try string()
            // A few names are compared one by one, many through a set.
            if members.count == 16 { for index in members.indices { names.insert(members[index].name) } }
            let isNew =
                members.count < 16 ? !members.contains { $0.name == name } : names.insert(name).inserted
            guard isNew else { throw JSONSyntaxError(reason: .duplicateName, offset: start) }
            skipWhiteSpace()
            guard take(UInt8(ascii: ":")) else { throw unexpected() }
            members.append((name, try value()))
            skipWhiteSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw unexpected() }
        return JSON.Object(unique: members)
    }

    private mutating func array() throws(JSONSyntaxError) -> [JSON] {
        var elements: [JSON] = []
        skipWhiteSpace()
        if take(UInt8(ascii: "]")) { return elements }
        repeat {
            elements.append(try value())
            skipWhiteSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw unexpected() }
        return elements
    }

    private mutating func literal(_ text: StaticString, _ value: JSON) throws(JSONSyntaxError) -> JSON {
        for index in 0..<text.utf8CodeUnitCount {
            guard take(text.utf8Start[index]) else { throw unexpected() }
        }
        return value
    }

    // MARK: - Numbers

    private mutating func number() throws(JSONSyntaxError) -> JSON {
        let start = position
        let isNegative = take(UInt8(ascii: "-"))
        var magnitude: Int? = 0
        if !take(UInt8(ascii: "0")) {
            guard let first = peek, digits.contains(first) else { throw unexpected() }
            while let digit = peek, digits.contains(digit) {
                // Counted below zero, where there is room for one more.
                magnitude = magnitude.flatMap { appending(digit, to: $0) }
                position += 1
            }
        }
        var isInteger = true
        if take(UInt8(ascii: ".")) {
            isInteger = false
            try someDigits()
        }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            isInteger = false
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try someDigits()
        }
        if isInteger, let magnitude {
            if isNegative { return .int(magnitude) }
            if magnitude != .min { return .int(0 &- magnitude) }
        }
        let text = String(decoding: UnsafeRawBufferPointer(rebasing: bytes[start..<position]), as: UTF8.self)
        guard let double = Double(text), double.isFinite else {
            throw JSONSyntaxError(reason: .numberOutOfRange, offset: start)
        }
        return .double(double)
    }

    private let digits = UInt8(ascii: "0")...UInt8(ascii: "9")

    private func appending(_ digit: UInt8, to number: Int) -> Int? {
        let (tenfold, tooLarge) = number.multipliedReportingOverflow(by: 10)
        let (sum, stillTooLarge) = tenfold.subtractingReportingOverflow(Int(digit &- UInt8(ascii: "0")))
        return tooLarge || stillTooLarge ? nil : sum
    }

    private mutating func someDigits() throws(JSONSyntaxError) {
        guard let first = peek, digits.contains(first) else { throw unexpected() }
        while let digit = peek, digits.contains(digit) { position += 1 }
    }

    // MARK: - Strings

    private mutating func string() throws(JSONSyntaxError) -> String {
        position += 1
        let start = position
        while let byte = peek, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { position += 1 }
        if peek == UInt8(ascii: "\"") {
            defer { position += 1 }
            return try text(UnsafeRawBufferPointer(rebasing: bytes[start..<position]), at: start)
        }
        return try escapedString(from: start)
    }

    /// A string that has an escape at the current position and none before it.
    private mutating func escapedString(from start: Int) throws(JSONSyntaxError) -> String {
        var unescaped = Array(bytes[start..<position])
        while let byte = peek {
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                let (decoded, offset) = (unescaped, start)
                return try decoded.withUnsafeBufferPointer { utf8 throws(JSONSyntaxError) in
                    try text(UnsafeRawBufferPointer(utf8), at: offset)
                }
            case UInt8(ascii: "\\"): try appendEscape(to: &unescaped)
            case 0..<0x20:
                position -= 1
                throw unexpected()
            default: unescaped.append(byte)
            }
        }
        throw error(.unexpectedEnd)
    }

    private func text(_ utf8: UnsafeRawBufferPointer, at offset: Int) throws(JSONSyntaxError) -> String {
        guard let text = String(validating: utf8, as: UTF8.self) else {
            throw JSONSyntaxError(reason: .invalidUTF8, offset: offset)
        }
        return text
    }

    private mutating func appendEscape(to unescaped: inout [UInt8]) throws(JSONSyntaxError) {
        guard let byte = peek else { throw error(.unexpectedEnd) }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): unescaped.append(byte)
        case UInt8(ascii: "b"): unescaped.append(0x08)
        case UInt8(ascii: "f"): unescaped.append(0x0C)
        case UInt8(ascii: "n"): unescaped.append(0x0A)
        case UInt8(ascii: "r"): unescaped.append(0x0D)
        case UInt8(ascii: "t"): unescaped.append(0x09)
        case UInt8(ascii: "u"):
            guard let encoded = UTF8.encode(try scalar()) else { throw error(.invalidEscape) }
            unescaped.append(contentsOf: encoded)
        default: throw JSONSyntaxError(reason: .invalidEscape, offset: position - 1)
        }
    }

    /// The character of `\uXXXX`, or of two of them that are a pair of surrogates.
    private mutating func scalar() throws(JSONSyntaxError) -> Unicode.Scalar {
        let start = position
        let first = try fourHexDigits()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard (0xD800..<0xDC00).contains(first), take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
            throw JSONSyntaxError(reason: .invalidEscape, offset: start)
        }
        let second = try fourHexDigits()
        guard (0xDC00..<0xE000).contains(second),
            let scalar = Unicode.Scalar(0x10000 &+ (first &- 0xD800) &<< 10 &+ (second &- 0xDC00))
        else { throw JSONSyntaxError(reason: .invalidEscape, offset: start) }
        return scalar
    }

    private mutating func fourHexDigits() throws(JSONSyntaxError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = peek else { throw error(.unexpectedEnd) }
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw error(.invalidEscape) }
            value = value &<< 4 | UInt32(truncatingIfNeeded: digit)
            position += 1
        }
        return value
    }

    // MARK: - Bytes

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipWhiteSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private func error(_ reason: JSONSyntaxError.Reason) -> JSONSyntaxError {
        JSONSyntaxError(reason: reason, offset: position)
    }

    private func unexpected() -> JSONSyntaxError {
        error(peek == nil ? .unexpectedEnd : .unexpectedByte)
    }
}
