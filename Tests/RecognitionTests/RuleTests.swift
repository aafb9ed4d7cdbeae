import FoundationEssentials
import MIME
import Recognition
import Testing
import Trials

/// Each rule of the mail, with mails that keep it and mails that break it alone.
@Suite struct RuleTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let name: String
        let reason: Reason?
        let mail: Mail
        var testDescription: String { name }

        init(_ name: String, _ reason: Reason?, _ change: (inout Mail) -> Void) {
            (self.name, self.reason) = (name, reason)
            var mail = Mail()
            change(&mail)
            self.mail = mail
        }

        /// A body given as it is.
        static func body(_ reason: Reason?, _ body: String) -> Case {
            Case(body, reason) { $0.body = body }
        }

        static func html(_ reason: Reason?, _ body: String) -> Case {
            Case("HTML " + body, reason) { $0 = .html(body) }
        }

        static func value(_ reason: Reason?, _ line: String) -> Case {
            Case(line, reason) { $0.body = "\(line)\nログインURL: \(Mail.loginURL)\n" }
        }

        static func url(_ reason: Reason?, _ line: String) -> Case {
            Case(line, reason) { $0.body = "ワンタイムパスワード: abcd1234\n\(line)\n" }
        }
    }

    private static let secret = "ワンタイムパスワード: abcd1234"
    private static let link = "ログインURL: \(Mail.loginURL)"

    static let senders: [Case] = [
        ("ra-support@secom.co.jp", nil), ("<ra-support@secom.co.jp>", nil), ("RA-SUPPORT@Secom.CO.JP", nil),
        ("\"a, <b>\" <ra-support@secom.co.jp>", nil), ("ra-support@secom.co.jp (SECOM (x))", nil),
        ("x: ra-support@secom.co.jp;", nil), ("<@a,@b.c:ra-support@secom.co.jp>", nil),
        ("< ra-support@secom.co.jp >", nil), ("\n ra-support@secom.co.jp", nil),
        ("SECOM\n\t<ra-support@secom.co.jp>", nil),
        ("セコム <ra-support@secom.co.jp>", nil), ("\"SECOM @ CA\" <ra-support@secom.co.jp>", nil),
        ("セコム＠サポート <ra-support@secom.co.jp>", nil), ("=?utf-8?q?x=40evil.example?= <ra-support@secom.co.jp>", nil),
        ("\u{1B}$B%;%3%`\u{1B}(BCA\u{1B}$B%5%]!<%H%;%s%?!<\u{1B}(B <ra-support@secom.co.jp>", nil),
        ("\"\u{1B}$B%;%3%`\u{1B}(J\" <ra-support@secom.co.jp>", nil),
        // お客様専用サポート, 青山, 株式会社青山, ｾｺﾑｻﾎﾟｰﾄｾﾝﾀｰ: their bytes hold an @ by chance.
        ("\u{1B}$B$*5RMM@lMQ%5%]!<%H\u{1B}(B <ra-support@secom.co.jp>", nil),
        ("\u{1B}$B@D;3\u{1B}(B <ra-support@secom.co.jp>", nil),
        ("\u{1B}$B3t<02q<R@D;3\u{1B}(B\n <ra-support@secom.co.jp>", nil),
        ("\u{1B}(I>:Q;N_0D>]@0\u{1B}(B <ra-support@secom.co.jp>", nil),
        ("\"ra-support\"@secom.co.jp", .wrongSender), ("ra-support @ secom . co.jp", .wrongSender),
        ("ra-support(x)@secom.co.jp", .wrongSender), ("ra-support@\n secom.co.jp", .wrongSender),
        ("\"a <b@c>\" <ra-support@secom.co.jp>", .wrongSender),
        ("ra-support@secom.co.jp (evil@example.com (x))", .wrongSender),
        ("ra-support@secom.co.jp <ra-support@secom.co.jp>", .wrongSender),
        ("\"ra-support@secom.co.jp\" <ra-support@secom.co.jp>", .wrongSender),
        ("<ra-support@secom.co.jp> (=?utf-8?q?x?=)", .wrongSender),
        ("=?utf-8?q?x?= ra-support@secom.co.jp", .wrongSender),
        ("ra-support@secom.co.jp (\u{1B}$B%;\u{1B}(B)", .wrongSender),
        ("=?utf-8?q?x@evil.example?= <ra-support@secom.co.jp>", .wrongSender),
        ("\u{1B}%G <ra-support@secom.co.jp>", .wrongSender), ("\u{1B}$B%; <ra-support@secom.co.jp>", .wrongSender),
        ("\"ra-support@secom.co.jp\" <evil@example.com>", .wrongSender),
        ("ra-support@secom.co.jp <evil@example.com>", .wrongSender),
        ("evil@example.com <ra-support@secom.co.jp>", .wrongSender),
        ("evil@example.com (ra-support@secom.co.jp)", .wrongSender),
        ("ra-support@secom.co.jp, evil@example.com", .wrongSender),
        ("ra-support@secom.co.jp, ra-support@secom.co.jp", .wrongSender),
        ("ra-support@secom.co.jp.", .wrongSender), ("ra-support@secom.co.jp.evil.com", .wrongSender),
        ("xra-support@secom.co.jp", .wrongSender), ("ra-support@ѕecom.co.jp", .wrongSender),
        ("ra-support@secom", .wrongSender),
        ("=?utf-8?q?ra-support?=@secom.co.jp", .wrongSender), ("=?utf-8?q?ra-support=40secom.co.jp?=", .wrongSender),
        ("=?utf-8?q?=3Cra-support=40secom.co.jp=3E?= <evil@example.com>", .wrongSender), ("", .wrongSender),
        ("<ra-support@secom.co.jp", .wrongSender), ("\"ra-support@secom.co.jp", .wrongSender),
        ("(ra-support@secom.co.jp", .wrongSender),
        ("<ra-support@secom.co.jp> <evil@example.com>", .wrongSender), ("ra-support@secom.co.jp>", .wrongSender),
        ("x: ra-support@secom.co.jp, evil@example.com;", .wrongSender),
        ("ra-support%secom.co.jp@example.com", .wrongSender),
        ("ra-support@[secom.co.jp]", .wrongSender), ("<ra-support@secom.co.jp>, <>", .wrongSender),
        ("ra-support @secom.co.jp x", .wrongSender),
        ("ra-support\u{200B}@secom.co.jp", .wrongSender), ("ra-support@secom.co.jp;", .wrongSender),
    ].map { value, reason in Case("From: \(value)", reason) { $0.from = ["From: \(value)"] } }

    static let headers: [Case] = [
        Case("no From", .wrongSender) { $0.from = [] },
        Case("two From", .malformed) { $0.from += ["From: evil@example.com"] },
        Case("two From, the sender's last", .malformed) { $0.from.insert("from : evil@example.com", at: 0) },
        Case("two From, both the sender's", .malformed) { $0.from += $0.from },
        Case("two From of others", .wrongSender) { $0.from = ["From: a@example.com", "From: b@example.com"] },
        Case("only Sender", .wrongSender) {
            $0.from = ["From: a@example.com"]
            $0.more = ["Sender: ra-support@secom.co.jp", "Resent-From: ra-support@secom.co.jp"]
        },
        Case("two Subjects", .malformed) { $0.subject += ["SUBJECT: x"] },
        Case("two Subjects, both right", .malformed) { $0.subject += $0.subject },
        Case("two Dates", .malformed) { $0.date += $0.date },
        Case("no Date", nil) { $0.date = [] },
        Case("no To", nil) { $0.to = [] },
        Case("a Sender besides", nil) { $0.more = ["Sender: evil@example.com", "Reply-To: evil@example.com"] },
        Case("a line that is no field", nil) { $0.more = ["this is no field"] },
        Case("1 001 fields", .malformed) { $0.more = Array(repeating: "X-A: b", count: 1_001) },
        Case("100 000 fields of others", .wrongSender) {
            $0.from = ["From: a@example.com"]
            $0.more = Array(repeating: "X-A: b", count: 100_000)
        },
        Case("a header of 300 KiB", .malformed) { $0.more = ["X-A: " + String(repeating: "b", count: 300 << 10)] },
    ]

    static let subjects: [Case] =
        [
            ("お客様専用画面ログイン用ワンタイムパスワードのご案内", nil), ("　お客様専用画面ログイン用ワンタイムパスワードのご案内 ", nil),
            ("お客様専用画面ﾛｸﾞｲﾝ用ﾜﾝﾀｲﾑﾊﾟｽﾜｰﾄﾞのご案内", nil),
            (
                "=?utf-8?b?44GK5a6i5qeY5bCC55So55S76Z2i44Ot44Kw44Kk44Oz55So44Ov44Oz44K/44Kk44Og?=\n =?UTF-8?b?44OR44K544Ov44O844OJ44Gu44GU5qGI5YaF?=",
                nil
            ),
            ("[EXTERNAL] お客様専用画面ログイン用ワンタイムパスワードのご案内", nil), ("［external2］お客様専用画面ログイン用ワンタイムパスワードのご案内", nil),
            ("[EXTERNAL] [EXTERNAL] お客様専用画面ログイン用ワンタイムパスワードのご案内", nil),
            ("[EXTERNAL] [external2][EXTERNAL] お客様専用画面ログイン用ワンタイムパスワードのご案内", .wrongSubject),
            ("Re: お客様専用画面ログイン用ワンタイムパスワードのご案内", .wrongSubject), ("Fwd: お客様専用画面ログイン用ワンタイムパスワードのご案内", .wrongSubject),
            ("お客様専用画面ログイン用ワンタイムパスワードのご案内 (2)", .wrongSubject), ("お客さま専用画面ログイン用ワンタイムパスワードのご案内", .wrongSubject),
            ("お客様専用画面 ログイン用ワンタイムパスワードのご案内", .wrongSubject), ("お客様専用画面ログイン用\u{200B}ワンタイムパスワードのご案内", .wrongSubject),
            ("\u{202E}お客様専用画面ログイン用ワンタイムパスワードのご案内", .wrongSubject), ("", .wrongSubject),
            ("お客様専用画面ログイン用ワンタイムパスワードのご案内\0", .malformed),
        ].map { value, reason in Case("Subject: \(value)", reason) { $0.subject = ["Subject: \(value)"] } } + [
            Case("no Subject", .wrongSubject) { $0.subject = [] }
        ]

    static let values: [Case] = [
        .value(nil, "ワンタイムパスワード:abcd1234"), .value(nil, "ワンタイムパスワード　：　abcd1234　"),
        .value(nil, "\t・ワンタイムパスワード\u{A0}:\u{2003}abcd1234\u{A0}"), .value(nil, "ﾜﾝﾀｲﾑﾊﾟｽﾜｰﾄﾞ：abcd1234"),
        .value(nil, "ワンタイムパスワード：\n    abcd1234"), .value(nil, "ワンタイムパスワード: \n\tabcd1234　"),
        .value(nil, "(1) ワンタイムパスワード: abcd"), .value(nil, "【１】ワンタイムパスワード: abcd"), .value(nil, "1️⃣ ワンタイムパスワード: abcd"),
        .value(nil, "ア）ワンタイムパスワード: abcd"), .value(nil, "iii. ワンタイムパスワード: abcd"), .value(nil, "o\tワンタイムパスワード: abcd"),
        .value(nil, "🔑ワンタイムパスワード: abcd"),
        .value(nil, "ー ワンタイムパスワード: abcd"), .value(nil, "ｰﾜﾝﾀｲﾑﾊﾟｽﾜｰﾄﾞ: abcd"), .value(nil, "①) ワンタイムパスワード: abcd"),
        .value(nil, "❯ ワンタイムパスワード: abcd"), .value(nil, "》ワンタイムパスワード: abcd"), .value(nil, "1・ワンタイムパスワード: abcd"),
        .value(nil, "\u{F0B7} ワンタイムパスワード: abcd"), .value(nil, "l　ワンタイムパスワード: abcd"), .value(nil, "Ø\tワンタイムパスワード: abcd"),
        .value(.noPassword, "lワンタイムパスワード: abcd"), .value(.noPassword, "次 ワンタイムパスワード: abcd"),
        .value(.noPassword, "No ワンタイムパスワード: abcd"), .value(nil, "●○◆※→・ワンタイムパスワード: abcd"),
        .value(nil, "👨\u{200D}💻 ワンタイムパスワード: abcd"), .value(nil, "1-1. ワンタイムパスワード: abcd"),
        .value(nil, "ワンタイムパスワード:\n!!!!"), .value(nil, "ワンタイムパスワード:\n~~~~"),
        .value(nil, "=> ワンタイムパスワード: abcd"),
        .value(nil, "ワンタイムパスワード: " + String(repeating: "a", count: 64)), .value(nil, "ワンタイムパスワード: <&>\\~`\"';"),
        .value(nil, "ワンタイムパスワード::abcd"), .value(nil, "ワンタイムパスワード: >abcd"),
        .value(nil, "ワンタイムパスワード: ab:cd//ef"), .value(nil, "ワンタイムパスワード: wwwabcd"), .value(nil, "ワンタイムパスワード: 1a://bcd"),
        .value(.noPassword, "ワンタイムパスワード: https://a"), .value(.noPassword, "ワンタイムパスワード:\n<\(Mail.loginURL)>"),
        .value(.noPassword, "ワンタイムパスワード: www.example.jp"), .value(.noPassword, "ワンタイムパスワード: HTTP://a"),
        .value(.noPassword, "ワンタイムパスワード: mailto:a@b.jp"),
        .value(nil, "\(secret)\n\(secret)"), .value(nil, "\(secret)\nワンタイムパスワード: abc"),
        .value(nil, "ワンタイムパスワード：\n------------\n\(secret)"),
        .value(nil, "ワンタイムパスワード：\n-=-=-=-=\n\(secret)"),
        .value(nil, "\(secret)\n> ワンタイムパスワード: quoted12"), .value(nil, "\(secret)\nワンタイムパスワード：１回のみ有効です"),
        .value(nil, "\(secret)\nワンタイムパスワードは、上記です: abcd9999"), .value(nil, "\(secret)\nワンタイムパスワード efgh5678"),
        .value(.noPassword, "ワンタイムパスワード: abc"), .value(.noPassword, "ワンタイムパスワード: " + String(repeating: "a", count: 65)),
        .value(.noPassword, "ワンタイムパスワード: abcd1234<br>"), .value(.noPassword, "ワンタイムパスワード:\nabcd1234</P>"),
        .value(nil, "ワンタイムパスワード: <b>abcd1234"), .value(nil, "ワンタイムパスワード: ab</p><BR/>cd"),
        .value(.noPassword, "ワンタイムパスワード: abcd1234<BR/>"), .value(nil, "ワンタイムパスワード: <br>"),
        .value(.noPassword, "ワンタイムパスワード: <b>ab</b>"), .value(nil, "ワンタイムパスワード: <abcd>/<br<>a/b>"),
        .value(nil, "\(secret)\nワンタイムパスワード: abcd1234<br>"),
        .value(.noPassword, "ワンタイムパスワード: abcd efgh"), .value(.noPassword, "ワンタイムパスワード: ａｂｃｄ１２３４"),
        .value(.noPassword, "ワンタイムパスワード: abcd\u{200B}1234"), .value(.noPassword, "ワンタイムパスワード: abcd1234\u{200B}"),
        .value(.noPassword, "ワンタイムパスワード abcd1234"), .value(.noPassword, "ワンタイムパスワード；abcd1234"),
        .value(.noPassword, "ワンタイム パスワード: abcd1234"), .value(.noPassword, "ワンタイム\u{200B}パスワード: abcd1234"),
        .value(.noPassword, "新しいワンタイムパスワード: abcd1234"), .value(.noPassword, "パスワード: abcd1234"),
        .value(.noPassword, "> ワンタイムパスワード: abcd1234"), .value(.noPassword, " >>ワンタイムパスワード: abcd1234"),
        .value(.noPassword, "＞ワンタイムパスワード: abcd1234"), .value(.noPassword, "name> ワンタイムパスワード: abcd1234"),
        .value(.noPassword, "ワンタイムパスワード:\n> abcd1234"), .value(.noPassword, "ワンタイムパスワード:\n>abcd1234"),
        .value(nil, "ワンタイムパスワード:\n\nabcd1234"), .value(.noPassword, "ワンタイムパスワード:\n\n\nabcd1234"),
        .value(.noPassword, "ワンタイムパスワード\nabcd1234"),
        .value(.noPassword, "(ワンタイムパスワード: abcd1234)"), .value(.noPassword, "「ワンタイムパスワード: abcd1234"),
        .value(.noPassword, "\"ワンタイムパスワード: abcd1234\""), .value(.noPassword, "<ワンタイムパスワード: abcd1234>"),
        .value(nil, "【ワンタイムパスワード】: abcd1234"), .value(.noPassword, "\u{200B}ワンタイムパスワード: abcd1234"),
        .value(.noPassword, ""), .value(.noPassword, "ワンタイムパスワード:"),
        .value(.noPassword, "ワンタイムパスワード: \u{202E}abcd1234"),
        .value(.ambiguousPassword, "\(secret)\nワンタイムパスワード: efgh5678"),
        .value(.ambiguousPassword, "\(secret)\nﾜﾝﾀｲﾑﾊﾟｽﾜｰﾄﾞ：\nABCD1234"),
    ]

    static let urls: [Case] =
        [
            .url(nil, "ログインURL:\(Mail.loginURL)"), .url(nil, "・ログイン用URL： <\(Mail.loginURL)> "),
            .url(nil, "ログイン用ＵＲＬ：\n  ＜ \(Mail.loginURL) ＞"),
            .url(nil, "ﾛｸﾞｲﾝ用URL: HTTPS://WWW.LOGIN.secomtrust.net:443/a?b=c&d#e"),
            .url(nil, "ログインURL: https://www.login.secomtrust.net"),
            .url(nil, "\(link)\nログイン用URL: \(Mail.loginURL)"), .url(nil, "ログインURL: \(Mail.loginURL)<\(Mail.loginURL)>"),
            .url(nil, "ログインURL: <\(Mail.loginURL)<\(Mail.loginURL)>>"),
            .url(nil, "ログインURL: \(Mail.loginURL) <\(Mail.loginURL)>"),
            .url(nil, "ログインURL: https://www.login.secomtrust.net/a?b&amp;lt=c"),
            .url(.noLoginURL, "ログインURL: <>"),
            .url(.loginURLNotAllowed, "ログインURL: \(Mail.loginURL)<\(Mail.loginURL)?x>"),
            .url(nil, "\(link)\nログインURLをクリック: https://example.com/"), .url(nil, "\(link)\nhttps://example.com/"),
            .url(nil, "\(link)\nログインURL：上記のとおり"),
            .url(.noLoginURL, ""), .url(.noLoginURL, "URL: \(Mail.loginURL)"),
            .url(.noLoginURL, "ログインURL \(Mail.loginURL)"),
            .url(.noLoginURL, "ログインurl: \(Mail.loginURL)"), .url(.noLoginURL, "> \(link)"),
            .url(nil, "ログインURL:\n\n\(Mail.loginURL)"), .url(.noLoginURL, "ログインURL:\n \n\n\(Mail.loginURL)"),
            .url(.noLoginURL, "ログインURL: こちら"), .url(.noLoginURL, "ログインURL: <\(Mail.loginURL)"),
            .url(.ambiguousLoginURL, "\(link)\nログイン用URL: \(Mail.loginURL)?x"),
        ]
        + [
            "http://www.login.secomtrust.net/", "https://login.secomtrust.net/",
            "https://www.login.secomtrust.net.evil.com/",
            "https://www.login.secomtrust.net@evil.com/", "https://evil.com@www.login.secomtrust.net/",
            "https://a:b@www.login.secomtrust.net/",
            "https://www.login.secomtrust.net:8443/", "https://www.login.secomtrust.net:/",
            "https://www.login.secomtrust.net:0443/",
            "https://www.login.secomtrust.net./", "https://www.login.secomtrust.net\\@evil.com/",
            "https:\\\\www.login.secomtrust.net\\",
            "https:/www.login.secomtrust.net/", "https:www.login.secomtrust.net/", "https:///www.login.secomtrust.net/",
            "//www.login.secomtrust.net/", "www.login.secomtrust.net/", "https://www.login.secomtrust.net\t/",
            "https://www.login .secomtrust.net/",
            "https://www.login.secomtrust.net/ x", "https://www.login.secomtrust.net%2F/",
            "https://%77ww.login.secomtrust.net/",
            "https://ｗｗｗ.login.secomtrust.net/", "https://www。login.secomtrust.net/",
            "https://www.login.secomtrust.net/あ",
            "https://www.login.secomtrust.net/。", "ｈｔｔｐｓ://www.login.secomtrust.net/", "https://[::1]/",
            "https://127.0.0.1/",
            "https://xn--www-abc.login.secomtrust.net/", "javascript:alert(1)", "data:text/html,x",
            "ftp://www.login.secomtrust.net/",
            "https://www.login.secomtrust.net\u{AD}/", "https://www.login.sec\u{43E}mtrust.net/",
            "https://www.login.secomtrust.net/<x>",
            "https://www.login.secomtrust.net/{x}", "https://evil.com/https://www.login.secomtrust.net/",
            "https://evil.com?www.login.secomtrust.net/", "https://www.login.secomtrust.net?x",
            "https://www.login.secomtrust.net#x",
            "https://www.login.secomtrust.net:443?x",
            "https://evil.com#www.login.secomtrust.net/",
            "https://www.login.secomtrust.net/" + String(repeating: "a", count: 2048),
            "https://www.login.secomtrust.net/&lt;https://www.login.secomtrust.net/&gt;",
            "https://www.login.secomtrust.net/&GT;",
            "https://www.login.secomtrust.net/<https://evil.com/>", "htt\tps://www.login.secomtrust.net/",
            "（https://www.login.secomtrust.net/）",
        ].map { .url(.loginURLNotAllowed, "ログインURL: \($0)") }

    static let pages: [Case] = [
        .html(nil, "<p>\(secret)</p><p>\(link)</p>"),
        .html(nil, "\(secret)<br>ログインURL: <a href='\(Mail.loginURL)'>\(Mail.loginURL)</a>"),
        .html(nil, "<a href=' \n\(Mail.loginURL) '>\(link)</a><div>\(secret)"),
        .html(nil, "\(secret)<hr>\(link)<table><tr><td>x"),
        .html(nil, "<table><tr><td>ワンタイムパスワード<td>：<td>abcd1234</tr><tr><td>\(link)"),
        .html(nil, "<b>ワンタイム</b>パスワード<i>：</i><span>ab</span>cd&#49;2<wbr>34<br>\(link)"),
        .html(nil, "<div style='display:none'>\(secret)</div>\(secret)<p>\(link)"),
        .html(nil, "<p style='display:none'>要約<p>\(secret)<p>\(link)"),
        .html(nil, "<p hidden>要約<div>\(secret)</div><p>\(link)"),
        .html(.noPassword, "<p hidden>要約<b>\(secret)</b><p>\(link)"),
        .html(.noPassword, "<div hidden>要約<p>\(secret)</p></div>\(link)"),
        .html(nil, "<p title='</p>\(secret)9'>\(secret)<p>\(link)"),
        .html(
            nil,
            "<script>\(secret)1</script><style>\(secret)2</style><!--\(secret)3--!>\(secret)<p>\(link)"
        ),
        .html(nil, "<!-->\(secret)<br>\(link)<!-- x"),
        .html(nil, "\(secret)<p>\(link)<p>\(link)<p><a href='https://example.com'>https://example.org</a>"),
        .html(nil, "<blockquote>\(secret)<br>\(link)</blockquote>"),
        .html(.noPassword, "<p style='Display : NONE'>\(secret)</p>\(link)"),
        .html(.noPassword, "<div hidden>\(secret)</div>\(link)"),
        .html(.noPassword, "<!-- \(secret) -->\(link)"),
        .html(.noPassword, "<img alt='\(secret)'><input value='\(secret)'>\(link)"),
        .html(.noPassword, "<blockquote type=cite>\(secret)</blockquote>\(link)"),
        .html(.noPassword, "&gt; \(secret)<br>\(link)"),
        .html(.noPassword, "ワンタイムパスワード: ab&#x200b;cd1234<br>\(link)"),
        .html(.noPassword, "ワンタイムパスワード: ab&shy;cd1234<br>\(link)"),
        .html(nil, "<pre>ワンタイムパスワード:\rabcd1234\r\(link)\r</pre>"),
        .html(nil, "<pre>\nワンタイムパスワード:\r\nabcd1234\r\n\(link)</pre>"),
        .html(nil, "<title>\(secret)1</title><iframe>\(secret)2</iframe>\(secret)<p>\(link)"),
        .html(.ambiguousPassword, "<title><!--</title>\(secret)<br>\(secret)1<br>--><p>\(link)"),
        .html(.ambiguousPassword, "<textarea>x\n\(secret)1</textarea>\(secret)<p>\(link)"),
        .html(.ambiguousPassword, "\(secret)<p>\(link)<plaintext><!--\n\(secret)1\n-->"),
        .html(.noPassword, "<title>\(secret)</title>\(link)"),
        .html(.noPassword, "<template>\(secret)</template><p>\(link)"), .html(.noPassword, "\(secret) \(link)"),
        .html(nil, "ワンタイムパスワード:<br><br>abcd1234<br>\(link)"),
        .html(.noPassword, "ワンタイムパスワード:<br><br><br>abcd1234<br>\(link)"),
        .html(.noPassword, "<x y=\"\(secret)<p>\(link)"),
        .html(.ambiguousPassword, "<div hidden>\(secret)9</div>\(secret)<p>\(link)"),
        .html(.ambiguousPassword, "ワンタイムパスワード: abcd<i style='visibility: hidden'>12</i>34<p>\(link)"),
        .html(.ambiguousPassword, "<p>\(secret)<p>ワンタイムパスワード: efgh<p>\(link)"),
        .html(.noLoginURL, "\(secret)<p>ログインURL: <a href='\(Mail.loginURL)'>こちら</a>"),
        .html(.ambiguousLoginURL, "\(secret)<p>ログインURL: <a href='\(Mail.loginURL)?x'>\(Mail.loginURL)</a>"),
        .html(.loginURLNotAllowed, "\(secret)<p>ログインURL: <a href='https://evil.example/'>\(Mail.loginURL)</a>"),
        .html(.loginURLNotAllowed, "\(secret)<p>\(link)<p><a href='https://evil.example/'>\(Mail.loginURL)</a>"),
        .html(
            nil,
            "\(secret)<p>\(link)<p><a href='\(Mail.loginURL)'>\(Mail.loginURL)</a><p><a href='\(Mail.loginURL)?x'>ログイン</a>"
        ),
        .html(.loginURLNotAllowed, "\(secret)<p><a href='https://evil.example/'>\(link)</a>"),
        .html(
            .loginURLNotAllowed, "\(secret)<p>\(link)<p><a href='https://evil.example/'>&lt;\(Mail.loginURL)&gt;</a>"),
        .html(.loginURLNotAllowed, "\(secret)<p>\(link)<p><a href='https://evil.example/'>はい \(Mail.loginURL)</a>"),
        .html(.loginURLNotAllowed, "\(secret)<p>\(link)<p><a href='https://evil.example/'>はい<br>\(Mail.loginURL)</a>"),
        .html(.loginURLNotAllowed, "\(secret)<p>\(link)<p><a href='https://evil.example/'>\(Mail.loginURL)<p>はい</a>"),
        .html(.loginURLNotAllowed, "\(secret)<p>\(link)<p><a href='https://evil.example/'>はい　\(Mail.loginURL)</a>"),
        .html(.loginURLNotAllowed, "\(secret)<p>\(link)<p><a href='https://evil.example/'>はい\(Mail.loginURL)。</a>"),
        .html(.ambiguousLoginURL, "\(secret)<p>\(link)<p><a href='\(Mail.loginURL)?x'>はい&nbsp;\(Mail.loginURL)</a>"),
        .html(nil, "\(secret)<p>\(link)<p><a href='\(Mail.loginURL)'>はい<br>\(Mail.loginURL)</a>"),
        .html(.loginURLNotAllowed, "\(secret)<p><svg><a xlink:href='https://evil.example/'>\(link)</a></svg>"),
        .html(
            .loginURLNotAllowed,
            "\(secret)<p><a xlink:href='\(Mail.loginURL)' href='https://evil.example/'>\(link)</a>"),
        .html(nil, "\(secret)<p><a xlink:href='https://evil.example/' href='\(Mail.loginURL)'>\(link)</a>"),
        .html(
            .loginURLNotAllowed, "\(secret)<p>ログインURL: https://www.login<a href='//evil.example/'>.</a>secomtrust.net/"),
        .html(.loginURLNotAllowed, "\(secret)<p>ログインURL: <a href='javascript:x'>\(Mail.loginURL)</a>"),
        .html(.loginURLNotAllowed, "\(secret)<p>ログインURL: <a href='\(Mail.loginURL)'>https://evil.example/</a>"),
    ]

    private static func part(_ type: String, _ body: String, _ more: String = "") -> String {
        "Content-Type: \(type); charset=utf-8\n\(more)\n\(body)"
    }
    private static let both = "\(secret)\n\(link)\n"

    static let structures: [Case] = [
        Case("plain and HTML that agree", nil) {
            $0 = .multipart("alternative", [part("text/plain", both), part("text/html", "<p>\(secret)<p>\(link)")])
        },
        Case("plain and HTML that differ", .ambiguousPassword) {
            $0 = .multipart("alternative", [part("text/plain", both), part("text/html", "<p>\(secret)9<p>\(link)")])
        },
        Case("hidden HTML before a plain text that differs", .ambiguousPassword) {
            $0 = .multipart("mixed", [part("text/html", "<p hidden>\(secret)9</p>"), part("text/plain", both)])
        },
        Case("password and URL in two parts", nil) {
            $0 = .multipart("mixed", [part("text/plain", secret), part("text/plain", link)])
        },
        Case("URLs of two parts that differ", .ambiguousLoginURL) {
            $0 = .multipart("mixed", [part("text/plain", both), part("text/plain", link + "?x")])
        },
        Case("an attachment that differs", nil) {
            $0 = .multipart(
                "mixed",
                [part("text/plain", both), part("text/plain", secret + "9", "Content-Disposition: attachment\n")])
        },
        Case("nothing but an attachment", .noPassword) {
            $0 = .multipart(
                "mixed",
                [part("text/plain", both, "Content-Disposition:\n  (inline) \"attachment\"; filename*=utf-8''inline\n")]
            )
        },
        Case("two dispositions", .noPassword) {
            $0 = .multipart(
                "mixed", [part("text/plain", both, "Content-Disposition: inline\nContent-Disposition: attachment\n")])
        },
        Case("an unknown disposition", .noPassword) {
            $0 = .multipart("mixed", [part("text/plain", both, "Content-Disposition: =?utf-8?q?inline?=\n")])
        },
        Case("a message within", .noPassword) {
            $0 = .multipart("mixed", ["Content-Type: message/rfc822\n\n" + part("text/plain", both)])
        },
        Case("a digest", .noPassword) { $0 = .multipart("digest", ["\n" + part("text/plain", both)]) },
        Case("another kind of text", .noPassword) { $0 = .multipart("mixed", [part("text/calendar", both)]) },
        Case("the preamble", .noPassword) {
            $0 = .multipart("mixed", [])
            $0.body = both + $0.body
        },
        Case("the epilogue", .noPassword) {
            $0 = .multipart("mixed", [])
            $0.body += both
        },
        Case("a multipart without a boundary", .malformed) { $0.content = ["Content-Type: multipart/mixed"] },
        Case("25 multiparts deep", .malformed) { $0 = nested(25) },
        Case("20 multiparts deep", nil) { $0 = nested(20) },
        Case("10 000 multiparts deep", .malformed) { $0 = nested(10_000) },
        Case("401 parts", .malformed) {
            $0 = .multipart("mixed", Array(repeating: part("text/plain", both), count: 401))
        },
        Case("text of 2 MiB", .malformed) { $0.body += String(repeating: "a", count: 2 << 20) },
        Case("a message of 5 MiB", .malformed) {
            $0 = .multipart("mixed", [part("image/png", String(repeating: "a", count: 5 << 20))])
        },
        Case("a type without its semicolon", nil) { $0.content = ["Content-Type: text/plain charset=utf-8"] },
        Case("a comma for its semicolon", nil) { $0.content = ["Content-Type: text/plain, charset=utf-8"] },
        Case("a multipart without its semicolon", nil) {
            $0 = .multipart("mixed", [part("text/plain", both)])
            $0.content = ["Content-Type: multipart/mixed boundary=\"=_b\""]
        },
        Case("ends of quoted-printable that nobody decoded", .malformed) {
            $0.body = both.replacing("\n", with: "=20\n")
        },
        Case("carriage returns of quoted-printable that nobody decoded", .malformed) {
            $0.body = both.replacing("\n", with: "=0D\n")
        },
        Case("soft breaks of quoted-printable that nobody decoded", .malformed) {
            $0.body = both.replacing("\n", with: "=\n")
        },
        Case("a password that ends so", nil) { $0.body = "\(secret)=20\n\(link)\n" },
        Case("a password and a query that end in =", nil) { $0.body = "\(secret)=\n\(link)?a=\n" },
        Case("a query that ends so", nil) { $0.body = "\(secret)\n\(link)?a=20\n" },
        Case("a flowed text", nil) {
            $0.content = ["Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes"]
            $0.body = "ワンタイム \nパスワード: \nabcd1234\n\nログインURL: \nhttps://www.login.secom \ntrust.net/\n"
        },
        Case("a quoted line of a flowed text", .noPassword) {
            $0.content = ["Content-Type: text/plain; charset=utf-8; format=flowed"]
            $0.body = ">ワンタイムパスワード: \n>abcd1234\n\(link)\n"
        },
    ]

    private static func nested(_ depth: Int) -> Mail {
        var mail = Mail()
        mail.content = ["Content-Type: multipart/mixed; boundary=b0"]
        mail.body = ""
        for level in 1..<depth { mail.body += "--b\(level - 1)\nContent-Type: multipart/mixed; boundary=b\(level)\n\n" }
        mail.body += "--b\(depth - 1)\n" + part("text/plain", both) + "\n"
        return mail
    }

    private static var rules: RecognitionRules {
        var rules = RecognitionRules()
        rules.subjectPrefixes = ["[EXTERNAL]", "[external2]"]
        return rules
    }

    @Test(arguments: chosen(senders + headers + subjects + values + urls + pages + structures, by: \.name))
    func rule(_ mail: Case) {
        let reading = Recognition(mail.mail, rules: Self.rules)
        #expect(reading.reason == mail.reason, "\(reading.refusal.map { "\($0)" } ?? "accepted")")
        guard let refusal = reading.refusal else { return }
        #expect(
            refusal.detail.english.utf8.count < 1000
                && !refusal.detail.english.unicodeScalars.contains { $0.value < 0x20 })
        #expect(!refusal.detail.contains("abcd1234") && reading.shape?.contains("abcd1234") != true)
    }
}
