import Messages

/// Rows in columns, for a terminal of any width: what does not fit is left out, or shown below its row.
struct Table {
    /// How a text stands out, where there are colours.
    enum Style: String {
        case plain = ""
        /// ECMA-48, section 8.3.117: bold, faint, red, green, yellow.
        case strong = "1"
        case faint = "2"
        case bad = "31"
        case good = "32"
        case warning = "33"

        func applied(to text: String, if hasColours: Bool) -> String {
            hasColours && self != .plain && !text.isEmpty ? "\u{1B}[\(rawValue)m\(text)\u{1B}[0m" : text
        }
    }

    struct Column {
        let title: String
        /// The column of the highest number gives way first; nil: never.
        var yields: Int?
        /// What is said below a row of a cell that has given way; nil: nothing.
        var note: (@Sendable (String) -> String)?
    }

    struct Cell {
        let text: String
        var style = Style.plain
        static let empty = Cell(text: "-", style: .faint)
    }

    struct Row {
        let cells: [Cell]
        /// Said below it.
        var notes: [Cell] = []
    }

    private let columns: [Column]
    private let rows: [Row]
    /// Those with something in them; the first is always there.
    private let filled: [Int]
    private let widths: [Int]

    private static let gap = 2
    /// The first column has so many at least, where the others leave it any.
    private static let leastOfFirst = 12

    /// - Parameter rows: each with a cell for each column.
    init(columns: [Column], rows: [Row]) {
        (self.columns, self.rows) = (columns, rows)
        filled = columns.indices.filter { index in
            index == 0 || rows.contains { $0.cells[index].text != Cell.empty.text }
        }
        widths = columns.indices.map { index in
            rows.reduce(DisplayWidth.of(columns[index].title)) { max($0, DisplayWidth.of($1.cells[index].text)) }
        }
    }

    /// Whether nothing would give way.
    func fits(_ width: Int) -> Bool { total(of: filled) <= width }

    /// Its lines, none of them wider than that.
    func lines(width: Int, hasColours: Bool) -> [String] {
        var shown = filled
        func yielding() -> Int? {
            shown.filter { columns[$0].yields != nil }.max { columns[$0].yields ?? 0 < columns[$1].yields ?? 0 }
        }
        while total(of: shown) > width, let index = yielding() { shown.removeAll { $0 == index } }
        let others = total(of: Array(shown.dropFirst())) + Self.gap
        let first = min(self.widths[0], max(width - others, Self.leastOfFirst))
        let widths = shown.map { $0 == 0 ? first : self.widths[$0] }
        let header = shown.map { Cell(text: columns[$0].title, style: .strong) }
        var lines = Self.lines(header, widths, width, hasColours)
        for row in rows {
            lines += Self.lines(shown.map { row.cells[$0] }, widths, width, hasColours)
            let hidden = filled.filter { !shown.contains($0) && row.cells[$0].text != Cell.empty.text }
            let said = hidden.compactMap { columns[$0].note?(row.cells[$0].text) }
            let notes = (said.isEmpty ? [] : [Cell(text: said.joined(separator: ", "))]) + row.notes
            for note in notes {
                lines += DisplayWidth.wrapped(note.text, to: max(width - Self.gap, 1)).map {
                    "  " + note.style.applied(to: $0, if: hasColours)
                }
            }
        }
        return lines
    }

    private func total(of shown: [Int]) -> Int {
        shown.reduce(0) { $0 + widths[$1] } + Self.gap * max(shown.count - 1, 0)
    }

    /// A first cell that is too wide stands alone, whole, since it is there to be copied; the others stand below it.
    private static func lines(_ cells: [Cell], _ widths: [Int], _ width: Int, _ hasColours: Bool) -> [String] {
        var lines: [String] = []
        var cells = cells
        if let first = cells.first, let room = widths.first, DisplayWidth.of(first.text) > room {
            lines = DisplayWidth.wrapped(first.text, to: width).map { first.style.applied(to: $0, if: hasColours) }
            guard cells.count > 1 else { return lines }
            cells[0] = Cell(text: "")
        }
        var line = ""
        var left = width
        for (index, cell) in cells.enumerated() {
            let isLast = index == cells.count - 1
            let text = isLast ? DisplayWidth.cut(cell.text, to: max(left, 1)) : cell.text
            line += cell.style.applied(to: text, if: hasColours)
            let padding = isLast ? 0 : widths[index] - DisplayWidth.of(text) + gap
            line += String(repeating: " ", count: max(padding, 0))
            left -= widths[index] + gap
        }
        return lines + [line]
    }
}
