import Foundation

/// Every phrase in the sources: each literal where a ``Phrase`` is asked for.
///
/// A phrase can only be made of a literal, and its type is written nowhere but as that of a parameter: so the functions that have one are found
/// by their declarations, and the phrases where they are called.
struct SourcePhrases {
    /// A parameter that is a phrase: the function's name, its label, or else its place among those that have none.
    struct Parameter: Hashable {
        let function: String
        let label: String?
        let place: Int
    }

    private(set) var parameters: Set<Parameter> = []
    /// Each with a file that it stands in.
    private(set) var templates: [String: String] = [:]
    /// Files in which `Phrase` is written and is no parameter's type.
    private(set) var strays: [String] = []

    init(in folder: URL) throws {
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.compactMap {
            $0 as? URL
        }
        let sources = try (files ?? []).filter { $0.pathExtension == "swift" }.map { file in
            (file.lastPathComponent, SwiftText(try String(contentsOf: file, encoding: .utf8)))
        }
        for (name, source) in sources { declarations(source, name) }
        for (name, source) in sources { calls(source, name) }
    }

    // MARK: Declarations

    private mutating func declarations(_ source: SwiftText, _ file: String) {
        let words = source.words()
        guard words.contains(where: { $0.text == "Phrase" }) else { return }
        /// Of each type that is open: its name, and where it ends.
        var types: [(name: String, end: Int)] = []
        var found = 0
        for (word, next) in zip(words, words.dropFirst()) {
            types.removeAll { $0.end < word.start }
            switch word.text {
            case "struct", "enum", "class", "extension", "actor", "protocol":
                guard let open = source.text[next.end...].firstIndex(of: UInt8(ascii: "{")) else { continue }
                types.append((next.text, source.closing(open)))
            case "func": found += declaration(next.text, behind: next.end, source, file)
            case "init": found += declaration(types.last?.name ?? "init", behind: word.end, source, file)
            default: break
            }
        }
        // The type itself, and where it is kept.
        guard !["Phrase.swift", "Text.swift"].contains(file) else { return }
        if words.count(where: { $0.text == "Phrase" }) != found { strays.append(file) }
    }

    /// Notes the phrases among a function's parameters, and gives their number.
    private mutating func declaration(_ name: String, behind end: Int, _ source: SwiftText, _ file: String) -> Int {
        guard let open = source.text[end...].firstIndex(of: UInt8(ascii: "(")) else { return 0 }
        var (place, found) = (0, 0)
        for part in source.arguments(open) {
            let names = source.words(in: part).map(\.text)
            let isUnlabelled = names.first == "_"
            // label name: Phrase
            if names.dropFirst(isUnlabelled ? 2 : 1).prefix(2).contains("Phrase") {
                found += 1
                parameters.insert(
                    Parameter(function: name, label: isUnlabelled ? nil : names.first, place: place))
                // A default is a phrase too.
                collect(source, part, file)
            }
            if isUnlabelled { place += 1 }
        }
        return found
    }

    // MARK: Calls

    private mutating func calls(_ source: SwiftText, _ file: String) {
        let functions = Dictionary(grouping: parameters, by: \.function)
        var last = ""
        for word in source.words(inLiterals: true) {
            defer { last = word.text }
            guard last != "func", let wanted = functions[word.text], word.end < source.text.count,
                source.text[word.end] == UInt8(ascii: "(")
            else { continue }
            var place = 0
            for part in source.arguments(word.end) {
                let label = Self.label(source, part)
                if wanted.contains(where: { $0.label == label && (label != nil || $0.place == place) }) {
                    collect(source, part, file)
                }
                if label == nil { place += 1 }
            }
        }
    }

    /// All literals of an expression but those in the brackets of another call.
    private mutating func collect(_ source: SwiftText, _ range: Range<Int>, _ file: String) {
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = source.text[index]
            switch byte {
            case UInt8(ascii: "\""):
                guard let (template, end) = source.literal(at: index) else { return }
                templates[template] = file
                index = end
            case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"):
                let isGroup = byte == UInt8(ascii: "(") && !SwiftText.isOfName(source.text[index - 1])
                index = isGroup ? index + 1 : source.closing(index) + 1
            default: index += 1
            }
        }
    }

    private static func label(_ source: SwiftText, _ range: Range<Int>) -> String? {
        guard let word = source.words(in: range).first, word.end < range.upperBound,
            source.text[word.end] == UInt8(ascii: ":"),
            source.text[range.lowerBound..<word.start].allSatisfy({ $0 == 32 || $0 == 10 })
        else { return nil }
        return word.text
    }
}
