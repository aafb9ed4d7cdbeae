/// Inputs whose cost must grow in proportion to their size.
struct Hostile: Sendable {
    let name: String
    /// The message, `scale` times as large as the smallest.
    let message: @Sendable (Int) -> [UInt8]

    private init(_ name: String, header: String = "", _ body: @escaping @Sendable (Int) -> String) {
        self.name = name
        message = { Array((Self.header + header + body($0)).utf8) }
    }

    private static let header =
        "From: ra-support@secom.co.jp\nSubject: お客様専用画面ログイン用ワンタイムパスワードのご案内\n"

    private static func times(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

    private static func html(_ name: String, _ body: @escaping @Sendable (Int) -> String) -> Hostile {
        Hostile(name, header: "Content-Type: text/html; charset=utf-8\n\n", body)
    }

    static let inputs: [Hostile] = [
        Hostile("header fields, 25 000") { times("X-A: b\n", 25_000 * $0) },
        Hostile("From fields, 10 000") { times("From: a@b.example\n", 10_000 * $0) },
        Hostile("addresses in From, 10 000") { "From: " + times("a@b.example, ", 10_000 * $0) + "\n" },
        Hostile("comments open in From, 100 000") { "From: " + times("(", 100_000 * $0) + "\n" },
        Hostile("folds, 50 000") { "X-A: b\n" + times(" c\n", 50_000 * $0) },
        Hostile("parameters, 5 000") { "Content-Type: text/plain; " + times("a*1=b; ", 5_000 * $0) + "\n\nx" },
        Hostile("words without an end, 5 000", header: "") {
            "X: y\nSubject: " + times("=?utf-8?q?a ", 5_000 * $0) + "\n\n"
        },
        Hostile("multiparts, nested 2 500 deep") { scale in
            (0..<(2_500 * scale)).map { "Content-Type: multipart/mixed; boundary=b\($0)\n\n--b\($0)\n" }.joined()
        },
        Hostile("lines of dashes, 1 MB", header: "Content-Type: multipart/mixed; boundary=\"-------------\"\n\n") {
            times("--------------------\n", 25_000 * $0)
        },
        Hostile("one line of 250 KB") { "\n" + times("a", 250_000 * $0) },
        Hostile("bullets, 250 KB in a line") { "\n" + times("・", 80_000 * $0) },
        Hostile("labels without a value, 8 000") { "\n" + times("ワンタイムパスワード:\n", 8_000 * $0) },
        Hostile("login URLs, 3 000") { "\n" + times("ログインURL: https://www.login.secomtrust.net/a\n", 3_000 * $0) },
        Hostile("brackets open behind a label, 160 000") {
            "\nワンタイムパスワード: あ" + times("（", 80_000 * $0) + times("」", 80_000 * $0) + "\n"
        },
        Hostile("passwords with notes, 2 000") { "\n" + times("ワンタイムパスワード: 「abcd（（（（（（（（(x)」※\n", 2_000 * $0) },
        Hostile("rewritten links, 1 000") {
            "\n"
                + times(
                    "ログインURL: https://jpn01.safelinks.protection.outlook.com/?url=%25%25%25&a=b&c=d&e=f\n", 1_000 * $0)
        },
        Hostile("carriage returns alone, 50 000", header: "X-A: b\r\n") { times("X-A: b\r", 50_000 * $0) + "\r\n" },
        Hostile("line feeds alone, 50 000", header: "X-A: b\r\n") { times("X-A: b\n c\n", 50_000 * $0) + "\r\n" },
        Hostile("escapes, 60 000", header: "Content-Type: text/plain; charset=iso-2022-jp\n\n") {
            times("\u{1B}$B\u{1B}", 60_000 * $0)
        },
        Hostile(
            "odd bytes for iconv, 250 KB",
            header: "Content-Type: text/plain; charset=euc-kr\nContent-Transfer-Encoding: quoted-printable\n\n"
        ) {
            times("=FF", 80_000 * $0)
        },
        html("comments open, 60 000") { times("<!--", 60_000 * $0) },
        html("quotes open, 30 000") { times("<a b=\"", 30_000 * $0) },
        html("tags open, 100 000") { times("<a", 100_000 * $0) },
        html("scripts open, 30 000") { times("<script>", 30_000 * $0) },
        html("script ends, 30 000") { "<script>" + times("</scrip", 30_000 * $0) },
        html("divisions, 50 000") { times("<div>", 50_000 * $0) },
        html("ampersands, 250 000") { times("&", 250_000 * $0) },
        html("references, 60 000") { times("&abc", 60_000 * $0) },
        html("links under a URL, 500") { scale in
            times("<a href=x>y</a>", 500 * scale) + times("<p>ログインURL: https://www.login.secomtrust.net/a", 500 * scale)
        },
        html("hidden, 20 000") { times("<p hidden>x", 20_000 * $0) },
    ]
}
