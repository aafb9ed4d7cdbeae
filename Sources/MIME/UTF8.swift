extension [UInt8] {
    /// Appends a character as UTF-8; what is no character becomes U+FFFD.
    @inline(__always) public mutating func appendUTF8(_ scalar: UInt32) {
        switch scalar {
        case ..<0x80:
            append(UInt8(truncatingIfNeeded: scalar))
        case ..<0x800:
            append(UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6))
            append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
        case 0xD800..<0xE000, 0x110000...:
            append(contentsOf: [0xEF, 0xBF, 0xBD])
        case ..<0x10000:
            append(UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12))
            append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F))
            append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
        default:
            append(UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18))
            append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 12 & 0x3F))
            append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F))
            append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
        }
    }
}

extension ArraySlice<UInt8> {
    /// The character that starts at `index`, and its length in bytes; U+FFFD and 1 where the bytes are no UTF-8
    /// (overlong forms, surrogates and what lies beyond U+10FFFF included). `index` must be within the slice.
    @inline(__always) public func scalar(at index: Int) -> (value: UInt32, length: Int) {
        let first = self[index]
        if first < 0x80 { return (UInt32(first), 1) }
        let length = first &- 0xC2 < 0x1E ? 2 : first & 0xF0 == 0xE0 ? 3 : first &- 0xF0 < 5 ? 4 : 0
        guard length > 0, endIndex &- index >= length else { return (0xFFFD, 1) }
        let second = self[index + 1]
        guard second & 0xC0 == 0x80 else { return (0xFFFD, 1) }
        if length == 2 { return (UInt32(first & 0x1F) << 6 | UInt32(second & 0x3F), 2) }
        let third = self[index + 2]
        guard third & 0xC0 == 0x80 else { return (0xFFFD, 1) }
        if length == 3 {
            let value = UInt32(first & 0x0F) << 12 | UInt32(second & 0x3F) << 6 | UInt32(third & 0x3F)
            return value < 0x800 || value & 0xF800 == 0xD800 ? (0xFFFD, 1) : (value, 3)
        }
        let fourth = self[index + 3]
        guard fourth & 0xC0 == 0x80 else { return (0xFFFD, 1) }
        let value =
            UInt32(first & 0x07) << 18 | UInt32(second & 0x3F) << 12 | UInt32(third & 0x3F) << 6
            | UInt32(fourth & 0x3F)
        return value < 0x10000 || value > 0x10FFFF ? (0xFFFD, 1) : (value, 4)
    }

    /// A copy in which every byte that is no UTF-8 has become U+FFFD.
    func repairedUTF8() -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(count &* 3)
        var index = startIndex
        while index < endIndex {
            let (value, length) = scalar(at: index)
            text.appendUTF8(value)
            index += length
        }
        return text
    }
}
