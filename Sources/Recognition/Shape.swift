import MIME

/// The lines of a refused mail that contain a label's word, and the line after each, blanked: enough to see that the
/// wording has changed, without revealing a secret.
struct Shape {
    private var lines: [String] = []
    private let blanking: Blanking
    /// Folded in width. A label that holds another word is found by that one.
    private let words: [[UInt8]]

    init(_ rules: RecognitionRules) {
        blanking = Blanking(rules)
        let common = ["パスワード", "URL"].map { Array($0.utf8) }
        words =
            common
            + (rules.passwordLabels + rules.loginURLLabels).map { Width.folded(Array($0.utf8)[...]) }.filter { label in
                !label.isEmpty && !common.contains { Self.holds(label[...], $0) }
            }
    }

    /// Nil where no line holds a label's word.
    var description: String? { lines.isEmpty ? nil : lines.joined(separator: "\n") }

    /// Keeps at most 16 lines of all texts together. Linear.
    mutating func read(_ text: Bytes) {
        var source = Lines(text)
        var isBehind = false
        while lines.count < 16, let line = source.next() {
            let line = line.prefix(400)
            var folded = Width.folded(line)
            let holdsWord = words.contains { Self.holds(folded[...], $0) }
            folded.wipe()
            if holdsWord || isBehind { lines.append(blanking.line(line, limit: 120)) }
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
}
