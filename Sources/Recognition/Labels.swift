import MIME

/// The labelled lines of a text, and what follows the labels.
///
/// A line counts when it is nothing but an indent or bullet, a label, a colon, and a value after it, alone on the next
/// line, or alone after one empty line. Everything else is prose, and skipped: headings, quoted lines, sentences that hold
/// the word.
struct Labels {
    /// One labelled value, still in its place.
    struct Value {
        let label: Label
        /// Without white space at its ends; may be anything.
        let text: Bytes
        /// Whether it is on a line of its own.
        let isOnNextLine: Bool
        /// The line below, or after one empty line, trimmed. Empty at the end.
        let lineBelow: Bytes
        /// Whether an empty line is between, in a text where not all lines have one after them.
        let isBehindEmpty: Bool
        /// What the value continues with where a line's end alone has cut it.
        let tail: Tail?
    }

    /// The line below a value, where no white space is between.
    struct Tail {
        /// Trimmed.
        let text: Bytes
        /// The line below that, trimmed.
        let lineBelow: Bytes
    }

    /// Those that have been found, with a value or without.
    private(set) var seen: Set<Label> = []
    private let labels: LabelSet
    private var lines: Lines
    /// A label whose value has not come yet, and whether an empty line follows it.
    private var pending: (label: Label, isBehindEmpty: Bool)?
    private let text: Bytes
    private let isHTML: Bool
    private lazy var isDoubleSpaced = Self.isDoubleSpaced(text)

    /// - Parameters:
    ///   - text: UTF-8.
    ///   - labels: what to look for.
    ///   - isHTML: whether a value alone on its line may start with `>`, which is no mark of a quotation there.
    init(_ text: Bytes, _ labels: LabelSet, isHTML: Bool) {
        self.labels = labels
        lines = Lines(text)
        self.text = text
        self.isHTML = isHTML
    }

    /// The next labelled value, nil at the end. Labels without one are passed over.
    mutating func next() -> Value? {
        while let line = lines.next() {
            let before = pending
            pending = nil
            if let (label, text) = labels.label(in: line) {
                seen.insert(label)
                if !text.isEmpty { return value(label, text, line, isOnNextLine: false) }
                pending = (label, false)
            } else if let (label, isBehindEmpty) = before {
                let text = Width.trimmed(line)
                if text.isEmpty, !isBehindEmpty { pending = (label, true) }
                // A quoted line answers to no label.
                if let first = text.first, isHTML || first != UInt8(ascii: ">") && !text.starts(with: "＞".utf8) {
                    return value(label, text, line, isOnNextLine: true)
                }
            }
        }
        return nil
    }

    private mutating func value(_ label: Label, _ text: Bytes, _ line: Bytes, isOnNextLine: Bool) -> Value {
        var rest = lines
        let next = rest.next() ?? []
        let below = Width.trimmed(next)
        let behind = Width.trimmed(rest.next() ?? [])
        let isTight = text.endIndex == line.endIndex && !below.isEmpty && below.startIndex == next.startIndex
        // Only ASCII can continue a URL: otherwise nobody asks, and the whole text need not be looked at.
        let isBehindEmpty = below.isEmpty && (behind.first.map { $0 < 0x80 } ?? false) && !isDoubleSpaced
        return Value(
            label: label, text: text, isOnNextLine: isOnNextLine, lineBelow: below.isEmpty ? behind : below,
            isBehindEmpty: isBehindEmpty, tail: isTight ? Tail(text: below, lineBelow: behind) : nil)
    }

    /// Whether no two lines are without an empty one between them, as a gateway leaves a text whose line ends it doubled.
    private static func isDoubleSpaced(_ text: Bytes) -> Bool {
        var wasEmpty = true
        for line in Lines(text) {
            let isEmpty = Width.trimmed(line).isEmpty
            if !isEmpty, !wasEmpty { return false }
            wasEmpty = isEmpty
        }
        return true
    }
}
