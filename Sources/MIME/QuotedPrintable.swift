/// Quoted-printable (RFC 2045, 6.7).
public enum QuotedPrintable {
    /// Whether a text may be in it. What holds 8-bit bytes or escapes as they are, and none encoded, was never encoded: its `=41` is no
    /// `A`. (A gateway's footer may be as it is below an encoded letter.)
    static func isLikely(_ text: Bytes) -> Bool {
        guard text.contains(where: { $0 >= 0x80 || $0 == .escape }) else { return true }
        return text.indices.contains { index in
            guard text[index] == UInt8(ascii: "="), index + 2 < text.endIndex, let high = text[index + 1].hexValue,
                let low = text[index + 2].hexValue
            else { return false }
            let byte = high << 4 | low
            return byte >= 0x80 || byte == .escape
        }
    }

    /// Decodes; `=` without two hexadecimal digits after it stays as it is. White space at a line's end, which only
    /// transport can have added, goes.
    public static func decode(_ text: Bytes) -> [UInt8] {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(text.count)
        var lines = Lines(text)
        while let line = lines.next() {
            var end = line.endIndex
            while end > line.startIndex, line[end - 1].isBlank { end -= 1 }
            let isSoft = end > line.startIndex && line[end - 1] == UInt8(ascii: "=")
            append(line[line.startIndex..<(isSoft ? end - 1 : end)], to: &decoded)
            if !isSoft, lines.hadBreak { decoded.append(.lineFeed) }
        }
        return decoded
    }

    /// The `Q` of an encoded-word (RFC 2047, 4.2): `_` is a space, and nothing is a line.
    static func decodeWord(_ text: Bytes) -> [UInt8] {
        var decoded: [UInt8] = []
        append(text.map { $0 == UInt8(ascii: "_") ? .space : $0 }[...], to: &decoded)
        return decoded
    }

    private static func append(_ text: Bytes, to decoded: inout [UInt8]) {
        text.withUnsafeBufferPointer { buffer in
            var index = 0
            while index < buffer.count {
                if buffer[index] == UInt8(ascii: "="), index &+ 2 < buffer.count,
                    let high = buffer[index &+ 1].hexValue,
                    let low = buffer[index &+ 2].hexValue
                {
                    decoded.append(high << 4 | low)
                    index &+= 3
                } else {
                    decoded.append(buffer[index])
                    index &+= 1
                }
            }
        }
    }
}
