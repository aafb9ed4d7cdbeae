/// A slice of a message, sharing its storage and its indices.
public typealias Bytes = ArraySlice<UInt8>

extension UInt8 {
    static let tab: UInt8 = 0x09
    static let lineFeed: UInt8 = 0x0A
    static let carriageReturn: UInt8 = 0x0D
    static let shiftOut: UInt8 = 0x0E
    static let shiftIn: UInt8 = 0x0F
    static let escape: UInt8 = 0x1B
    static let space: UInt8 = 0x20

    /// Space or tab: the white space of RFC 5322.
    @inlinable public var isBlank: Bool { self == 0x20 || self == 0x09 }
    /// Carriage return or line feed.
    @inlinable public var isLineBreak: Bool { self == 0x0A || self == 0x0D }
    /// The letter in lower case; any other byte as it is.
    @inlinable public var lowercased: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }
    @inlinable public var isASCIILetter: Bool { (self | 0x20) &- 0x61 < 26 }
    @inlinable public var isASCIIDigit: Bool { self &- 0x30 < 10 }

    /// The value of a hexadecimal digit of either case.
    @inlinable public var hexValue: UInt8? {
        if isASCIIDigit { return self &- 0x30 }
        let letter = (self | 0x20) &- 0x61
        return letter < 6 ? letter &+ 10 : nil
    }
}

extension Collection where Element == UInt8 {
    /// Whether the bytes spell this ASCII text, case aside.
    @inlinable public func equalsIgnoringCase(_ text: some Collection<UInt8>) -> Bool {
        count == text.count && zip(self, text).allSatisfy { $0.lowercased == $1.lowercased }
    }

    /// Whether the bytes spell this ASCII text, case aside.
    @inlinable public func equalsIgnoringCase(_ text: StaticString) -> Bool {
        guard count == text.utf8CodeUnitCount else { return false }
        return text.withUTF8Buffer { buffer in zip(self, buffer).allSatisfy { $0.lowercased == $1.lowercased } }
    }
}

extension ArraySlice<UInt8> {
    /// Without spaces, tabs and line breaks at either end.
    public var trimmed: Bytes {
        var (start, end) = (startIndex, endIndex)
        while start < end, self[start].isBlank || self[start].isLineBreak { start += 1 }
        while end > start, self[end - 1].isBlank || self[end - 1].isLineBreak { end -= 1 }
        return self[start..<end]
    }
}

/// A set of ASCII characters.
struct ASCIISet: Sendable {
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    init(_ characters: StaticString) {
        characters.withUTF8Buffer { buffer in
            for byte in buffer where byte < 128 {
                if byte < 64 { low |= 1 &<< UInt64(byte) } else { high |= 1 &<< UInt64(byte &- 64) }
            }
        }
    }

    func contains(_ byte: UInt8) -> Bool {
        if byte < 64 { return low &>> UInt64(byte) & 1 == 1 }
        return byte < 128 && high &>> UInt64(byte &- 64) & 1 == 1
    }
}
