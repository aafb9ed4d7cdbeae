import Glibc
import Testing
import Trials

@testable import Messages

/// As a text is made in the sources: in the tests a literal may be one by itself.
private func said(_ phrase: Phrase) -> Text { Text(phrase) }

/// Texts, as they are rendered.
@Suite struct TextTests {
    private struct Name: TextConvertible {
        var text: Text { said("the password") }
    }

    @Test func englishIsAsItIsWritten() {
        #expect(said("no mailbox").english == "no mailbox")
        #expect(said("cannot resolve \("a{1}b"): \(said("stopped"))").english == "cannot resolve a{1}b: stopped")
        #expect(said("{ credential = \"NAME\" } {x} {} { \(1)").english == "{ credential = \"NAME\" } {x} {} { 1")
        #expect("\(said("no mailbox"))" == "no mailbox" && Text(verbatim: "{1}").english == "{1}")
    }

    /// Arguments stand where the language has them, and what has words of its own is of the same language.
    @Test func japaneseHasItsOwnOrder() {
        let text = said("no \("dkim") pass for \("example.co.jp") in Authentication-Results")
        #expect(text.rendered(in: .japanese) == "Authentication-Results で、example.co.jp の dkim が pass になっていない")
        let nested = said("cannot resolve \("{2}"): \(said("the name server did not answer in time"))")
        #expect(nested.rendered(in: .japanese) == "{2} の名前を解決できない: DNS サーバーが時間内に応答しない")
        #expect(
            said(
                "its lines with a colon: \(1); if \(Name()) follows one of these, add the text before its colon to \(3)"
            )
            .rendered(in: .japanese).contains("このいずれかの後にパスワードがあれば"))
    }

    @Test func lists() {
        let texts = [said("no mailbox"), Text(verbatim: "b"), Text(verbatim: "c")]
        #expect(Text.list(texts).english == "no mailbox, b, c" && Text.list([]).english == "")
        #expect(Text.list(texts).rendered(in: .japanese) == "メールボックスなし、b、c")
        #expect(Text.clauses(texts).english == "no mailbox; b; c")
        #expect(Text.clauses(texts).rendered(in: .japanese) == "メールボックスなし。b。c")
        #expect(Text.alternatives(texts).english == "no mailbox or b or c")
    }

    @Test func whatHasNoTranslationIsEnglish() {
        #expect(said("never translated \(1)").rendered(in: .japanese) == "never translated 1")
    }

    // MARK: Libraries

    @Test func theSystemsWordsAreTranslated() {
        #expect(Text(errno: ENOENT).english == "No such file or directory")
        #expect(Text(errno: ENOENT).rendered(in: .japanese) == "そのようなファイルやディレクトリーはない")
        #expect(Text(ofLibrary: "Something else").rendered(in: .japanese) == "Something else")
        // Each of them is a library's: of an error of its that can be had here, or of GnuTLS.
        let errors = (1..<134).map { String(cString: strerror($0)) }
        let names = (-12..<0).map { String(cString: gai_strerror($0)) }
        for (words, _) in Japanese.system where !words.contains("TLS") && !words.hasSuffix(".") {
            #expect((errors + names).contains(words), "\(words)")
        }
    }

    @Test(
        arguments: chosen([
            ("Unknown option '--x'", "不明なオプション '--x' です"),
            ("Unknown option '--x'. Did you mean '--y'?", "不明なオプション '--x' です。'--y' の誤りですか。"),
            ("Error: Unknown option '--x'", "エラー: 不明なオプション '--x' です"), ("Error: 別の言葉", "エラー: 別の言葉"),
            ("The value '' is invalid for '--wait <DURATION>': 待つ", "'--wait <DURATION>' の値 '' は無効です: 待つ"),
            (
                "AADSTS7000215: the client secret is wrong: the credential m365 must hold the secret's Value, not its Secret ID",
                "AADSTS7000215: クライアント シークレットが正しくない。認証情報 m365 には、シークレット ID ではなく、値を入れること"
            ),
            (
                "invalid_grant: this machine's clock is wrong: set it (timedatectl) (this machine's clock is 300 s behind that of oauth2.googleapis.com)",
                "invalid_grant: このマシンの時計が合っていない。合わせること (timedatectl) (このマシンの時計が oauth2.googleapis.com より 300 秒遅れている)"
            ),
            ("a: b: c", "a: b: c"), ("Unknown", "Unknown"), ("", ""),
        ])) func templatesOfALibraryAreFound(words: String, japanese: String)
    {
        #expect(Text(ofLibrary: words).rendered(in: .japanese) == japanese)
    }
}
