/// The ISO-2022-JP family as actually found in mail (RFC 1468, RFC 1554, CP50220 to CP50222, JIS7 and JIS8).
///
/// ASCII and JIS X 0201 Roman are one: a backslash stays a backslash. Half-width kana come by `ESC ( I`, by SO and SI,
/// and as single bytes. A line's end ends any other set, so that a missing escape costs one line at most; unless the next line goes
/// back to ASCII itself.
public enum ISO2022JP {
    private enum CharacterSet {
        case ascii, kana, jisX0208, jisX0212
        /// One that is not decoded, of one byte or of two a character: Latin, Greek, Chinese, Korean, a company's own.
        case other, otherOfTwoBytes
    }

    /// Which set the bytes of a text are in, for who looks at them undecoded.
    struct State {
        private var current = CharacterSet.ascii
        private var isShifted = false

        var isASCII: Bool { current == .ascii && !isShifted }

        /// Takes an escape, a shift or a line's end at the start of `bytes`. The number of bytes that an escape or a shift has, 0
        /// where it is an escape that nobody knows, nil where nothing of the kind is there.
        mutating func change(_ bytes: Bytes) -> Int? {
            switch bytes.first {
            case .escape:
                let known = bytes.withUnsafeBufferPointer { escapeSequence($0, behind: 1) }
                guard let known else { return 0 }
                current = known.set
                return known.length + 1
            case .shiftOut: isShifted = true
            case .shiftIn: isShifted = false
            case .lineFeed, .carriageReturn:
                (current, isShifted) = (.ascii, false)
                return nil
            default: return nil
            }
            return 1
        }
    }

    /// Whether an escape sequence to a Japanese set is in the bytes.
    static func isLikely(_ bytes: Bytes) -> Bool {
        guard var index = bytes.firstIndex(of: .escape) else { return false }
        while index + 2 < bytes.endIndex {
            if bytes[index] == .escape {
                switch (bytes[index + 1], bytes[index + 2]) {
                case (UInt8(ascii: "$"), UInt8(ascii: "@")), (UInt8(ascii: "$"), UInt8(ascii: "B")),
                    (UInt8(ascii: "$"), UInt8(ascii: "(")), (UInt8(ascii: "("), UInt8(ascii: "I")),
                    (UInt8(ascii: "("), UInt8(ascii: "J")):
                    return true
                default: break
                }
            }
            index += 1
        }
        return false
    }

    /// To UTF-8. What has no meaning becomes U+FFFD.
    static func decode(_ bytes: Bytes) -> [UInt8] {
        let (jisX0208, jisX0212) = (KanjiTable.jisX0208, KanjiTable.jisX0212)
        var text: [UInt8] = []
        // As much as it can become: a buffer that grows leaves copies behind.
        text.reserveCapacity(bytes.count &* 3)
        var set = CharacterSet.ascii
        var isShifted = false
        bytes.withUnsafeBufferPointer { buffer in
            var index = 0
            while index < buffer.count {
                let byte = buffer[index]
                index &+= 1
                switch byte {
                case .escape:
                    if let escape = escapeSequence(buffer, behind: index) {
                        set = escape.set
                        index &+= escape.length
                    } else {
                        let other = otherSequence(buffer, behind: index)
                        set = other.set ?? set
                        index &+= other.length
                        text.appendUTF8(0xFFFD)
                    }
                case .shiftOut: isShifted = true
                case .shiftIn: isShifted = false
                case .carriageReturn where index < buffer.count && buffer[index].isLineBreak: text.append(byte)
                case .lineFeed, .carriageReturn:
                    text.append(byte)
                    isShifted = false
                    guard let rest = restOfLine(buffer, behind: index), set != .ascii else {
                        set = .ascii
                        continue
                    }
                    // The second half of a character that was cut as well.
                    if set != .kana, set != .other, rest % 2 == 1 {
                        text.appendUTF8(0xFFFD)
                        index &+= 1
                    }
                case 0x21...0x7E:
                    if isShifted || set == .kana {
                        text.appendUTF8(byte <= 0x5F ? 0xFF40 &+ UInt32(byte) : 0xFFFD)
                    } else if set == .ascii {
                        text.append(byte)
                    } else if set != .other, index < buffer.count, buffer[index] &- 0x21 < 94 {
                        let (row, cell) = (Int(byte) &- 0x21, Int(buffer[index]) &- 0x21)
                        let character: UInt32 =
                            switch set {
                            case .jisX0208: jisX0208.character(row: row, cell: cell)
                            case .jisX0212: jisX0212.character(row: row, cell: cell)
                            default: 0xFFFD
                            }
                        text.appendUTF8(character)
                        index &+= 1
                    } else {
                        text.appendUTF8(0xFFFD)
                    }
                case 0xA1...0xDF: text.appendUTF8(0xFEC0 &+ UInt32(byte))
                case 0x80...: text.appendUTF8(0xFFFD)
                default: text.append(byte)
                }
            }
        }
        return text
    }

