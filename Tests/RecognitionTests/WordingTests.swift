import Recognition
import Testing
import Trials

/// What a refusal says where SECOM has renamed something: enough to set the key, and nothing of a secret.
@Suite struct WordingTests {
    private func refusal(_ body: String, html: Bool = false, _ change: (inout RecognitionRules) -> Void = { _ in })
        -> Refusal?
    {
        var rules = RecognitionRules()
        change(&rules)
        var mail = Mail()
        mail.body = body
        return Recognition(html ? .html(body.replacing("\n", with: "<br>")) : mail, rules: rules).refusal
    }

    private static let renamed = "■認証コード　：　qT7hPz2Wx9\n■ログイン先ＵＲＬ：\(Mail.loginURL)\nお問い合わせ TEL: 03-0000-0000\n"

    @Test func theLinesWithAColonAndTheKeys() throws {
        for html in [false, true] {
            let told = try #require(refusal(Self.renamed, html: html))
            #expect(told.reason == .noPassword)
            for word in ["■認証コード", "■ログイン先URL", "mail.password_labels or mail.login_url_labels"] {
                #expect(told.detail.contains(word) && told.summary.contains(word), "\(told.summary)")
            }
            #expect(told.summary.english.hasPrefix("no-password: "))
            for secret in ["qT7hPz2Wx9", "secomtrust", "0000"] { #expect(!told.detail.contains(secret)) }
        }
    }

    @Test func whatIsSetIsReadThen() {
        let told = refusal(Self.renamed) {
            $0.passwordLabels = ["認証コード"]
            $0.loginURLLabels = ["ログイン先URL"]
        }
        #expect(told == nil)
    }

    /// Where the label is there, its wording has not changed.
    @Test(
        arguments: chosen([
            ("ワンタイムパスワード：\nログインURL: \(Mail.loginURL)\n備考: なし", "no-password"),
            ("ワンタイムパスワード：１回のみ\nログインURL: \(Mail.loginURL)\n備考: なし", "no-password"),
            ("ワンタイムパスワード：abcd1234\nログインURL: こちら\n備考: なし", "no-login-url"), ("何もない", "no-password"),
        ])) func noRemedy(_ body: String, summary: String)
    {
        #expect(refusal(body)?.summary.english == summary)
    }

    @Test func aSecretBeforeTheColonIsBlankedToo() throws {
        let told = try #require(refusal("qT7hPz2Wx9 です：パスワード\nＱＴ７：あ\nOne-Time Password: x\n"))
        #expect(told.detail.contains("\"xxx です: ...\"") && told.detail.contains("\"One-Time Password: ...\""))
        #expect(!told.detail.contains("qT7hPz2Wx9") && !told.detail.contains("QT7"))
    }

    @Test func whatStandsAroundALabelShowsItsColon() {
        var mail = Mail()
        mail.body = "・新パスワード：qT7:hPz\nログイン先URL:\(Mail.loginURL)\n"
        #expect(Recognition(mail).shape == "・新パスワード:xxx\nログイン先URL:xxx")
    }

    @Test func itIsBounded() throws {
        let line = String(repeating: "漢", count: 40) + "：x\n"
        let many = (0..<3_000).map { "\($0)番\(line)" }.joined()
        let told = try #require(refusal(many) { $0.passwordLabels = Array(repeating: line + "x", count: 16) })
        #expect(told.detail.english.utf8.count < 1_000, "\(told.detail.english.utf8.count)")
        #expect(!told.detail.english.unicodeScalars.contains { $0.value < 0x20 })
    }

    @Test(
        arguments: chosen([
            ("ワンタイムパスワード", RecognitionRules.LabelFault?.none), ("パス:ワード", .colon), ("パスワード：", .colon), ("　 ", .empty),
            ("", .empty),
        ])) func labels(_ label: String, fault: RecognitionRules.LabelFault?)
    {
        #expect(RecognitionRules.fault(ofLabel: label) == fault)
    }

    @Test func aLabelOfBothLists() {
        var rules = RecognitionRules()
        #expect(rules.labelsInBothLists.isEmpty)
        rules.passwordLabels = ["ﾛｸﾞｲﾝＵＲＬ"]
        #expect(rules.labelsInBothLists == ["ログインURL"])
    }

    @Test func theLongestLabelThatFitsWins() {
        let body = "1 パスワード: abcd1234\nログインURL: \(Mail.loginURL)\nパスワード (2): zzzz9999"
        #expect(refusal(body) { $0.passwordLabels = ["パスワード", "1 パスワード"] } == nil)
        let both = refusal(body) { $0.passwordLabels = ["パスワード", "パスワード (2)"] }
        #expect(both?.reason == .ambiguousPassword)
    }
}
