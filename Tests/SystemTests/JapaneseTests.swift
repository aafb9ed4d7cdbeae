import FoundationEssentials
import Glibc
import Testing
import Trials

/// What both programs say in a Japanese locale, where no server is needed: wrong arguments, help, mistakes in the configuration, mails that are
/// explained, and a daemon that is not there.
@Suite(.staged) struct JapaneseTests {
    @Test(
        arguments: chosen([
            ("secom-otp", ["--help"], "概要: secom-otpd からワンタイムパスワードを受け取り"),
            ("secom-otp", ["claim", "--help"], "届くまで待つ時間: 30s、5m など"),
            ("secom-otp", ["help", "settle"], "受け取ったパスワードの結果を伝えます。"),
            ("secom-otp", ["status", "-h"], "(既定値: すべて)"), ("secom-otp", ["check", "--help"], "デーモンのソケット"),
            ("secom-otpd", ["--help"], "ただ 1 つのログインワーカーに渡します。"),
            ("secom-otpd", ["run", "--help"], "設定ファイル (既定値: /etc/secom-otpd/secom-otpd.toml)"),
            ("secom-otpd", ["check", "--help"], "設定だけを検査する"),
            ("secom-otpd", ["help", "explain"], "見本のメールの宛先"),
        ])) func help(program: String, arguments: [String], words: String) async throws
    {
        let said = try await Languages(program, arguments)
        try said.expect(
            0, "使い方: \(program)", "オプション:", words,
            data: ["/run/secom-otpd/handoff.sock)", "rejected, unused)", "3 UNKNOWN。"])
        for line in said.japanese.output.split(separator: "\n") where !line.hasPrefix("使い方: ") {
            let width = line.unicodeScalars.reduce(0) { $0 + ($1.value < 0x3000 ? 1 : 2) }
            #expect(width <= 80, "\(line)")
        }
    }

    @Test(
        arguments: chosen([
            ("secom-otp", ["claim", "--nonsense"], "エラー: 不明なオプション '--nonsense' です"),
            ("secom-otp", ["claim", "--mailbx", "m"], "'--mailbox' の誤りですか。"),
            ("secom-otp", ["claim", "--wait", "soon"], "500ms、30s、5m のような時間"),
            ("secom-otp", ["claim", "--issued-after", "yesterday"], "now、または"),
            ("secom-otp", ["claim", "--format", "xml"], "'--format <format>' の値 'xml' は無効です。次のいずれかを指定してください"),
            ("secom-otp", ["claim", "log-in"], "コマンドは -- の後"), ("secom-otp", ["settle"], "引数 '<ID>' がありません"),
            ("secom-otp", ["settle", "main/1/1", "used", "more"], "余分な引数 'more' があります"),
            ("secom-otp", ["status", "--mailbox"], "'--mailbox <NAME>' に値がありません"),
            ("secom-otp", ["status", "--json", "--openmetrics"], "同時に指定できません"), ("secom-otp", [], "サブコマンドを指定してください"),
            ("secom-otpd", ["check", "--offline=yes"], "オプション '--offline' は値を取りませんが"),
            ("secom-otpd", ["explain"], "メールを FILE に 1 つ以上指定してください"),
            ("secom-otpd", ["explain", "--sample", "--to", "nobody"], "アドレスを 1 つ指定してください"),
        ])) func wrongArguments(program: String, arguments: [String], words: String) async throws
    {
        try await Languages(program, arguments).expect(64, words, "使い方: \(program)", "を実行してください。")
    }

    /// A line of the mailbox's table, one of the socket's, and what is said.
    @Test(
        arguments: chosen([
            ("poll = 5", "", "時間 (文字列) でなければならない (5 は不可。\"5s\" の誤りか)"),
            ("port = 0", "", "mailbox \"main\" (3 行目): port: 1 から 65535 まででなければならない (0 は不可)"),
            ("prot = 993", "", "不明なキー。port の誤りか"), ("tls = \"of\"", "", "のいずれかでなければならない (\"of\" は不可)"),
            ("tls = \"off\"", "", "このマシン上のサーバー (localhost"), ("password = \"s3cret\"", "", "パスワードやトークンそのものではなく、取得元を書く"),
            ("folder = 'INBOX", "", "この行で閉じられていない"), ("folder = “INBOX”", "", "引用符として使えない。文字列の両端は"),
            ("folder ＝ \"INBOX\"", "", "全角。半角の = を書くこと"), ("poll \"5s\"", "", "キーと値は = で区切るが、ここに = がない"),
            ("ca_file = \"/nonexistent\"", "", "ca_file: /nonexistent を読み取れない: そのようなファイル"),
            ("", "mode = \"rw\"", "8 進数のモード"),
            ("", "group = \"no-such-group\"", "グループ \"no-such-group\" が存在しない"),
            ("", "claim = [\"no-such-user\"]", "ユーザー \"no-such-user\" が存在しない"), ("", "path = \"here\"", "/ で始まる絶対パス"),
        ])) func mistakesInTheConfiguration(mailbox: String, socket: String, words: String) async throws
    {
        let secret = mailbox.hasPrefix("password") ? "" : "password = { file = \"/x\" }"
        let text = """
            [socket]
            \(socket)
            [[mailbox]]
            name = "main"
            host = "imap.example.co.jp"
            user = "user"
            \(secret)
            \(mailbox)

            """
        let file = try Stage.require().scratch.write(text, to: "wrong.toml")
        // A line of the file is shown as it is.
        try await Languages("secom-otpd", ["check", "--offline", "--config", file])
            .expect(
                78, words, data: mailbox.allSatisfy(\.isASCII) ? [] : ["the line is: ", "full-width", "not a quote"])
    }