    /// How many bytes of the line before go on in this one, where a gateway has cut it: those before an escape to ASCII, which needs
    /// none if the line begins in ASCII. Nil where it begins anew.
    private static func restOfLine(_ buffer: UnsafeBufferPointer<UInt8>, behind index: Int) -> Int? {
        var end = index
        while end < buffer.count, buffer[end] &- 0x21 < 0x5E { end &+= 1 }
        guard end > index, end < buffer.count, buffer[end] == .escape,
            escapeSequence(buffer, behind: end &+ 1)?.set == .ascii
        else { return nil }
        return end &- index
    }

    /// What the bytes after ESC choose, and how many they are.
    private static func escapeSequence(
        _ buffer: UnsafeBufferPointer<UInt8>, behind index: Int
    ) -> (set: CharacterSet, length: Int)? {
        func byte(_ offset: Int) -> UInt8 { index &+ offset < buffer.count ? buffer[index &+ offset] : 0 }
        switch (byte(0), byte(1)) {
        case (UInt8(ascii: "("), UInt8(ascii: "B")), (UInt8(ascii: "("), UInt8(ascii: "J")),
            (UInt8(ascii: "("), UInt8(ascii: "H")):
            return (.ascii, 2)
        case (UInt8(ascii: "("), UInt8(ascii: "I")): return (.kana, 2)
        case (UInt8(ascii: "$"), UInt8(ascii: "@")), (UInt8(ascii: "$"), UInt8(ascii: "B")): return (.jisX0208, 2)
        case (UInt8(ascii: "$"), UInt8(ascii: "(")):
            switch byte(2) {
            // JIS X 0213's first plane extends JIS X 0208.
            case UInt8(ascii: "@"), UInt8(ascii: "B"), UInt8(ascii: "O"), UInt8(ascii: "Q"): return (.jisX0208, 3)
            case UInt8(ascii: "D"): return (.jisX0212, 3)
            default: return nil
            }
        // The announcer of the revision of 1990, followed by ESC $ B.
        case (UInt8(ascii: "&"), UInt8(ascii: "@")): return (.ascii, 2)
        default: return nil
        }
    }

    /// What the bytes after ESC are by the rules of ISO/IEC 2022 where they choose none of these sets: the set that is in use behind
    /// them, nil where that stays, and how many they are, 0 where they follow no rule. ISO-2022-JP-2 (RFC 1554) writes single characters
    /// of Latin and Greek as `ESC N` and a byte.
    private static func otherSequence(
        _ buffer: UnsafeBufferPointer<UInt8>, behind index: Int
    ) -> (set: CharacterSet?, length: Int) {
        func byte(_ offset: Int) -> UInt8 { index &+ offset < buffer.count ? buffer[index &+ offset] : 0 }
        if byte(0) == UInt8(ascii: "N"), byte(1) > 0x20 { return (nil, 2) }
        let length = (0..<3).first { byte($0) &- 0x20 >= 0x10 } ?? 3
        guard length > 0, byte(length) &- 0x30 < 0x4F else { return (nil, 0) }
        // Sets of two bytes a character may leave the bracket out, which says that the set is in use from there on.
        switch (byte(0), byte(length &- 1)) {
        case (UInt8(ascii: "$"), UInt8(ascii: "$")), (UInt8(ascii: "$"), UInt8(ascii: "(")):
            return (.otherOfTwoBytes, length &+ 1)
        case (UInt8(ascii: "("), _): return (.other, length &+ 1)
        default: return (nil, length &+ 1)
        }
    }
}
