import MIME
import Messages

/// What a mail with the right sender and subject says instead of a label: its lines with a colon, with blanked values, and the key that
/// would make one of them recognised. SECOM may rename things; this tells the operator what to set.
struct Wording {
    private static let mostLines = 4
    /// Characters of a line that are shown.
    private static let longestLabel = 24

    private var lines: [String] = []
    private let blanking: Blanking
    private let labels: LabelSet

    init(_ rules: RecognitionRules) {
        blanking = Blanking(rules)
        labels = rules.labels
    }

    /// Keeps a few lines of all texts together that have no label of ours, each once. Takes linear time.
    mutating func read(_ text: Bytes) {
        var source = Lines(text)
        while lines.count < Self.mostLines, let line = source.next() {
            guard labels.label(in: line) == nil, let label = Self.label(in: line.prefix(240)) else { continue }
            let shown = blanking.line(label, limit: Self.longestLabel)
            if !lines.contains(shown) { lines.append(shown) }
        }
    }

    /// What to do about labels that are missing; nil where no line has a colon.
    func remedy(missing: [Label]) -> Text? {
        guard !lines.isEmpty, !missing.isEmpty else { return nil }
        let values = Text.alternatives(
            missing.map { $0 == .password ? Text("the password") : Text("the login URL") })
        let keys = Text.alternatives(
            missing.map { Text(verbatim: $0 == .password ? "mail.password_labels" : "mail.login_url_labels") })
        let shown = lines.map { "\"\($0): ...\"" }.joined(separator: ", ")
        return Text(
            "its lines with a colon: \(shown); if \(values) follows one of these, add the text before its colon to \(keys)"
        )
    }

    /// What precedes the first colon of a line, where that is no quotation, no time and no link.
    private static func label(in line: Bytes) -> Bytes? {
        var index = line.startIndex
        while index < line.endIndex {
            let (scalar, next) = Width.folded(line, at: index)
            if scalar == 0x3A {
                let label = Width.trimmed(line[..<index])
                let isLabel =
                    label.count >= 2 && label.first != UInt8(ascii: ">") && !line[next...].starts(with: "//".utf8)
                    && label.contains { !$0.isASCIIDigit }
                return isLabel ? label : nil
            }
            index = next
        }
        return nil
    }
}
