/// Whether every reader sees the address in a field, whether or not it decodes escapes.
///
/// A mail filter that checks the author (RFC 7489) may know nothing of ISO-2022-JP, or read it in another way than we do. So an
/// address counts only where it is literally in the undecoded bytes, and they hold no other: else a mail that was checked as
/// somebody else's would be taken for the sender's.
public struct LiteralAddress {
    private let address: Bytes
    private let value: Bytes

    /// - Parameters:
    ///   - address: `local@domain`; ASCII case does not count.
    ///   - value: the field's value as it came, folds and escapes and all.
    public init(_ address: Bytes, in value: Bytes) {
        self.address = address
        self.value = value
    }

    /// Whether it is there once, in ASCII, with escapes and encoded-words before its `<` alone, and nothing beside it that anybody
    /// could take for an address. Takes linear time.
    public var isTheOnlyOne: Bool {
        guard let first = address.first?.lowercased else { return false }
        var set = ISO2022JP.State()
        var found: Int?
        var index = value.startIndex
        while index < value.endIndex {
            let byte = value[index]
            // Escapes, shifts and line ends are all control characters.
            if byte < 0x20, let length = set.change(value[index...]) {
                // An escape that nobody knows may mean anything; after the address none means anything good.
                guard length > 0, found == nil else { return false }
                index += length
            } else if byte.lowercased == first, set.isASCII,
                value[index...].prefix(address.count).equalsIgnoringCase(address)
            {
                guard found == nil else { return false }
                found = index
                index += address.count
            } else {
                if byte == UInt8(ascii: "@"), isAddress(at: index, isPlain: set.isASCII) { return false }
                index += 1
            }
        }
        guard let found else { return false }
        return !Self.isEncoded(value[found...]) && (isInAngle(found) || !Self.isEncoded(value[..<found]))
    }

    /// Whether the `<` of an address is before `index`.
    private func isInAngle(_ index: Int) -> Bool {
        value[..<index].last { !$0.isBlank && !$0.isLineBreak } == UInt8(ascii: "<")
    }

    /// Escapes, shifts, or what begins an encoded-word (RFC 2047, section 2).
    private static func isEncoded(_ bytes: Bytes) -> Bool {
        var previous: UInt8 = 0
        for byte in bytes {
            if byte == .escape || byte == .shiftOut || byte == .shiftIn { return true }
            if previous == UInt8(ascii: "="), byte == UInt8(ascii: "?") { return true }
            previous = byte
        }
        return false
    }

    /// Whether the `@` at `index` has the halves of an address beside it.
    ///
    /// In ASCII any `a@b` is one. Among the bytes of kanji and kana `@` occurs by chance (お客様専用 is `$*5RMM@lMQ`): there, and after a
    /// byte that may lead a character of Shift_JIS, it takes a domain of several labels, an address literal, or angle brackets.
    private func isAddress(at index: Int, isPlain: Bool) -> Bool {
        let (before, behind) = (value[..<index], value[(index + 1)...])
        guard let local = before.last, Self.isLocal(local), let first = behind.first else { return false }
        if isPlain, local < 0x80 { return Self.isDomain(first) || first == UInt8(ascii: "[") || first >= 0x80 }
        let domain = behind.prefix(256).prefix { Self.isDomain($0) || $0 == UInt8(ascii: ".") }
        if domain.split(separator: UInt8(ascii: ".")).count > 1 { return true }
        let end = value[domain.endIndex...].first
        if domain.isEmpty { return end == UInt8(ascii: "[") && behind.dropFirst().first?.isASCIIDigit == true }
        return end == UInt8(ascii: ">") && before.last { !Self.isLocal($0) } == UInt8(ascii: "<")
    }

    private static func isLocal(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte != 0x7F && !"<>()[],;:@\\".utf8.contains(byte)
    }

    private static func isDomain(_ byte: UInt8) -> Bool {
        byte.isASCIILetter || byte.isASCIIDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }
}
