import FoundationEssentials
import Recognition
import Testing

/// Letters of other composers, each accepted to the byte. `SECOM_OTPD_CORPUS` names a directory of more of them, as
/// the scripts in Corpus write them.
@Suite struct CorpusTests {
    struct Expectation: Decodable {
        let file: String
        let password: String
        let loginURL: String
    }

    static var directories: [String] {
        if let directory = ProcessInfo.processInfo.environment["SECOM_OTPD_CORPUS"] { return [directory] }
        let corpus = #filePath.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/Corpus"
        return ["/python", "/perl", "/odd"].map { corpus + $0 }
    }

    @Test(arguments: directories)
    func everyLetterGivesItsPassword(directory: String) throws {
        let list = try String(contentsOfFile: directory + "/expected.jsonl", encoding: .utf8)
        var count = 0
        for line in list.split(separator: "\n") {
            let expected = try JSONDecoder().decode(Expectation.self, from: Data(line.utf8))
            let bytes = try Data(contentsOf: URL(filePath: directory + "/" + expected.file))
            let reading = Recognition(of: Array(bytes), internalDate: nil, rules: RecognitionRules())
            count += 1
            #expect(
                reading.password == expected.password && reading.loginURL == expected.loginURL,
                "\(expected.file): \(reading.refusal.map { "\($0)" } ?? reading.password ?? "")")
        }
        #expect(count >= 25)
    }
}
