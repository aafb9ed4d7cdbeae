/// The text of an unstructured field (RFC 2047), such as Subject.
public enum HeaderText {
    /// To UTF-8: unfolded, encoded-words decoded, raw 8-bit and raw JIS detected.
    ///
    /// Words that stand side by side in one charset are joined as bytes before they are decoded, so that a character
    /// split between them comes out whole, whatever B and Q they mix. Lenient as mail is: words may be long, touch
    /// other text, lack padding. Takes linear time.
    public static func decode(_ value: Bytes) -> [UInt8] {
        let text = value.unfolded
        guard text.contains(UInt8(ascii: "=")) else { return Charset.decode(text, label: nil as Bytes?) }
        var decoded: [UInt8] = []
        var run = Run()
        var plain = text.startIndex
        var index = text.startIndex
        var conversions = 0
        var mayHaveEnd = true
        while let start = text[index...].firstIndex(of: UInt8(ascii: "=")), mayHaveEnd {
            guard let word = EncodedWord(text[start...], mayHaveEnd: &mayHaveEnd) else {
                index = start + 1
                continue
            }
            let between = text[plain..<start]
            // White space between two words is not shown (RFC 2047, 6.2).
            let isAdjacent = run.charset != nil && between.allSatisfy(\.isBlank)
            if !isAdjacent || run.charset != word.charset {
                run.flush(into: &decoded)
                if !isAdjacent { decoded += Charset.decode(between, label: nil as Bytes?) }
                conversions += 1
            }
            // Hundreds of changes of charset are nobody's subject: what follows stays as it is written.
            if conversions > 200 { break }
            run.charset = word.charset
            run.bytes += word.content
            index = word.end
            plain = word.end
        }
        run.flush(into: &decoded)
        decoded += Charset.decode(text[plain...], label: nil as Bytes?)
        return decoded
    }

    /// Words of one charset that stand side by side.
    private struct Run {
        var charset: [UInt8]?
        var bytes: [UInt8] = []

        mutating func flush(into decoded: inout [UInt8]) {
            if charset != nil { decoded += Charset.decode(bytes[...], label: charset) }
            charset = nil
            bytes = []
        }
    }
}

/// `=?charset*language?B|Q?text?=`
private struct EncodedWord {
    /// Lower case, without the language (RFC 2231, 5).
    let charset: [UInt8]
    /// Decoded, still in the charset.
    let content: [UInt8]
    let end: Int

    /// - Parameter mayHaveEnd: becomes false once no `?=` is left, so that nobody looks for it again.
    init?(_ text: Bytes, mayHaveEnd: inout Bool) {
        let start = text.startIndex
        guard text.count > 6, text[start + 1] == UInt8(ascii: "?") else { return nil }
        let label = text[(start + 2)...].prefix(80)
        guard let mark = label.firstIndex(of: UInt8(ascii: "?")), mark > label.startIndex,
            mark + 2 < text.endIndex, text[mark + 2] == UInt8(ascii: "?"),
            label[..<mark].allSatisfy({ $0 &- 0x21 < 0x5E })
        else { return nil }
        let encoding = text[mark + 1].lowercased
        guard encoding == UInt8(ascii: "b") || encoding == UInt8(ascii: "q") else { return nil }
        var close = mark + 3
        while close + 1 < text.endIndex, text[close] != UInt8(ascii: "?") || text[close + 1] != UInt8(ascii: "=") {
            close += 1
        }
        guard close + 1 < text.endIndex else {
            mayHaveEnd = false
            return nil
        }
        let content = text[(mark + 3)..<close]
        let isBase64 = encoding == UInt8(ascii: "b")
        self.content = isBase64 ? Base64.decode(content) : QuotedPrintable.decodeWord(content)
        charset = label[..<mark].prefix { $0 != UInt8(ascii: "*") }.map(\.lowercased)
        end = close + 2
    }
}
