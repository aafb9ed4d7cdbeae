import Messages
import TOML

/// Values that are one of a few words.
extension ConfigurationTable {
    /// One of the raw values of the type; nil if it is missing, or another problem was added.
    package mutating func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String, of: Choice.Type
    ) -> Choice? where Choice.RawValue == String {
        guard let value = take(key) else { return nil }
        if case .string(let text) = value, let choice = Choice(rawValue: text) { return choice }
        let words = Choice.allCases.map(\.rawValue)
        problem(key, "must be one of \(Text.quoted(words)), \(Self.instead(value, of: words))")
        return nil
    }

    /// What is there instead, and which of the words may be meant by it.
    package static func instead(_ value: TOMLValue.Content, of words: [String]) -> Text {
        guard case .string(let text) = value else { return Text("not \(value.typeName)") }
        let meant = ascii(text).lowercased()
        guard words.contains(meant) else { return Text("not \"\(shown(text))\"") }
        return Text("not \"\(shown(text))\": did you mean \"\(meant)\"?")
    }

    /// Without the white space, and with full-width letters as ASCII.
    static func ascii(_ text: String) -> String {
        var ascii = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where !scalar.isBlank { ascii.append(scalar.halfWidth) }
        return String(ascii)
    }
}

extension Text {
    /// Words in quotes, with commas between them.
    package static func quoted(_ words: [String]) -> Text { list(words.map { Text(verbatim: "\"\($0)\"") }) }
}
