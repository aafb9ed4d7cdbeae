/// EUC-JP with the extensions of Windows code page 51932, and JIS X 0212.
enum EUCJP {
    /// To UTF-8. What has no meaning becomes U+FFFD; ASCII after a broken lead byte is kept.
    static func decode(_ bytes: Bytes) -> [UInt8] {
        var text: [UInt8] = []
        // As much as it can become: a buffer that grows leaves copies behind.
        text.reserveCapacity(bytes.count &* 3)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            index += 1
            func isTrail(_ offset: Int) -> Bool {
                index + offset < bytes.endIndex && bytes[index + offset] &- 0xA1 < 94
            }
            switch byte {
            case ..<0x80: text.append(byte)
            case 0x8E where isTrail(0) && bytes[index] <= 0xDF:
                text.appendUTF8(0xFEC0 &+ UInt32(bytes[index]))
                index += 1
            case 0x8F where isTrail(0) && isTrail(1):
                let (row, cell) = (Int(bytes[index]) &- 0xA1, Int(bytes[index + 1]) &- 0xA1)
                text.appendUTF8(KanjiTable.jisX0212.character(row: row, cell: cell))
                index += 2
            case 0xA1...0xFE where isTrail(0):
                let (row, cell) = (Int(byte) &- 0xA1, Int(bytes[index]) &- 0xA1)
                text.appendUTF8(KanjiTable.jisX0208.character(row: row, cell: cell))
                index += 1
            default: text.appendUTF8(0xFFFD)
            }
        }
        return text
    }
}
