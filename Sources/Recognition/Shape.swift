import MIME

/// The lines of a refused mail that hold a label's word, and the line behind each, blanked: enough to see that the
/// wording has changed, and nothing of a secret.
struct Shape {
    private var lines: [String] = []
    private static let words: [[UInt8]] = ["パスワード", "ﾊﾟｽﾜｰﾄﾞ", "URL", "ＵＲＬ"].map { Array($0.utf8) }

    /// Nil where no line holds a label's word.
    var description: String? { lines.isEmpty ? nil : lines.joined(separator: "\n") }

    /// Keeps at most 16 lines of all texts together. Linear.
    mutating func read(_ text: Bytes) {
        var source = Lines(text)
        var isBehind = false
        while lines.count < 16, let line = source.next() {
            let line = line.prefix(400)
            let holdsWord = Self.words.contains { Self.holds(line, $0) }
            if holdsWord || isBehind { lines.append(Self.blanked(line)) }
            isBehind = holdsWord
        }
    }

    private static func holds(_ line: Bytes, _ word: [UInt8]) -> Bool {
        guard let first = word.first else { return false }
        var rest = line
        while let start = rest.firstIndex(of: first) {
            rest = rest[start...]
            if rest.starts(with: word) { return true }
            rest = rest.dropFirst()
        }
        return false
    }

    /// Letters, digits and signs of either width, run by run, become `xxx`; other writing stays.
    private static func blanked(_ line: Bytes) -> String {
        var blanked: [UInt8] = []
        var runStart = line.startIndex
        var index = line.startIndex
        while index <= line.endIndex, blanked.count < 240 {
            let (scalar, next) = index < line.endIndex ? Width.folded(line, at: index) : (0, index + 1)
            if scalar &- 0x21 >= 0x5E {
                blanked += shownRun(line[runStart..<index])
                if index < line.endIndex { blanked.appendUTF8(scalar) }
                runStart = min(next, line.endIndex)
            }
            index = next
        }
        return shown(blanked, limit: 120)
    }

    /// Labels and single signs as they are, anything else as `xxx`.
    private static func shownRun(_ run: Bytes) -> Bytes {
        if run.isEmpty
            || ["URL", "URL:", "ＵＲＬ", "ＵＲＬ：", "ＵＲＬ:", "：", "＜", "＞"].contains(where: { run.elementsEqual($0.utf8) })
        {
            return run
        }
        if run.count == 1, let sign = run.first, !sign.isASCIILetter, !sign.isASCIIDigit { return run }
        return Array("xxx".utf8)[...]
    }
}
