import FoundationEssentials
import Recognition
import Testing

/// Mails that look like the sender's and must not be accepted, as Corpus/refused.py writes them.
@Suite struct RefusedCorpusTests {
    struct Expectation: Decodable, CustomTestStringConvertible, Sendable {
        let file: String
        let reason: Reason
        var testDescription: String { file }
    }

    private static let directory =
        #filePath.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/Corpus/refused/"

    static let mails: [Expectation] = {
        let list = (try? String(contentsOfFile: directory + "expected.jsonl", encoding: .utf8)) ?? ""
        return list.split(separator: "\n").compactMap {
            try? JSONDecoder().decode(Expectation.self, from: Data($0.utf8))
        }
    }()

    @Test func theyAreThere() { #expect(Self.mails.count > 100) }

    @Test(arguments: mails) func isRefused(_ mail: Expectation) throws {
        let bytes = try Data(contentsOf: URL(filePath: Self.directory + mail.file))
        let reading = Recognition(of: Array(bytes), internalDate: nil, rules: RecognitionRules())
        #expect(reading.reason == mail.reason, "\(reading.refusal.map { "\($0)" } ?? "accepted")")
    }
}
