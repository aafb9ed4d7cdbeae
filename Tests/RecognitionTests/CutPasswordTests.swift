import Recognition
import Testing
import Trials

/// A password that a line's end may have cut is never handed out cut; what merely stands below a whole one harms nothing.
@Suite struct CutPasswordTests {
    private static let password = "Ab3dEf6hIj9lMn2pQr5t"
    private static let labels = ["ワンタイムパスワード: ", "ワンタイムパスワード:\n", "　・ワンタイムパスワード：\n\n　　"]

    private static func mail(_ lines: String, html: Bool = false) -> Recognition {
        let body = "\(lines)\nログインURL: \(Mail.loginURL)\n"
        guard html else {
            var mail = Mail()
            mail.body = body
            return Recognition(mail)
        }
        return Recognition(.html(body.replacing("<", with: "&lt;").replacing("\n", with: "<br>\n")))
    }

    @Test(arguments: chosen(4..<password.count), ["\n", "\n    ", " \n", "\n　", "-\n", "=\n"])
    func cutAnywhere(at index: Int, joint: String) {
        let cut = Self.password.prefix(index) + joint + Self.password.dropFirst(index)
        for label in Self.labels {
            for note in ["", "　（24時間有効）", "※1回のみ"] {
                for html in [false, true] {
                    #expect(Self.mail("\(label)\(cut)\(note)", html: html).reason == .ambiguousPassword)
                }
            }
        }
    }

    @Test func cutWhereAllLinesAreDoubled() {
        var mail = Mail()
        mail.body = "お客さま各位\n\nワンタイムパスワード: Ab3dEf6h\n\nIj9lMn2p\n\nログインURL: \(Mail.loginURL)\n"
        #expect(Recognition(mail).reason == .ambiguousPassword)
    }

    @Test(arguments: chosen(["/", "a", "+a=", "2026", "a:b//c", "Ij9lMn2p!", "%40@x", "\"'`a", "!?#"]))
    func tails(_ tail: String) {
        #expect(Self.mail("ワンタイムパスワード: abcd1234\n\(tail)").reason == (tail == "/" ? nil : .ambiguousPassword))
    }

    @Test(
        arguments: chosen([
            "", "\nSECOM", "\n\nSECOM", "────────────", "------------------------", "-=-=-=-=", "*", "・", "//////////",
            "以上", "※24時間有効です", "※SECOM", "（24h）", "(24h)", "[1]", "<https://www.secomtrust.net/>",
            "https://www.secomtrust.net/", "www.secomtrust.net", "ra-support@secom.co.jp", "TEL:03-0000-0000", "ID:a1",
            "User-ID:a1", "Login:", "Please log in within 24 hours.", "24 hours", "SECOM CA", "セコムトラスト", "> quoted",
            String(repeating: "a", count: 57),
        ]))
    func whatHarmsNothing(_ line: String) {
        for html in [false, true] {
            for label in Self.labels {
                #expect(Self.mail("\(label)abcd1234\n\(line)", html: html).password == "abcd1234")
            }
        }
    }

    /// What ends a password in brackets, or before a note, has not been cut off.
    @Test(arguments: chosen(["「abcd1234」", "abcd1234　※1回のみ", "abcd1234（24時間有効）"]))
    func whatHasAnEnd(_ value: String) {
        #expect(Self.mail("ワンタイムパスワード: \(value)\nSECOM").password == "abcd1234")
    }

    /// A row of a table, an item of a list, a button.
    @Test(
        arguments: chosen([
            "<table><tr><td>@<tr><td>SECOM</table>", "<ul><li>@<li>SECOM</ul>", "@<h3>SECOM</h3>",
            "@<br><a href='x'>LOGIN</a>",
        ]))
    func whatIsApart(_ page: String) {
        let page = page.replacing("@", with: "ワンタイムパスワード: abcd1234")
        #expect(Recognition(.html("\(page)<p>ログインURL: \(Mail.loginURL)")).password == "abcd1234")
    }

    /// One that another part holds whole is not handed out either, nor does hidden text cut one.
    @Test func inSeveralParts() {
        let (cut, whole) = ("ワンタイムパスワード: abcd12\n34\n", "<p>ワンタイムパスワード: abcd1234<p>ログインURL: \(Mail.loginURL)")
        func part(_ type: String, _ text: String) -> String { "Content-Type: text/\(type); charset=utf-8\n\n\(text)" }
        #expect(
            Recognition(.multipart("alternative", [part("plain", cut), part("html", whole)])).reason
                == .ambiguousPassword)
        let hidden = "<div>ワンタイムパスワード: abcd1234</div><div hidden>SECOM</div><p>ログインURL: \(Mail.loginURL)"
        #expect(Recognition(.html(hidden)).password == "abcd1234")
    }
}
