/// What charset a text is in, from its bytes, with the label as a hint.
enum CharsetDetection {
    /// `.unknown` means ASCII throughout: nothing to convert. Mixed is a text that no charset fits from end to end, such as
    /// a mail with a gateway's footer in another one: its lines may fit one each.
    static func charset(of bytes: Bytes, labelled label: Charset) -> (charset: Charset, isMixed: Bool) {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return (.utf16, false) }
        if label == .utf16, bytes.contains(0) || isUTF16Kana(bytes) { return (.utf16, false) }
        let shape = Shape(bytes)
        if !shape.isEightBit {
            // Escapes first: JIS is 7-bit, and so would pass as ASCII and as UTF-8 too.
            if label == .iso2022JP || ISO2022JP.isLikely(bytes) { return (.iso2022JP, false) }
            if case .named = label { return (label, false) }
            return (.unknown, false)
        }
        let isJIS = ISO2022JP.isLikely(bytes)
        // Nobody writes escapes by accident, but a footer in UTF-8 may follow them.
        if shape.utf8.errors == 0 { return (.utf8, isJIS) }
        if isJIS { return (.iso2022JP, true) }
        if label == .iso2022JP, shape.shiftJIS.kana + shape.eucJP.kana == 0 { return (.iso2022JP, false) }
        return japanese(shape, label)
    }

    /// None of UTF-8, Shift_JIS and EUC-JP fits another's text without errors for long, and a Japanese text is full of
    /// kana: the best by kana less errors wins, the label decides between equals.
    private static func japanese(_ shape: Shape, _ label: Charset) -> (charset: Charset, isMixed: Bool) {
        func score(_ fit: Fit, _ charset: Charset) -> Int {
            (fit.kana - 5 * fit.errors) * 2 + (charset == label ? 1 : 0)
        }
        var best: (charset: Charset, score: Int, fit: Fit) = (.utf8, score(shape.utf8, .utf8), shape.utf8)
        for (charset, fit) in [(Charset.shiftJIS, shape.shiftJIS), (.eucJP, shape.eucJP)]
        where score(fit, charset) > best.score {
            best = (charset, score(fit, charset), fit)
        }
        if case .named = label, best.fit.errors > 0 || best.fit.kana < 2 { return (label, false) }
        // What fits without an error, and yet another would find more kana, is two texts: much of EUC-JP passes for half-width kana.
        let mostKana = max(shape.utf8.kana, shape.shiftJIS.kana, shape.eucJP.kana)
        return (best.charset, best.fit.errors > 0 || best.fit.kana < mostKana)
    }

    /// UTF-16 without a mark and without ASCII: half of the bytes are the kana's 0x30.
    private static func isUTF16Kana(_ bytes: Bytes) -> Bool {
        bytes.count % 2 == 0 && bytes.count { $0 == 0x30 || $0 == 0xFF } * 4 > bytes.count
    }

    /// How well bytes fit a charset.
    private struct Fit {
        var kana = 0
        var errors = 0
    }

    /// One reading of the bytes as each of the three 8-bit charsets.
    private struct Shape {
        var isEightBit = false
        var utf8 = Fit()
        var shiftJIS = Fit()
        var eucJP = Fit()

        init(_ bytes: Bytes) {
            guard let first = bytes.firstIndex(where: { $0 >= 0x80 }) else { return }
            isEightBit = true
            let text = bytes[first...]
            measureUTF8(text)
            guard utf8.errors > 0 else { return }
            measureShiftJIS(text)
            measureEUCJP(text)
        }

        private mutating func measureUTF8(_ text: Bytes) {
            var index = text.startIndex
            while index < text.endIndex {
                let byte = text[index]
                if byte < 0x80 {
                    index += 1
                    continue
                }
                let (value, length) = text.scalar(at: index)
                if value == 0xFFFD, length == 1 { utf8.errors += 1 }
                if value &- 0x3041 < 0xBF { utf8.kana += 1 }
                index += length
            }
        }

        private mutating func measureShiftJIS(_ text: Bytes) {
            var index = text.startIndex
            while index < text.endIndex {
                let byte = text[index]
                index += 1
                switch byte {
                case ..<0x80, 0xA1...0xDF: break
                case 0x81...0x9F, 0xE0...0xFC:
                    guard index < text.endIndex, ShiftJIS.cell(text[index]) != nil else {
                        shiftJIS.errors += 1
                        continue
                    }
                    if byte == 0x83 || byte == 0x82 && text[index] >= 0x9F { shiftJIS.kana += 1 }
                    index += 1
                default: shiftJIS.errors += 1
                }
            }
        }

        private mutating func measureEUCJP(_ text: Bytes) {
            var index = text.startIndex
            while index < text.endIndex {
                let byte = text[index]
                index += 1
                if byte < 0x80 { continue }
                let length = byte == 0x8F ? 2 : byte == 0x8E || byte &- 0xA1 < 94 ? 1 : 0
                guard length > 0, index + length <= text.endIndex,
                    text[index..<(index + length)].allSatisfy({ $0 &- 0xA1 < 94 })
                else {
                    eucJP.errors += 1
                    continue
                }
                if byte == 0xA4 || byte == 0xA5 { eucJP.kana += 1 }
                index += length
            }
        }
    }
}
