extension ISO2022JP {
    private static let toKanji = Array("\u{1B}$B".utf8)
    private static let toASCII = Array("\u{1B}(B".utf8)

    /// The text as in RFC 1468: ASCII and JIS X 0208 alone, each line ending in ASCII. Nil where a character is in neither.
    public static func encode(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        var isASCII = true
        for scalar in text.unicodeScalars {
            if scalar.isASCII {
                if !isASCII { bytes += toASCII }
                isASCII = true
                bytes.append(UInt8(truncatingIfNeeded: scalar.value))
                continue
            }
            guard let (row, cell) = place(of: scalar) else { return nil }
            if isASCII { bytes += toKanji }
            isASCII = false
            bytes += [UInt8(row + 0x21), UInt8(cell + 0x21)]
        }
        return isASCII ? bytes : bytes + toASCII
    }

    /// Its row and cell, counted from 0; none of the rows that only some vendors have.
    private static func place(of scalar: Unicode.Scalar) -> (row: Int, cell: Int)? {
        for row in Array(0..<8) + Array(15..<84) {
            for cell in 0..<94 where KanjiTable.jisX0208.character(row: row, cell: cell) == scalar.value {
                return (row, cell)
            }
        }
        return nil
    }
}
