/// The text of a Swift file, read as far as its phrases need it: where literals begin and end, and what stands in which brackets.
struct SwiftText {
    /// UTF-8, without comments.
    let text: [UInt8]

    init(_ source: String) {
        var text: [UInt8] = []
        let bytes = Array(source.utf8)
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "/"), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "/") {
                index = bytes[index...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            } else if bytes[index] == UInt8(ascii: "\"") {
                let end = Self.literal(bytes, at: index)?.end ?? bytes.count
                text += bytes[index..<end]
                index = end
            } else {
                text.append(bytes[index])
                index += 1
            }
        }
        self.text = text
    }

    func string(_ range: Range<Int>) -> String { String(decoding: text[range], as: UTF8.self) }

    /// The literal that begins there: its template, with a number in braces for each interpolation, and where it ends.
    func literal(at start: Int) -> (template: String, end: Int)? { Self.literal(text, at: start) }

    private static func literal(_ text: [UInt8], at start: Int) -> (template: String, end: Int)? {
        let quote = UInt8(ascii: "\"")
        guard text.indices.contains(start), text[start] == quote else { return nil }
        let isLong = text[start...].starts(with: [quote, quote, quote])
        var index = start + (isLong ? 3 : 1)
        var template: [UInt8] = []
        var count = 0
        while index < text.count {
            let next = text[index]
            if next == quote, !isLong { return (String(decoding: template, as: UTF8.self), index + 1) }
            if next == quote, text[index...].starts(with: [quote, quote, quote]) {
                return (unindented(String(decoding: template, as: UTF8.self)), index + 3)
            }
            guard next == UInt8(ascii: "\\"), index + 1 < text.count else {
                template.append(next)
                index += 1
                continue
            }
            switch text[index + 1] {
            case UInt8(ascii: "("):
                count += 1
                template += "{\(count)}".utf8
                index = closing(text, at: index + 1) + 1
            case UInt8(ascii: "\n"):
                // The line goes on in the next one.
                template.append(0)
                index += 2
            case UInt8(ascii: "u"):
                let digits = text[(index + 3)...].prefix { $0 != UInt8(ascii: "}") }
                let scalar = UInt32(String(decoding: digits, as: UTF8.self), radix: 16).flatMap(Unicode.Scalar.init)
                template += String(Character(scalar ?? "?")).utf8
                index += 4 + digits.count
            case UInt8(ascii: "n"), UInt8(ascii: "t"), UInt8(ascii: "r"):
                template.append(["n": 10, "t": 9, "r": 13][Character(Unicode.Scalar(text[index + 1]))] ?? 63)
                index += 2
            case let other:
                template.append(other)
                index += 2
            }
        }
        return nil
    }

    /// A literal over several lines: without its first line end and its last, and the indent of the last line.
    private static func unindented(_ template: String) -> String {
        var lines = template.split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
        let indent = lines.popLast()?.count ?? 0
        let text = lines.map { line in
            // After a line that goes on stands the next one's indent.
            line.split(separator: "\u{0}", omittingEmptySubsequences: false).map { $0.dropFirst(indent) }.joined()
        }
        return text.joined(separator: "\n")
    }

    /// Where the bracket that opens there closes.
    func closing(_ open: Int) -> Int { Self.closing(text, at: open) }

    private static func closing(_ text: [UInt8], at open: Int) -> Int {
        var depth = 0
        var index = open
        while index < text.count {
            switch text[index] {
            case UInt8(ascii: "\""):
                index = literal(text, at: index)?.end ?? text.count
                continue
            case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
                depth -= 1
                if depth == 0 { return index }
            default: break
            }
            index += 1
        }
        return text.count
    }

    /// What stands between the commas of the brackets that open there.
    func arguments(_ open: Int) -> [Range<Int>] {
        let close = closing(open)
        var parts: [Range<Int>] = []
        var (start, index) = (open + 1, open + 1)
        while index < close {
            switch text[index] {
            case UInt8(ascii: "\""): index = literal(at: index)?.end ?? close
            case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): index = closing(index) + 1
            case UInt8(ascii: ","):
                parts.append(start..<index)
                index += 1
                start = index
            default: index += 1
            }
        }
        return start < close ? parts + [start..<close] : parts
    }

    // MARK: Words

    struct Word {
        let text: String
        let start: Int
        /// Behind it.
        let end: Int
    }

    /// The names and keywords of a stretch.
    ///
    /// - Parameter inLiterals: those of interpolations as well.
    func words(in range: Range<Int>? = nil, inLiterals: Bool = false) -> [Word] {
        let range = range ?? text.indices
        var words: [Word] = []
        var index = range.lowerBound
        while index < range.upperBound {
            if text[index] == UInt8(ascii: "\""), !inLiterals {
                index = literal(at: index)?.end ?? range.upperBound
            } else if Self.isOfName(text[index]) {
                let end = text[index..<range.upperBound].firstIndex { !Self.isOfName($0) } ?? range.upperBound
                words.append(Word(text: string(index..<end), start: index, end: end))
                index = end
            } else {
                index += 1
            }
        }
        return words
    }

    static func isOfName(_ byte: UInt8) -> Bool {
        byte >= 0x80 || byte == UInt8(ascii: "_") || Character(Unicode.Scalar(byte)).isLetter
            || Character(Unicode.Scalar(byte)).isNumber
    }
}
