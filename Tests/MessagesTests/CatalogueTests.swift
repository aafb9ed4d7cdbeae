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

    /// The token programs are in Python, and say why they have no token in English.
    @Test func everyReasonOfATokenProgramHasItsJapanese() throws {
        let folder = Self.sources.appending(path: "../tokens").standardized
        let files = [
            "oauth2/assertion.py", "oauth2/credential.py", "oauth2/endpoint.py", "oauth2/program.py",
            "microsoft365-token", "google-token",
        ]
        let text = try files.map { try String(contentsOf: folder.appending(path: $0), encoding: .utf8) }.joined()
        var found: Set<String> = []
        for match in text.matches(
            of: /(?:Failure\(\w+, f?|\n +[0-9]+: |\n +\("\w+", "[^"]*", |text = f)"((?:[^"\\]|\\.)*)"/)
        {
            var (reason, count) = (String(match.output.1), 0)
            while let argument = reason.firstMatch(of: /\{[^{}0-9][^{}]*\}/) {
                count += 1
                reason.replaceSubrange(argument.range, with: "{\(count)}")
            }
            found.insert(reason)
        }
        #expect(found.count > 50)
        // Those that another reason stands in.
        let missing = found.subtracting(Japanese.tokens.map(\.key)).subtracting(["{1}: {2}", "AADSTS{1}: {2}"])
        #expect(missing.isEmpty, "\(missing.sorted().joined(separator: "\n"))")
        // Words between the arguments stand in a program.
        for (english, _) in Japanese.tokens {
            for piece in english.split(separator: /\{[0-9]+\}( s)?;?/) where piece.contains(where: \.isLetter) {
                let piece = piece.trimmingCharacters(in: CharacterSet(charactersIn: " (),;"))
                let isThere =
                    text.contains(piece) || ["ahead of", "behind"].contains(where: piece.contains)
                    || piece.contains("asks to wait")
                #expect(isThere, "\(english): \(piece)")
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
