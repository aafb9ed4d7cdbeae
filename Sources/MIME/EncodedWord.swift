/// One `=?charset*language?B|Q?text?=` (RFC 2047, section 2).
struct EncodedWord {
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
