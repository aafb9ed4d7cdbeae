/// A field of the form `value; name=value; ...`: Content-Type (RFC 2045, 5.1), Content-Disposition (RFC 2183),
/// Content-Transfer-Encoding. Read as widely as mail writes it: a parameter's value may hold specials unquoted.
public struct ParameterizedField: Sendable {
    /// The value before the first `;`: lower case, without comments, blanks and quotes.
    public let value: [UInt8]
    /// Where the parameters are.
    private let parameters: Bytes

    /// - Parameter field: the field's value, folds and all.
    public init(_ field: Bytes) {
        var lexer = Lexer(field, specials: .mime)
        var value: [UInt8] = []
        var sawSlash = false
        var behind = lexer.rest
        reading: while let token = lexer.next() {
            switch token {
            case .special(UInt8(ascii: ";")), .special(UInt8(ascii: ",")), .malformed:
                behind = lexer.rest
                break reading
            // After `type/subtype`: the semicolon before a parameter is missing.
            case .atom where sawSlash && value.last != UInt8(ascii: "/"): break reading
            case .special(let byte):
                sawSlash = sawSlash || byte == UInt8(ascii: "/")
                value.append(byte)
            case .atom(let text): value += text.map(\.lowercased)
            case .quoted(let text): value += text.map(\.lowercased)
            case .literal(let text): value += text
            }
            behind = lexer.rest
        }
        self.value = value
        parameters = behind
    }

    /// A parameter's value, the first of that name, continued and percent-encoded ones put together (RFC 2231).
    /// Linear in the size of the field; `name` in lower case.
    public func parameter(_ name: StaticString) -> [UInt8]? {
        var plain: [UInt8]?
        var extended: [UInt8]?
        var pieces: [Int: (value: [UInt8], isEncoded: Bool)] = [:]
        var scanner = ParameterScanner(parameters)
        while let (attribute, value) = scanner.next() {
            let star = attribute.firstIndex(of: UInt8(ascii: "*")) ?? attribute.endIndex
            guard attribute[attribute.startIndex..<star].equalsIgnoringCase(name) else { continue }
            var suffix = attribute[star...].dropFirst()
            if star == attribute.endIndex {
                plain = plain ?? value
            } else if suffix.isEmpty {
                extended = extended ?? Self.decoded(value, hasCharset: true)
            } else {
                let isEncoded = suffix.last == UInt8(ascii: "*")
                if isEncoded { suffix = suffix.dropLast() }
                guard suffix.count <= 2, let number = Int(String(decoding: suffix, as: UTF8.self)), number >= 0,
                    pieces[number] == nil
                else { continue }
                pieces[number] = (value, isEncoded)
            }
        }
        if let extended { return extended }
        guard pieces[0] != nil else { return plain }
        var joined: [UInt8] = []
        var number = 0
        while let piece = pieces[number] {
            joined += piece.isEncoded ? Self.decoded(piece.value, hasCharset: number == 0) : piece.value
            number += 1
        }
        return joined
    }

    /// `charset'language'text`, percent-encoded. The charset of what we read (boundary, charset, format) is ASCII.
    private static func decoded(_ value: [UInt8], hasCharset: Bool) -> [UInt8] {
        var text = value[...]
        if hasCharset, let first = text.firstIndex(of: UInt8(ascii: "'")),
            let second = text[(first + 1)...].firstIndex(of: UInt8(ascii: "'"))
        {
            text = text[(second + 1)...]
        }
        var decoded: [UInt8] = []
        var index = text.startIndex
        while index < text.endIndex {
            if text[index] == UInt8(ascii: "%"), index + 2 < text.endIndex, let high = text[index + 1].hexValue,
                let low = text[index + 2].hexValue
            {
                decoded.append(high << 4 | low)
                index += 3
            } else {
                decoded.append(text[index])
                index += 1
            }
        }
        return decoded
    }
}

/// `name = value`, between semicolons.
private struct ParameterScanner {
    private var rest: Bytes

    init(_ text: Bytes) { rest = text }

    mutating func next() -> (name: Bytes, value: [UInt8])? {
        while !rest.isEmpty {
            var lexer = Lexer(rest, specials: .mime)
            guard let token = lexer.next(), token != .malformed else {
                rest = rest[rest.endIndex...]
                return nil
            }
            guard case .atom(let name) = token, lexer.next() == .special(UInt8(ascii: "=")) else {
                rest = lexer.rest
                continue
            }
            let value = lexer.rest
            if case .quoted(let text)? = lexer.next() {
                rest = lexer.rest
                return (name, text)
            }
            // Unquoted: up to a blank, a semicolon or a comment; `=`, `/` and `?` in boundaries are common.
            var start = value.startIndex
            while start < value.endIndex, value[start].isBlank || value[start].isLineBreak { start += 1 }
            var end = start
            while end < value.endIndex, !value[end].isBlank, !value[end].isLineBreak, value[end] != UInt8(ascii: ";"),
                value[end] != UInt8(ascii: "(")
            { end += 1 }
            rest = value[end...]
            return (name, Array(value[start..<end]))
        }
        return nil
    }
}
