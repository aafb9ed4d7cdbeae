import MIME

/// What a mail says about a value, behind it on its line: after `※`, in Japanese brackets, or in ASCII ones that hold something
/// other than ASCII. So nothing is a note that could belong to a password or a URL, which are printable ASCII.
enum Note {
    /// Notes after a value that are looked for. More do not occur.
    private static let most = 8
    /// Bytes of a value and its notes. What is longer is neither, and brackets are matched at a cost.
    static let longest = 1024

    /// A trimmed text without its notes. What is a note alone stays.
    static func removed(from text: Bytes) -> Bytes {
        guard text.count <= longest, text.contains(where: { $0 >= 0x80 }) else { return text }
        var value = Width.trimmed(text[..<(mark(in: text) ?? text.endIndex)])
        for _ in 0..<most {
            guard let group = Brackets.last(in: value) else { break }
            let before = Width.trimmed(value[..<group.whole.startIndex])
            guard !before.isEmpty, group.isJapanese || group.content.contains(where: { $0 >= 0x80 }) else { break }
            value = before
        }
        return value
    }

    /// Where `※` begins a note: after something.
    private static func mark(in text: Bytes) -> Int? {
        let mark = "※".utf8
        return text.indices.dropFirst().first { text[$0] == 0xE2 && text[$0...].starts(with: mark) }
    }
}
