import MIME

/// The labelled lines of a text, and what stands behind the labels.
///
/// A line counts when it is nothing but an indent or bullet, a label, a colon, and a value behind it or alone on the
/// next line. Everything else is prose, and read over: headings, quoted lines, sentences that hold the word.
struct Labels {
    /// One labelled value, still in its place.
    struct Value {
        let label: Label
        /// Without white space at its ends; may be anything.
        let text: Bytes
        /// Whether it stands on a line of its own.
        let isOnNextLine: Bool
        /// The line below, trimmed; in a text whose lines all have an empty one behind them, the one after that. Empty at the end.
        let lineBelow: Bytes
    }

    enum Label { case password, loginURL }

    private var lines: Lines
    private var pending: Label?
    private let text: Bytes
    private let isHTML: Bool
    private lazy var isDoubleSpaced = Self.isDoubleSpaced(text)

    /// - Parameters:
    ///   - text: UTF-8.
    ///   - isHTML: whether a value alone on its line may start with `>`, which is no mark of a quotation there.
    init(_ text: Bytes, isHTML: Bool) {
        lines = Lines(text)
        self.text = text
        self.isHTML = isHTML
    }

    /// The next labelled value, nil at the end. Labels without one are passed over.
    mutating func next() -> Value? {
        while let line = lines.next() {
            let label = pending
            pending = nil
            if let (label, value) = Self.label(in: line) {
                if value.isEmpty {
                    pending = label
                } else {
                    return Value(label: label, text: value, isOnNextLine: false, lineBelow: lineBelow())
                }
            } else if let label {
                let value = Width.trimmed(line)
                // A quoted line answers to no label.
                if let first = value.first, isHTML || first != UInt8(ascii: ">") && !value.starts(with: "＞".utf8) {
                    return Value(label: label, text: value, isOnNextLine: true, lineBelow: lineBelow())
                }
            }
        }
        return nil
    }

    private mutating func lineBelow() -> Bytes {
        var rest = lines
        let below = Width.trimmed(rest.next() ?? [])
        return below.isEmpty && isDoubleSpaced ? Width.trimmed(rest.next() ?? []) : below
    }

    /// Whether no two lines stand without an empty one between them, as a gateway leaves a text whose line ends it doubled.
    private static func isDoubleSpaced(_ text: Bytes) -> Bool {
        var wasEmpty = true
        for line in Lines(text) {
            let isEmpty = Width.trimmed(line).isEmpty
            if !isEmpty, !wasEmpty { return false }
            wasEmpty = isEmpty
        }
        return true
    }

    /// The label of a line and the trimmed text behind its colon.
    private static func label(in line: Bytes) -> (Label, Bytes)? {
        guard let start = Bullet.end(in: line), let (label, end) = label(in: line, at: start) else { return nil }
        var index = end
        while index < line.endIndex {
            let (scalar, next) = Width.folded(line, at: index)
            index = next
            if scalar == 0x3A { return (label, Width.trimmed(line[index...])) }
            if scalar != 0x20 { return nil }
        }
        return nil
    }

    private static let spellings: [(Label, [UInt32])] = [
        (.password, "ワンタイムパスワード".unicodeScalars.map(\.value)),
        (.loginURL, "ログインURL".unicodeScalars.map(\.value)),
        (.loginURL, "ログイン用URL".unicodeScalars.map(\.value)),
    ]

    /// The label that stands at `start`, and where it ends.
    private static func label(in line: Bytes, at start: Int) -> (Label, Int)? {
        spelling: for (label, spelling) in spellings {
            var index = start
            for wanted in spelling {
                guard index < line.endIndex else { continue spelling }
                let (scalar, next) = Width.folded(line, at: index)
                guard scalar == wanted else { continue spelling }
                index = next
            }
            return (label, index)
        }
        return nil
    }
}
