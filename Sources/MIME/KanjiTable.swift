/// Two-byte Japanese codes to Unicode: 94 cells a row, 0xFFFD where there is no character.
struct KanjiTable: Sendable {
    static let jisX0208 = KanjiTable(KanjiRows.jisX0208)
    static let jisX0212 = KanjiTable(KanjiRows.jisX0212)
    static let ibm = KanjiTable(KanjiRows.ibm)

    private let cells: [UInt16]

    private init(_ rows: [StaticString]) {
        var cells: [UInt16] = []
        cells.reserveCapacity(rows.count * 94)
        for (index, row) in rows.enumerated() {
            for scalar in String(describing: row).unicodeScalars {
                cells.append(scalar == "." ? 0xFFFD : UInt16(truncatingIfNeeded: scalar.value))
            }
            while cells.count < (index + 1) * 94 { cells.append(0xFFFD) }
        }
        self.cells = cells
    }

    /// The character of a row and a cell, both counted from 0.
    @inline(__always) func character(row: Int, cell: Int) -> UInt32 {
        guard cell >= 0, cell < 94 else { return 0xFFFD }
        return character(at: row &* 94 &+ cell)
    }

    @inline(__always) func character(at index: Int) -> UInt32 {
        index >= 0 && index < cells.count ? UInt32(cells[index]) : 0xFFFD
    }
}
