import Foundation
import Testing
import Trials

@testable import Messages

/// What the programs say stands in the sources in English, and in the catalogue in Japanese.
@Suite struct CatalogueTests {
    private static let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources")
        .standardized
    private static let phrases = Result { try SourcePhrases(in: sources) }

    @Test func everyPhraseHasItsJapanese() throws {
        let phrases = try Self.phrases.get()
        #expect(phrases.templates.count > 300)
        let missing = phrases.templates.filter { Self.hasWords($0.key) && Self.japanese[$0.key] == nil }
        #expect(
            missing.isEmpty,
            "\(missing.map { "\($0.value): \($0.key.debugDescription)" }.sorted().joined(separator: "\n"))")
    }

    @Test func everyJapaneseIsOfAPhrase() throws {
        let phrases = try Self.phrases.get().templates
        let unused = Self.japanese.keys.filter { phrases[$0] == nil }.sorted()
        #expect(unused.isEmpty, "\(unused.map(\.debugDescription).joined(separator: "\n"))")
    }

    @Test func nobodyWritesOfPhrasesBesideTheTest() throws {
        let strays = try Self.phrases.get().strays
        #expect(strays.isEmpty, "Phrase is no parameter's type in \(strays)")
    }

    @Test func nothingIsTranslatedTwice() {
        var seen: Set<String> = []
        for table in Japanese.tables + Japanese.libraries {
            for (english, _) in table where !seen.insert(english).inserted { Issue.record("twice: \(english)") }
        }
    }

    @Test func bothSidesHaveTheSameArguments() {
        for table in Japanese.tables + Japanese.libraries {
            for (english, japanese) in table {
                #expect(Self.numbers(english) == Self.numbers(japanese), "\(english)")
                #expect(!japanese.isEmpty && japanese.allSatisfy { $0 != "\u{0}" }, "\(english)")
                #expect(Self.isJapanese(japanese), "\(japanese)")
                #expect(english.hasPrefix(" ") == japanese.hasPrefix(" ") || !english.hasPrefix("  "), "\(english)")
            }
        }
    }

    /// Of the tables of the sources' own phrases.
    private static let japanese = Dictionary(
        Japanese.tables.flatMap { $0.map { ($0.key, $0.value) } }, uniquingKeysWith: { first, _ in first })

    /// The numbers of the arguments, in order.
    private static func numbers(_ template: String) -> [Substring] {
        template.matches(of: /\{([0-9]+)\}/).map(\.output.1).sorted()
    }

    /// Marks between arguments alone are the same in every language.
    private static func hasWords(_ template: String) -> Bool {
        template.replacing(/\{[0-9]+\}/, with: "").contains { $0.isLetter }
    }

    private static func isJapanese(_ text: String) -> Bool {
        text.unicodeScalars.contains { 0x3001...0x9FFF ~= $0.value }
    }
}
