import Testing
import Trials

@testable import secom_otp_login

@Suite struct FoldedTextTests {
    @Test(
        arguments: chosen([
            "アクセスキー", "ｱｸｾｽｷｰ", "アクセスキー※", "※アクセスキー：", "アクセス　キー", "【必須】アクセスキー", "アクセスキー (必須)", "アクセスキー *", "アクセスキー:\n",
            "ア\u{200B}クセスキー",
        ]))
    func isTheSameWord(_ text: String) {
        #expect(FoldedText(text) == FoldedText("アクセスキー"))
    }

    @Test(arguments: ["ＩＤ", "id", "ｉｄ ", "Ｉ Ｄ"]) func caseAndWidthDoNotCount(_ text: String) {
        #expect(FoldedText(text) == FoldedText("ID"))
    }

    @Test(arguments: ["アクセスキ", "アクセスキーワード", "アクセスキー(半角)", ""]) func isAnother(_ text: String) {
        #expect(FoldedText(text) != FoldedText("アクセスキー"))
    }

    @Test func voicingMarksBelongToTheirKana() {
        #expect(FoldedText("ﾜﾝﾀｲﾑﾊﾟｽﾜｰﾄﾞ") == FoldedText("ワンタイムパスワード"))
    }

    @Test func findsWordsByCharacters() {
        #expect(FoldedText("メールを 送信しました。").contains(FoldedText("送信しました")))
        #expect(!FoldedText("送信").contains(FoldedText("送信しました")))
    }
}
