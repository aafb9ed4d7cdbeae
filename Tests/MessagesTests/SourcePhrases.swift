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
    /// Where `Phrase` is written and is no parameter's type.
    private(set) var strays: [String] = []

    init(in folder: URL) throws {
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL }
        let sources = try (files ?? []).filter { $0.pathExtension == "swift" }.map { file in
            (file.lastPathComponent, SwiftText(try String(contentsOf: file, encoding: .utf8)))
        }
        for (name, source) in sources { declarations(source, name) }
        for (name, source) in sources { calls(source, name) }
    }

    // MARK: Declarations

    private mutating func declarations(_ source: SwiftText, _ file: String) {
        let text = source.text
        var found = 0
        for word in Self.words(text) where word.text == "func" || word.text == "init" {
            guard let (name, open) = Self.name(text, word) else { continue }
            var place = 0
            for part in Self.arguments(text, open) {
                let declaration = String(text[part])
                let names = declaration.split(separator: ":", maxSplits: 1)
                let isUnlabelled = names.first.map { $0.split(separator: " ").first == "_" } ?? false
                if names.count == 2, names[1].split(separator: " ").first == "Phrase" {
                    found += 1
                    let label = names[0].split { $0 == " " || $0 == "\n" }.first.map(String.init)
                    parameters.insert(Parameter(function: name, label: isUnlabelled ? nil : label, place: place))
                    // A default is a phrase too.
                    collect(text, part, file)
                }
                if isUnlabelled { place += 1 }
            }
        }
        // The struct itself aside.
        let written = Self.words(text).count { $0.text == "Phrase" }
        if written != found, file != "Phrase.swift", file != "Text.swift" { strays.append("\(file): \(written - found)") }
    }

    /// A function's name, or that of the type whose initializer it is, and where its parameters begin.
    private static func name(_ text: [Character], _ word: Word) -> (String, Int)? {
        var index = word.end
        if word.text == "func" {
            guard let name = words(text, from: index).first else { return nil }
            index = name.end
            // Of a generic one, behind what is generic.
            guard let open = text[index...].firstIndex(of: "(") else { return nil }
            return (name.text, open)
        }
        guard index < text.count, text[index] == "(" || text[index] == "?" else { return nil }
        let types = ["struct", "enum", "class", "extension", "actor"]
        let before = words(Array(text[..<word.start]))
        guard let type = before.lastIndex(where: { types.contains($0.text) }), before.indices.contains(type + 1) else {
            return nil
        }
        return (before[type + 1].text, text[index] == "(" ? index : index + 1)
    }

    // MARK: Calls

    private mutating func calls(_ source: SwiftText, _ file: String) {
        let text = source.text
        let functions = Dictionary(grouping: parameters, by: \.function)
        var last = ""
        for word in Self.words(text, inLiterals: true) {
            defer { last = word.text }
            guard let wanted = functions[word.text], word.end < text.count, text[word.end] == "(", last != "func" else {
                continue
            }
            var place = 0
            for part in Self.arguments(text, word.end) {
                let label = Self.label(text, part)
                if wanted.contains(where: { $0.label == label && (label != nil || $0.place == place) }) {
                    collect(text, part, file)
                }
                if label == nil { place += 1 }
            }
        }
    }

    /// All literals of an expression but those in the brackets of another call.
    private mutating func collect(_ text: [Character], _ range: Range<Int>, _ file: String) {
        var index = range.lowerBound
        while index < range.upperBound {
            switch text[index] {
            case "\"":
                guard let (template, end) = SwiftText.literal(text, at: index) else { return }
                templates[template] = file
                index = end
            case "(", "[", "{":
                let isCall = index > 0 && (text[index - 1].isLetter || text[index - 1].isNumber || text[index] != "(")
                index = isCall ? SwiftText.closing(text, at: index) + 1 : index + 1
            default: index += 1
            }
        }
    }

    /// What stands between the commas of the brackets that open there.
    private static func arguments(_ text: [Character], _ open: Int) -> [Range<Int>] {
        let close = SwiftText.closing(text, at: open)
        var parts: [Range<Int>] = []
        var (start, index) = (open + 1, open + 1)
        while index < close {
            switch text[index] {
            case "\"": index = SwiftText.literal(text, at: index)?.end ?? close
            case "(", "[", "{": index = SwiftText.closing(text, at: index) + 1
            case ",":
                parts.append(start..<index)
                index += 1
                start = index
            default: index += 1
            }
        }
        return start < close ? parts + [start..<close] : parts
    }

    private static func label(_ text: [Character], _ range: Range<Int>) -> String? {
        guard let word = words(Array(text[range])).first, range.lowerBound + word.end < range.upperBound,
            text[range.lowerBound + word.end] == ":",
            text[range].prefix(word.start).allSatisfy(\.isWhitespace)
        else { return nil }
        return word.text
    }

    // MARK: Words

    struct Word {
        let text: String
        let start: Int
        /// Behind it.
        let end: Int
    }

    /// - Parameter inLiterals: those of interpolations as well.
    private static func words(_ text: [Character], from start: Int = 0, inLiterals: Bool = false) -> [Word] {
        var words: [Word] = []
        var index = start
        while index < text.count {
            let next = text[index]
            if next == "\"", !inLiterals {
                index = SwiftText.literal(text, at: index)?.end ?? text.count
            } else if next.isLetter || next == "_" {
                let word = text[index...].prefix { $0.isLetter || $0.isNumber || $0 == "_" }
                words.append(Word(text: String(word), start: index, end: index + word.count))
                index += word.count
            } else {
                index += 1
            }
        }
        return words
    }
}
