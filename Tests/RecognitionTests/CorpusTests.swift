import FoundationEssentials
import Recognition
import Testing
import Trials

/// Letters of other composers, each accepted to the byte or refused for its reason: those of every directory in Corpus that has a
/// list of what they hold. `SECOM_OTPD_CORPUS` names another directory of that kind, as the scripts there write them.
@Suite struct CorpusTests {
    /// A letter, and what it holds: a line of expected.jsonl.
    struct Letter: Decodable, CustomStringConvertible {
        let file: String
        let password: String?
        let loginURL: String?
        let reason: Reason?
        /// Refused, whatever the reason.
        let refused: Bool?
        /// What the refusal's detail must say.
        let details: [String]?
        let overrides: Overrides
        var directory = ""

        var description: String { String(file.prefix { $0 != "." }) }

        private enum CodingKeys: String, CodingKey { case file, password, loginURL, reason, refused, details }

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            file = try values.decode(String.self, forKey: .file)
            password = try values.decodeIfPresent(String.self, forKey: .password)
            loginURL = try values.decodeIfPresent(String.self, forKey: .loginURL)
            reason = try values.decodeIfPresent(Reason.self, forKey: .reason)
            refused = try values.decodeIfPresent(Bool.self, forKey: .refused)
            details = try values.decodeIfPresent([String].self, forKey: .details)
            overrides = try Overrides(from: decoder)
        }
    }

    /// Of the rules those that are not the default ones.
    struct Overrides: Decodable {
        let passwordLabels, loginURLLabels, loginHosts, loginPaths, subjectPrefixes, subjectSuffixes: [String]?
        let authservID: String?
        let requireAuthentication: [AuthenticationMethod]?

        var rules: RecognitionRules {
            var rules = RecognitionRules()
            rules.passwordLabels = passwordLabels ?? rules.passwordLabels
            rules.loginURLLabels = loginURLLabels ?? rules.loginURLLabels
            rules.loginHosts = loginHosts ?? rules.loginHosts
            rules.loginPaths = loginPaths ?? rules.loginPaths
            rules.subjectPrefixes = subjectPrefixes ?? rules.subjectPrefixes
            rules.subjectSuffixes = subjectSuffixes ?? rules.subjectSuffixes
            rules.authservID = authservID
            rules.requireAuthentication = requireAuthentication ?? rules.requireAuthentication
            return rules
        }
    }

    private static let directories: [String] = {
        if let directory = ProcessInfo.processInfo.environment["SECOM_OTPD_CORPUS"] { return [directory] }
        let corpus = #filePath.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/Corpus"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: corpus)) ?? []
        return names.sorted().map { "\(corpus)/\($0)" }.filter {
            FileManager.default.fileExists(atPath: "\($0)/expected.jsonl")
        }
    }()

    private static func letters(in directory: String) throws -> [Letter] {
        try String(contentsOfFile: "\(directory)/expected.jsonl", encoding: .utf8).split(separator: "\n").map {
            var letter = try JSONDecoder().decode(Letter.self, from: Data($0.utf8))
            letter.directory = directory
            return letter
        }
    }

    @Test(arguments: chosen(directories.flatMap { (try? letters(in: $0)) ?? [] }))
    func itIsReadAsListed(_ letter: Letter) throws {
        let bytes = try Data(contentsOf: URL(filePath: "\(letter.directory)/\(letter.file)"))
        let reading = Recognition(of: Array(bytes), internalDate: nil, rules: letter.overrides.rules)
        let detail = reading.refusal?.detail
        if letter.refused == true {
            #expect(reading.reason != nil)
        } else {
            #expect(reading.reason == letter.reason, "\(detail ?? "accepted")")
        }
        for word in letter.details ?? [] { #expect(detail?.contains(word) == true, "\(detail ?? "accepted")") }
        #expect(reading.password == letter.password)
        #expect(reading.loginURL == letter.loginURL)
    }

    /// No letter stands there that nobody reads.
    @Test func everyLetterIsListed() throws {
        #expect(!Self.directories.isEmpty)
        for directory in Self.directories {
            let files = try FileManager.default.contentsOfDirectory(atPath: directory).filter { $0.hasSuffix(".eml") }
            #expect(!files.isEmpty)
            #expect(Set(files) == Set(try Self.letters(in: directory).map(\.file)), "\(directory)")
        }
    }
}
