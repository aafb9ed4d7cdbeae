import Recognition
import Testing
import Trials

/// A URL that a line's end has cut is never handed out; what merely stands below a whole one harms nothing.
@Suite struct CutURLTests {
    private static func mail(_ lines: String, html: Bool = false) -> Recognition {
        let body = "ワンタイムパスワード: abcd1234\n\(lines)"
        guard html else {
            var mail = Mail()
            mail.body = body
            return Recognition(mail)
        }
        return Recognition(.html(body.replacing("\n", with: "<br>\n")))
    }

    @Test(arguments: chosen(1..<Mail.loginURL.count), ["\n", "-\n", "=\n", "\n    ", " \r\n", "\n　"])
    func cutAnywhere(at index: Int, joint: String) {
        let cut = Mail.loginURL.prefix(index) + joint + Mail.loginURL.dropFirst(index)
        for label in ["ログインURL: ", "ログインURL:\n", "　・ログイン用ＵＲＬ：\n　　"] {
            #expect(Self.mail("\(label)\(cut)\n\n以上").reason != nil)
            #expect(Self.mail("\(label)\(cut)").reason != nil)
            #expect(Self.mail("\(label)\(cut)\n\n以上", html: true).reason != nil)
        }
    }

    @Test(arguments: chosen(40...Mail.loginURL.count))
    func cutIntoManyLines(width: Int) {
        var rest = Mail.loginURL[...]
        var lines: [Substring] = []
        while !rest.isEmpty {
            lines.append(rest.prefix(width))
            rest = rest.dropFirst(width)
        }
        let reading = Self.mail("ログインURL:\n\(lines.joined(separator: "\n"))")
        #expect((reading.reason == nil) == (lines.count == 1))
    }

    @Test(
        arguments: chosen([
            "jsessionid=A1B2", "o", "/", "2026", "x.html?a=b", "pfw/pfw-public-user-login.do　（24時間）", "do（24時間有効）",
            "do　※24時間有効",
            "o 【PC】", "-user-login.do;", "/login.do&nbsp;", "pfw/login.do,", "a/b/c~{d", "w/login-\u{FFFD}x.do",
            "a/b/c と入力", "do (24時間有効)",
        ]))
    func tails(_ tail: String) {
        #expect(Self.mail("ログインURL: \(Mail.loginURL)\n\(tail)\n").reason == .loginURLNotAllowed)
    }

    @Test(
        arguments: chosen([
            "", "\nSECOM", "────────────", "------------------------", "=====", "/////////", "*", "-- ", "・", "以上",
            "※24時間有効です",
            "24時間で無効になります。", "Please log in within 24 hours.", "Note: it expires.", "Regards,",
            "https://www.secomtrust.net/",
            "<https://www.secomtrust.net/>", "www.secomtrust.net", "ra-support@secom.co.jp",
            "mailto:ra-support@secom.co.jp", "TEL:03-0000-0000",
            "(24h)", "2026/11/26 まで", "（24h）", "※SECOM", "[1]", "1. ログイン", "1.1 ログイン", "URL/パスワード",
            "e.g. a browser", "セコムトラスト", "> 引用",
            "\t", "　　────",
            "ワンタイムパスワード：上記", "■お問い合わせ", "and so on",
        ]))
    func whatHarmsNothing(_ line: String) {
        for url in [Mail.loginURL, "<\(Mail.loginURL)>"] {
            for html in [false, true] {
                let below = html ? line.replacing("<", with: "&lt;").replacing(">", with: "&gt;") : line
                let shown = html ? url.replacing("<", with: "&lt;").replacing(">", with: "&gt;") : url
                let reading = Self.mail("ログインURL: \(shown)\n\(below)\n", html: html)
                #expect(reading.loginURL == Mail.loginURL, "\(reading.refusal.map { "\($0)" } ?? "") html: \(html)")
                #expect(Self.mail("ログインURL:\n\(shown)\n\(below)\n", html: html).loginURL == Mail.loginURL)
            }
        }
    }

    /// Of an odd one nobody knows whether it is a tail; behind an empty line it takes more.
    @Test(
        arguments: chosen([
            ("/login.do", true), (".do", true), ("pfw/login.do", true), ("o", true), ("login.do", true),
            ("SECOM", false), ("a/b/c と入力", true), ("2026/11/26 まで", false), ("and/or", true), ("and/or else", false),
            ("and so on", false), ("SECOM CA", false), ("login.do (24h)", false), ("24:00", false), ("以上", false),
            ("=====", false),
            ("www.secomtrust.net", false), ("\n/login.do", false),
        ])) func behindAnEmptyLine(_ line: String, isCut: Bool)
    {
        for html in [false, true] {
            let reading = Self.mail("ログインURL: \(Mail.loginURL)\n\n\(line)\n以上\n", html: html)
            #expect((reading.reason == .loginURLNotAllowed) == isCut)
        }
    }

    @Test func theTailOfOneThatIsWrittenTwice() {
        let (head, tail) = (Mail.loginURL.prefix(70), Mail.loginURL.dropFirst(70))
        let reading = Self.mail("ログインURL: \(head)\n\(tail)<\(Mail.loginURL)>\n以上\n")
        #expect(reading.reason == .loginURLNotAllowed)
    }

    @Test func aButtonBelowIsNoTail() {
        let link = "<a href='\(Mail.loginURL)'>"
        #expect(Self.mail("ログインURL: \(Mail.loginURL)\n\(link)LOGIN</a>", html: true).reason == nil)
        #expect(Self.mail("ログインURL: \(link)\(Mail.loginURL)</a>\nLOGIN", html: true).reason == .loginURLNotAllowed)
    }
}
