import MIME

/// The rule for the subject.
enum Subject {
    /// Prefixes at most, one after the other.
    private static let mostPrefixes = 2

    /// Whether a Subject field's value, decoded and folded, is the subject, after at most two of the prefixes and before at most one
    /// of the suffixes.
    static func matches(_ value: Bytes, rules: RecognitionRules) -> Bool {
        let wanted = Width.folded(Array(rules.subject.utf8)[...])
        let subject = Width.folded(HeaderText.decode(value)[...])
        if subject == wanted { return true }
        let prefixes = rules.subjectPrefixes.map { SubjectMark($0) }
        let suffixes = rules.subjectSuffixes.map { SubjectMark($0) }
        /// Where the subject may begin.
        var starts = [subject.startIndex]
        for count in 0...mostPrefixes {
            for start in starts where subject[start...].starts(with: wanted) {
                let behind = skipSpace(subject, start + wanted.count)
                if behind == subject.endIndex
                    || suffixes.contains(where: { $0.end(in: subject, behind) == subject.endIndex })
                {
                    return true
                }
            }
            guard count < mostPrefixes else { break }
            let next = starts.flatMap { start in prefixes.compactMap { $0.end(in: subject, start) } }
            starts = Set(next.map { skipSpace(subject, $0) }).sorted()
        }
        return false
    }

    private static func skipSpace(_ text: [UInt8], _ index: Int) -> Int {
        index < text.endIndex && text[index] == 0x20 ? index + 1 : index
    }
}

/// What a gateway puts before or after a subject. A `*` that is all or the last part of what is in `[ ]` stands for 1 to 32
/// letters or digits, such as the number of a mailing list's mail; any other `*` is itself.
struct SubjectMark {
    /// Folded in width; nil stands for the letters and digits.
    private let pieces: [[UInt8]?]
    private static let longestWord = 32

    init(_ text: String) {
        let folded = Width.folded(Array(text.utf8)[...])
        var pieces: [[UInt8]?] = []
        var start = folded.startIndex
        var opening: Int?
        for index in folded.indices {
            switch folded[index] {
            case UInt8(ascii: "["): opening = index
            case UInt8(ascii: "]"):
                if let open = opening, open + 1 < index, folded[index - 1] == UInt8(ascii: "*"),
                    !folded[(open + 1)..<(index - 1)].contains(UInt8(ascii: "*"))
                {
                    pieces += [Array(folded[start..<(index - 1)]), nil]
                    start = index
                }
                opening = nil
            default: break
            }
        }
        pieces.append(Array(folded[start...]))
        self.pieces = pieces
    }

    /// Where the mark ends that begins at `start`; nil where none begins there. An empty mark is none.
    func end(in text: [UInt8], _ start: Int) -> Int? {
        var index = start
        for piece in pieces {
            if let piece {
                guard text[index...].starts(with: piece) else { return nil }
                index += piece.count
            } else {
                guard let end = Self.endOfWord(text[...], index) else { return nil }
                index = end
            }
        }
        return index > start ? index : nil
    }

    /// After 1 to 32 letters or digits of any writing.
    private static func endOfWord(_ text: Bytes, _ start: Int) -> Int? {
        var index = start
        var count = 0
        while index < text.endIndex {
            let (value, length) = text.scalar(at: index)
            guard let scalar = Unicode.Scalar(value),
                scalar.properties.isAlphabetic || scalar.properties.numericType != nil
            else { break }
            count += 1
            guard count <= longestWord else { return nil }
            index += length
        }
        return count > 0 ? index : nil
    }
}
