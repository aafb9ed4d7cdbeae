/// The text of an unstructured field (RFC 2047), such as Subject.
public enum HeaderText {
    /// To UTF-8: unfolded, encoded-words decoded, raw 8-bit and raw JIS detected.
    ///
    /// Words that are side by side in one charset are joined as bytes before they are decoded, so that a character
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
            // Hundreds of changes of charset are no real subject: what follows stays as it is written.
            if conversions > 200 { break }
            run.charset = word.charset
            run.append(word.content)
            index = word.end
            plain = word.end
        }
        run.flush(into: &decoded)
        decoded += Charset.decode(text[plain...], label: nil as Bytes?)
        return decoded
    }

    /// Words of one charset that are side by side.
    private struct Run {
        var charset: [UInt8]?
        var bytes: [UInt8] = []

        /// A composer that makes each word for itself begins each of UTF-16 with the byte order mark, which is no text.
        mutating func append(_ content: [UInt8]) {
            let isMarked = bytes.count >= 2 && bytes.count % 2 == 0 && bytes.starts(with: content.prefix(2))
            let mark = Array(content.prefix(2))
            bytes += isMarked && (mark == [0xFE, 0xFF] || mark == [0xFF, 0xFE]) ? content.dropFirst(2) : content[...]
        }

        mutating func flush(into decoded: inout [UInt8]) {
            if charset != nil { decoded += Charset.decode(bytes[...], label: charset) }
            charset = nil
            bytes = []
        }
    }
}
