import Testing

@testable import MIME

@Suite struct KanjiRowsTests {
    /// What the C library has for it, if all of it has a meaning there.
    private func known(_ bytes: [UInt8], _ charset: String) -> [UInt8]? {
        guard let text = Iconv.decode(bytes[...], charset: charset, limit: 100),
            !string(text).unicodeScalars.contains("\u{FFFD}")
        else { return nil }
        return text
    }

    /// Every character of the tables, against the C library's EUC-JP.
    @Test func theTablesAreThoseOfTheCLibrary() throws {
        var differences = 0
        var compared = 0
        for lead in [[], [UInt8(0x8F)]] {
            for row in UInt8(0xA1)...0xFE {
                for cell in UInt8(0xA1)...0xFE {
                    let data = lead + [row, cell]
                    guard let text = known(data, "EUC-JP") else { continue }
                    compared += 1
                    if EUCJP.decode(data[...]) != text { differences += 1 }
                }
            }
        }
        try #require(compared > 12_000, "the C library has no EUC-JP here")
        // The dozen that Windows maps otherwise: backslash, tilde, wave dash, minus, overline and the like.
        #expect(differences < 20, "\(differences)")
    }

    /// The extensions, which no EUC-JP of the C library has: against its Windows-31J.
    @Test func theExtensionsAreThoseOfWindows() throws {
        var compared = 0
        for lead in Array(UInt8(0x81)...0x9F) + Array(0xE0...0xFC) {
            for trail in Array(UInt8(0x40)...0x7E) + Array(0x80...0xFC) {
                let data = [lead, trail]
                guard let text = known(data, "CP932") else { continue }
                compared += 1
                #expect(ShiftJIS.decode(data[...]) == text, "\(data)")
            }
        }
        try #require(compared > 9_000, "the C library has no CP932 here")
    }

    @Test func aRowHasNoMoreThanItsCells() {
        for rows in [KanjiRows.jisX0208, KanjiRows.jisX0212, KanjiRows.ibm] {
            for row in rows { #expect(String(describing: row).unicodeScalars.count <= 94) }
        }
        #expect(KanjiRows.jisX0208.count <= 94 && KanjiRows.jisX0212.count <= 94)
    }

    @Test func whatIsInNoTableIsMarked() {
        let table = KanjiTable.jisX0208
        #expect(table.character(row: 3, cell: 1) == 0x3042)
        #expect(table.character(row: 0, cell: 0) == 0x3000)
        for (row, cell) in [(-1, 0), (0, -1), (0, 94), (94, 0), (1000, 1000), (8, 0)] {
            #expect(table.character(row: row, cell: cell) == 0xFFFD)
        }
        for index in [-1, Int.max, Int.min] { #expect(table.character(at: index) == 0xFFFD) }
    }
}
