/// UTF-16 of either byte order.
enum UTF16Text {
    /// To UTF-8. The byte order mark decides the order; without one, where the zero bytes and the kana's 0x30 are.
    static func decode(_ bytes: Bytes) -> [UInt8] {
        var isLittleEndian = false
        var units = bytes
        if bytes.starts(with: [0xFF, 0xFE]) {
            (isLittleEndian, units) = (true, bytes.dropFirst(2))
        } else if bytes.starts(with: [0xFE, 0xFF]) {
            units = bytes.dropFirst(2)
        } else {
            var balance = 0
            for (offset, byte) in bytes.enumerated() where byte == 0 || byte == 0x30 {
                balance += offset % 2 == 0 ? -1 : 1
            }
            isLittleEndian = balance > 0
        }
        var text: [UInt8] = []
        text.reserveCapacity(units.count &* 3 / 2 &+ 3)
        var lead: UInt32?
        var index = units.startIndex
        while index + 1 < units.endIndex {
            let (first, second) = (UInt32(units[index]), UInt32(units[index + 1]))
            let unit = isLittleEndian ? second << 8 | first : first << 8 | second
            index += 2
            if let high = lead {
                lead = nil
                if unit & 0xFC00 == 0xDC00 {
                    text.appendUTF8(0x10000 &+ ((high & 0x3FF) << 10 | unit & 0x3FF))
                    continue
                }
                text.appendUTF8(0xFFFD)
            }
            if unit & 0xFC00 == 0xD800 { lead = unit } else { text.appendUTF8(unit) }
        }
        return text
    }
}
