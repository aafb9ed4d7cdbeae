import Foundation
import MIME
import Recognition
import Testing

@testable import secom_otpd

/// The made letter is one that the daemon takes, whatever the configuration asks for.
@Suite struct SampleLetterTests {
    private func recognition(_ rules: RecognitionRules) -> (SampleLetter, Recognition) {
        let letter = SampleLetter(
            rules: rules, recipient: "w@example.co.jp", date: Date(timeIntervalSince1970: 1_700_000_000))
        return (letter, Recognition(of: letter.bytes, internalDate: nil, rules: rules))
    }

    private func isAccepted(_ rules: RecognitionRules) -> Bool {
        let (letter, recognition) = recognition(rules)
        guard case .accepted(let found) = recognition.verdict else { return false }
        return found.password.withBytes { Array($0) == Array(letter.password.utf8) }
            && found.loginURL.description == letter.loginURL && recognition.recipient == "w@example.co.jp"
            && recognition.issuedAt == letter.date
    }

    @Test func byTheDefaults() throws {
        #expect(isAccepted(RecognitionRules()))
        let (letter, _) = recognition(RecognitionRules())
        #expect(letter.password.hasPrefix("SAMPLE") && letter.password != recognition(RecognitionRules()).0.password)
        let text = try #require(String(bytes: letter.bytes, encoding: .ascii))
        #expect(text.contains("\nContent-Type: text/plain; charset=ISO-2022-JP\n") && text.contains("\u{1B}$B"))
        #expect(text.split(separator: "\n", omittingEmptySubsequences: false).allSatisfy { $0.utf8.count <= 998 })
        #expect(text.prefix { $0 != "\u{1B}" }.split(separator: "\n").allSatisfy { $0.utf8.count <= 78 })
    }

    @Test func byRulesOfOnesOwn() {
        var rules = RecognitionRules()
        (rules.from, rules.subject) = ("otp@mail.example.jp", "Your one-time password")
        (rules.passwordLabels, rules.loginURLLabels) = (["認証コード"], ["ログイン先ＵＲＬ"])
        (rules.loginHosts, rules.loginPaths) = (["login.example.jp", "b.example.jp"], ["/a/login.do"])
        #expect(isAccepted(rules))
        // What ISO-2022-JP has not.
        (rules.subject, rules.passwordLabels) = (String(repeating: "①ﾛｸﾞｲﾝ用😀", count: 9), ["ﾊﾟｽﾜｰﾄﾞ①"])
        #expect(isAccepted(rules))
    }

    @Test func whereTheSenderMustBeVouchedFor() {
        var rules = RecognitionRules()
        (rules.authservID, rules.requireAuthentication) = ("mx.example.jp", [.dmarc])
        #expect(recognition(rules).1.refusal?.reason == .senderNotAuthenticated)
    }

    @Test func aCharacterOfEachKind() throws {
        let text = "a\\~ あｱ"
        #expect(ISO2022JP.encode(text) == nil)
        let bytes = try #require(ISO2022JP.encode("a\\~ あ亜熙\nＺ"))
        #expect(
            String(decoding: Charset.decode(bytes[...], label: Array("ISO-2022-JP".utf8)), as: UTF8.self)
                == "a\\~ あ亜熙\nＺ")
    }

    @Test func theDate() {
        #expect(SampleLetter.format(Date(timeIntervalSince1970: 1_700_000_000.9)) == "14 Nov 2023 22:13:20 +0000")
    }
}
