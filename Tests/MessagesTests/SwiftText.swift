/// The text of a Swift file, read as far as its phrases need it: where literals begin and end, and what stands in which brackets.
struct SwiftText {
    let text: [Character]

    /// Without its comments.
    init(_ source: String) {
        var text: [Character] = []
        var rest = Array(source)[...]
        func starts(_ word: String) -> Bool { rest.prefix(word.count).elementsEqual(word) }
        while let next = rest.first {
            if starts("//") {
                rest = rest.drop { $0 != "\n" }
            } else if next == "\"" {
                let end = Self.literal(Array(rest), at: 0)?.end ?? 1
                text += rest.prefix(end)
                rest = rest.dropFirst(end)
            } else {
                text.append(next)
                rest = rest.dropFirst()
            }
        }
        self.text = text
    }

    /// The literal that begins there: its template, with a number in braces for each interpolation, and where it ends.
    static func literal(_ text: [Character], at start: Int) -> (template: String, end: Int)? {
        guard text.indices.contains(start), text[start] == "\"" else { return nil }
        let isLong = text.count > start + 2 && text[start + 1] == "\"" && text[start + 2] == "\""
        var index = start + (isLong ? 3 : 1)
        var template = ""
        var count = 0
        while index < text.count {
            let next = text[index]
            if next == "\"", !isLong { return (template, index + 1) }
            if next == "\"", text[index...].prefix(3).elementsEqual("\"\"\"") { return (unindented(template), index + 3) }
            guard next == "\\", index + 1 < text.count else {
                template.append(next)
                index += 1
                continue
            }
            switch text[index + 1] {
            case "(":
                count += 1
                template += "{\(count)}"
                index = closing(text, at: index + 1) + 1
            case "\n":
                // The line goes on in the next one.
                template.append("\u{0}")
                index += 2
            case "u":
                let digits = text[(index + 3)...].prefix { $0 != "}" }
                template.unicodeScalars.append(UInt32(String(digits), radix: 16).flatMap(Unicode.Scalar.init) ?? "?")
                index += 4 + digits.count
            case let other:
                template.append(["n": "\n", "t": "\t", "r": "\r"][other] ?? other)
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
    static func closing(_ text: [Character], at open: Int) -> Int {
        var depth = 0
        var index = open
        while index < text.count {
            switch text[index] {
            case "\"":
                index = literal(text, at: index)?.end ?? text.count
                continue
            case "(", "[", "{": depth += 1
            case ")", "]", "}":
                depth -= 1
                if depth == 0 { return index }
            default: break
            }
            index += 1
        }
        return text.count
    }
}