    @Test func aConfigurationThatCannotBeRead() async throws {
        let stage = try Stage.require()
        try await Languages("secom-otpd", ["check", "--config", "/nonexistent"]).expect(
            78, "読み取れない: そのようなファイルやディレクトリーはない")
        let utf16 = try stage.scratch.write([0xFF, 0xFE, 0x5B, 0], to: "utf16.toml")
        try await Languages("secom-otpd", ["check", "--config", utf16]).expect(78, "UTF-8 で保存すること")
        let empty = try stage.scratch.write("", to: "empty.toml")
        try await Languages("secom-otpd", ["check", "--config", empty]).expect(78, "[[mailbox]] が少なくとも 1 つ必要")
    }

    /// Its standard error is the log.
    @Test func theDaemonItselfSpeaksEnglish() async throws {
        let result = try await run(
            "secom-otpd", "run", "--config", "/nonexistent", environment: ["LC_ALL": "ja_JP.UTF-8"])
        #expect(result.errors == "/nonexistent: cannot be read: No such file or directory\n")
        #expect(result.exit == .status(78))
    }

    /// One to explain by.
    private static func configuration() throws -> String {
        let password = try Stage.require().secret()
        return try Configuration(.init("main", port: 143, user: "user", password: password)).write().file
    }

    @Test(
        arguments: chosen([
            ("<ra-support", "<rb-support", "wrong-sender: From に差出人のアドレスがない"),
            ("Subject: ", "X-Subject: ", "wrong-subject: 件名がない"),
            ("Date: ", "Date: Mon, 02 Nov 2026 09:00:00 +0900\nX-Date: ", "expired: パスワードは"),
            ("：SECRET", "：SECRETあ", "印字可能な ASCII 以外の文字がある"), ("：SECRET", "：abc", "の長さが 4 から 64 文字ではない"),
            ("・ワンタイムパスワード", "・認証コード", "の後にコロンとパスワードが続く行がない。コロンを含む行: "),
            ("https://www.login", "http://www.login", "ログイン URL が https ではない"),
            ("www.login.secomtrust.net", "www.example.com", "ログイン URL のホスト \"www.example.com\" が login_hosts にない"),
            ("To: ", "Subject: second\nTo: ", "ヘッダーに Subject フィールドが 2 個ある"),
        ])) func refusedMails(part: String, changed: String, words: String) async throws
    {
        let stage = try Stage.require()
        var letter = try Letter()
        letter.encoding = .utf8
        let text = String(decoding: letter.bytes, as: UTF8.self)
        let (old, new) = (
            part.replacing("SECRET", with: letter.password), changed.replacing("SECRET", with: letter.password)
        )
        #expect(text.contains(old))
        let file = try stage.scratch.write(Array(text.replacing(old, with: new).utf8), to: "refused.eml")
        let configuration = try Self.configuration()
        try await Languages("secom-otpd", ["explain", "--config", configuration, file])
            .expect(1, "refused.eml: 拒否: ", words, data: ["    | ", "the label "])
    }

    @Test func acceptedMails() async throws {
        let stage = try Stage.require()
        let configuration = try Self.configuration()
        let file = try stage.scratch.write(Letter().bytes, to: "good.eml")
        try await Languages("secom-otpd", ["explain", "--config", configuration, file]).expect(
            0, "good.eml: 受理\n  パスワード: (--reveal で表示)\n  ログイン URL: https://", "  宛先: webmaster@", "  発行 20", "、有効期限 20")
        try await Languages("secom-otpd", ["explain", "--config", configuration, "/nonexistent.eml"]).expect(
            66, "/nonexistent.eml: そのようなファイルやディレクトリーはない")
        // What programs read is English.
        let json = try await Languages("secom-otpd", ["explain", "--config", configuration, "--json", file])
        #expect(json.japanese.output == json.english.output)
    }

    @Test(
        arguments: chosen([
            ["claim"], ["claim", "--wait", "1s"], ["status"], ["check"], ["settle", "main/1/1", "used"],
        ]))
    func withoutADaemon(arguments: [String]) async throws {
        let path = "\(try Stage.require().scratch.path)/none"
        try await Languages("secom-otp", arguments + ["--socket", path])
            .expect(69, "secom-otp: \(path): ソケットがない。secom-otpd は動いていますか。", "systemctl start secom-otpd.socket")
    }

    @Test func monitoringIsEnglish() async throws {
        let path = "\(try Stage.require().scratch.path)/none"
        for arguments in [["--socket", path], ["--watch"], ["--wtach"]] {
            let said = try await Languages("secom-otp", ["status", "--nagios"] + arguments)
            #expect(said.japanese.output == said.english.output && said.japanese.output.hasPrefix("SECOM-OTP "))
        }
    }
}
