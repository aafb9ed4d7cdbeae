import MIME

/// Folding in width: full-width ASCII to ASCII, half-width kana with their voicing marks to full-width, white space of
/// any width to a space. Nothing else is folded: what merely looks alike stays different.
enum Width {
    /// The folded character that starts at `index`, and where the next one starts. `index` must be within `text`.
    @inline(__always) static func folded(_ text: Bytes, at index: Int) -> (scalar: UInt32, next: Int) {
        let first = text[index]
        if first < 0x80 { return (first == 0x09 ? 0x20 : UInt32(first), index + 1) }
        return foldedWide(text, at: index)
    }

    private static func foldedWide(_ text: Bytes, at index: Int) -> (scalar: UInt32, next: Int) {
        let (value, length) = text.scalar(at: index)
        let next = index + length
        switch value {
        case 0xFF01...0xFF5E: return (value &- 0xFEE0, next)
        // JIS X 0208 has one wave dash and one minus; converters differ over which character of Unicode they are.
        case 0x301C: return (0x7E, next)
        case 0x2212: return (0x2D, next)
        case 0xFF61...0xFF9F: return voiced(fullWidthKana[Int(value &- 0xFF61)], text, next)
        case 0x30A6...0x30F2: return voiced(value, text, next)
        default: return (isWhite(value) ? 0x20 : value, next)
        }
    }

    /// A katakana with the half-width voicing mark that may appear at `next`.
    private static func voiced(_ kana: UInt32, _ text: Bytes, _ next: Int) -> (scalar: UInt32, next: Int) {
        guard next < text.endIndex, text[next] == 0xEF else { return (kana, next) }
        let (mark, length) = text.scalar(at: next)
        let composed: UInt32? =
            switch (mark, kana) {
            case (0xFF9E, 0x30A6): 0x30F4
            case (0xFF9E, 0x30EF): 0x30F7
            case (0xFF9E, 0x30F2): 0x30FA
            case (0xFF9E, 0x30AB...0x30C2) where kana % 2 == 1: kana + 1
            case (0xFF9E, 0x30C4...0x30C9) where kana % 2 == 0: kana + 1
            case (0xFF9E, 0x30CF...0x30DD) where kana % 3 == 0: kana + 1
            case (0xFF9F, 0x30CF...0x30DD) where kana % 3 == 0: kana + 2
            default: nil
            }
        return composed.map { ($0, next + length) } ?? (kana, next)
    }

    private static let fullWidthKana: [UInt32] =
        "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜"
        .unicodeScalars.map(\.value)

    /// White space within a line, of any width. Zero-width characters are none.
    static func isWhite(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x09, 0x0B, 0x0C, 0x20, 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: true
        default: false
        }
    }

    /// The text folded, runs of white space made one space, trimmed.
    static func folded(_ text: Bytes) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var isSpacePending = false
        var index = text.startIndex
        while index < text.endIndex {
            let (scalar, next) = folded(text, at: index)
            index = next
            if scalar == 0x20 || scalar == 0x0A || scalar == 0x0D {
                isSpacePending = !result.isEmpty
            } else {
                if isSpacePending { result.append(0x20) }
                isSpacePending = false
                result.appendUTF8(scalar)
            }
        }
        return result
    }

    /// The text without white space of any width at either end.
    static func trimmed(_ text: Bytes) -> Bytes {
        var start = text.endIndex
        var end = text.endIndex
        var index = text.startIndex
        while index < text.endIndex {
            let (value, length) = text.scalar(at: index)
            if !isWhite(value) {
                start = min(start, index)
                end = index + length
            }
            index += length
        }
        return start < end ? text[start..<end] : text[text.endIndex...]
    }
}
