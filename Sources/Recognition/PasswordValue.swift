import MIME

/// Which part of the text after a password's label is the password: without the Japanese brackets around it and the notes after it.
///
/// A password is printable ASCII. So nothing is taken off that could belong to one: a note begins with `※`, is in Japanese
/// brackets, or in ASCII ones that hold something other than ASCII.
enum PasswordValue {
    /// Notes after a password that are looked for. More do not occur.
    private static let mostNotes = 8
    /// Bytes of a password and its notes. What is longer is neither, and brackets are matched at a cost.
    private static let longest = 1024

    /// - Parameter text: trimmed.
    static func bare(_ text: Bytes) -> Bytes {
        guard text.count <= longest, text.contains(where: { $0 >= 0x80 }) else { return text }
        var value = Width.trimmed(text[..<(noteMark(in: text) ?? text.endIndex)])
        for _ in 0..<mostNotes {
            guard let group = Brackets.last(in: value) else { break }
            let before = Width.trimmed(value[..<group.whole.startIndex])
            if before.isEmpty { return group.isJapanese ? Width.trimmed(group.content) : value }
            guard group.isJapanese || group.content.contains(where: { $0 >= 0x80 }) else { break }
            value = before
        }
        return value
    }

    /// Where `※` begins a note: after something.
    private static func noteMark(in text: Bytes) -> Int? {
        let mark = "※".utf8
        return text.indices.dropFirst().first { text[$0] == 0xE2 && text[$0...].starts(with: mark) }
    }
}
