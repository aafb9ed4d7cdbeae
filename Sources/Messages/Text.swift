import Glibc

/// Something to be said to people: written in English where it is said, and rendered in the language of whoever reads it.
///
///     Text("mailbox \(name): the server refused the login")
///
/// The catalogue has it by `mailbox {1}: the server refused the login`, and its translation may have the arguments in another order.
public struct Text: Sendable {
    private enum Content: Sendable {
        case verbatim(String)
        case phrase(Phrase)
        /// Another's English, which the catalogue may know.
        case others(String)
    }

    private let content: Content

    public init(_ phrase: Phrase) { content = .phrase(phrase) }

    /// What is the same in every language: a name, a number, another's words.
    public init(verbatim text: String) { content = .verbatim(text) }

    /// The words of a library, in English: translated where the catalogue knows them, else as they are.
    public init(ofLibrary words: String) { content = .others(words) }

    /// As strerror(3) has it.
    public init(errno number: Int32) { self.init(ofLibrary: String(cString: strerror(number))) }

    /// One after the other, with commas; empty where there is none.
    public static func list(_ texts: [Text]) -> Text { joined(texts) { Text("\($0), \($1)") } }

    /// One after the other, with semicolons; empty where there is none.
    public static func clauses(_ texts: [Text]) -> Text { joined(texts) { Text("\($0); \($1)") } }

    /// Any one of them; empty where there is none.
    public static func alternatives(_ texts: [Text]) -> Text { joined(texts) { Text("\($0) or \($1)") } }

    private static func joined(_ texts: [Text], by join: (Text, Text) -> Text) -> Text {
        guard let first = texts.first else { return Text(verbatim: "") }
        return texts.dropFirst().reduce(first, join)
    }

    /// In that language; in English where it has no translation.
    public func rendered(in language: Language) -> String {
        switch content {
        case .verbatim(let text): return text
        case .others(let words): return language.translation(ofLibrary: words) ?? words
        case .phrase(let phrase):
            let template = language.translation(of: phrase.template) ?? phrase.template
            if phrase.arguments.isEmpty { return template }
            return Self.filled(template, with: phrase.arguments.map { $0.rendered(in: language) })
        }
    }

    /// As it stands in the source.
    public var english: String { rendered(in: .english) }

    /// In the language of whoever runs this program.
    public var said: String { rendered(in: .current) }

    /// The template with `{1}` and so on replaced. Once: what is put in is data, whatever braces it has.
    static func filled(_ template: String, with arguments: [String]) -> String {
        var filled = ""
        var rest = template[...]
        while let open = rest.firstIndex(of: "{") {
            filled += rest[..<open]
            rest = rest[open...]
            let digits = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
            if digits.endIndex < rest.endIndex, rest[digits.endIndex] == "}", let number = Int(digits),
                arguments.indices.contains(number - 1)
            {
                filled += arguments[number - 1]
                rest = rest[rest.index(after: digits.endIndex)...]
            } else {
                filled += "{"
                rest = rest.dropFirst()
            }
        }
        return filled + rest
    }
}

/// Two texts are the same where their English is.
extension Text: Equatable {
    public static func == (left: Text, right: Text) -> Bool { left.english == right.english }
}

/// English, as the log has it.
extension Text: CustomStringConvertible, CustomDebugStringConvertible {
    public var description: String { english }
    public var debugDescription: String { english.debugDescription }
}

/// What people are told of in words; its description is their English.
public protocol TextConvertible: CustomStringConvertible {
    var text: Text { get }
}

extension TextConvertible {
    public var description: String { text.english }
}
