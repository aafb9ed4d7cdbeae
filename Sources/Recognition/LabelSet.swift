import MIME

/// What a labelled value is.
enum Label: Sendable { case password, loginURL }

/// The labels of the configuration, folded in width, and how one is found in a line.
struct LabelSet: Sendable, Equatable {
    private struct Spelling: Sendable, Equatable {
        let label: Label
        /// Folded; a space stands for white space of any length.
        let scalars: [UInt32]
    }

    /// The longest first.
    private let spellings: [Spelling]

    init(_ passwordLabels: [String], _ loginURLLabels: [String]) {
        let both = passwordLabels.map { (Label.password, $0) } + loginURLLabels.map { (Label.loginURL, $0) }
        spellings = both.map { Spelling(label: $0, scalars: Self.scalars($1)) }
            .filter { !$0.scalars.isEmpty }
            .sorted { $0.scalars.count > $1.scalars.count }
    }

    private static func scalars(_ text: String) -> [UInt32] {
        let folded = Width.folded(Array(text.utf8)[...])
        return String(decoding: folded, as: UTF8.self).unicodeScalars.map(\.value)
    }

    /// The label that a line holds after an indent or a bullet, and the trimmed text after its colon.
    func label(in line: Bytes) -> (Label, Bytes)? {
        guard Self.hasColon(line) else { return nil }
        return Bullet.behind(in: line) { start in
            guard let (label, end) = label(in: line, at: start), let value = Self.behindColon(line, end) else {
                return nil
            }
            return (label, Width.trimmed(value))
        }
    }

    /// The label that is at `start`, bare or in a pair of brackets, and where it or its bracket ends.
    private func label(in line: Bytes, at start: Int) -> (Label, Int)? {
        let (first, next) = Width.folded(line, at: start)
        if let found = spelling(in: line, at: start, first) { return found }
        guard let closing = Brackets.closing(first) else { return nil }
        let inner = Self.skipSpace(line, next)
        guard inner < line.endIndex,
            let (label, end) = spelling(in: line, at: inner, Width.folded(line, at: inner).scalar)
        else { return nil }
        let close = Self.skipSpace(line, end)
        guard close < line.endIndex, case let (scalar, behind) = Width.folded(line, at: close), scalar == closing else {
            return nil
        }
        return (label, behind)
    }

    private func spelling(in line: Bytes, at start: Int, _ first: UInt32) -> (Label, Int)? {
        spelling: for spelling in spellings where spelling.scalars.first == first {
            var index = start
            for wanted in spelling.scalars {
                guard index < line.endIndex, case let (scalar, next) = Width.folded(line, at: index), scalar == wanted
                else { continue spelling }
                index = wanted == 0x20 ? Self.skipSpace(line, next) : next
            }
            return (spelling.label, index)
        }
        return nil
    }

    /// Whether a colon of either width may appear in a line. Most have none, and need no closer look.
    private static func hasColon(_ line: Bytes) -> Bool {
        line.firstIndex(of: 0x3A, from: line.startIndex) != nil
            || line.firstIndex(of: 0x9A, from: line.startIndex) != nil
    }

    private static func skipSpace(_ line: Bytes, _ start: Int) -> Int {
        var index = start
        while index < line.endIndex, case let (scalar, next) = Width.folded(line, at: index), scalar == 0x20 {
            index = next
        }
        return index
    }

    /// What follows white space and a colon, and nothing else before it.
    private static func behindColon(_ line: Bytes, _ start: Int) -> Bytes? {
        let colon = skipSpace(line, start)
        guard colon < line.endIndex, case let (scalar, next) = Width.folded(line, at: colon), scalar == 0x3A else {
            return nil
        }
        return line[next...]
    }
}
