/// Shift_JIS with the extensions of Windows code page 932.
enum ShiftJIS {
    /// To UTF-8. What has no meaning becomes U+FFFD; ASCII after a broken lead byte is kept.
    static func decode(_ bytes: Bytes) -> [UInt8] {
        var text: [UInt8] = []
        // As much as it can become: a buffer that grows leaves copies behind.
        text.reserveCapacity(bytes.count &* 3)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            index += 1
            switch byte {
            case ..<0x80: text.append(byte)
            case 0xA1...0xDF: text.appendUTF8(0xFEC0 &+ UInt32(byte))
            case 0x81...0x9F, 0xE0...0xFC:
                guard index < bytes.endIndex, let cell = cell(bytes[index]) else {
                    text.appendUTF8(0xFFFD)
                    continue
                }
                text.appendUTF8(character(lead: Int(byte), cell: cell))
                index += 1
            default: text.appendUTF8(0xFFFD)
            }
        }
        return text
    }

    /// 0 to 187: two rows of 94.
    static func cell(_ trail: UInt8) -> Int? {
        switch trail {
        case 0x40...0x7E: Int(trail) &- 0x40
        case 0x80...0xFC: Int(trail) &- 0x41
        default: nil
        }
    }

    private static func character(lead: Int, cell: Int) -> UInt32 {
        switch lead {
        case 0x81...0x9F: KanjiTable.jisX0208.character(at: (lead &- 0x81) &* 188 &+ cell)
        case 0xE0...0xEF: KanjiTable.jisX0208.character(at: (lead &- 0xC1) &* 188 &+ cell)
        // Characters of the user's own.
        case 0xF0...0xF9: UInt32(0xE000 &+ (lead &- 0xF0) &* 188 &+ cell)
        default: KanjiTable.ibm.character(at: (lead &- 0xFA) &* 188 &+ cell)
        }
    }
}
