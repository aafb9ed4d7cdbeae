import FoundationEssentials
import Glibc
import Testing
import Trials

/// What both programs say of mailboxes, and of a daemon that watches them, in a Japanese locale: the client's counts, whatever the daemon's is.
@Suite(.staged) struct JapaneseMailboxTests {
    private func mailbox(_ dovecot: Dovecot, _ lines: String...) -> Configuration.Mailbox {
        var mailbox = Configuration.Mailbox(on: dovecot)
        mailbox.lines += lines
        return mailbox
    }

    /// What both checks say of it.
    private func checks(_ mailbox: Configuration.Mailbox, _ exit: Int32, _ words: String...) async throws {
        let configuration = Configuration(mailbox)
        let data = ["capabilities"]
        let alone = try await Languages("secom-otpd", ["check", "--config", configuration.write().file])
        try alone.expect(exit, "メールボックス main: 127.0.0.1 のポート ", data: data)
        let daemon = try await Daemon.start(configuration)
        try await daemon.status("its first attempt is over") { $0.mailboxes[0].state != "connecting" }
        let asked = try await Languages("secom-otp", ["check", "--socket", daemon.socket])
        try asked.expect(exit, "メールボックス main: 127.0.0.1 のポート ", data: data)
        for word in words {
            #expect(alone.japanese.output.contains(word), "\(alone)")
            #expect(asked.japanese.output.contains(word), "\(asked)")
        }
        #expect(!daemon.log.unicodeScalars.contains { 0x3041...0x9FFF ~= $0.value }, "\(daemon.log)")
    }

    @Test func aMailboxThatServes() async throws {
        let dovecot = try await Dovecot.start()
        try await dovecot.deliver(Letter())
        try await checks(
            mailbox(dovecot), 0, "ok   TLS: implicit、証明書と名前を検証済み", "ok   login: 成功", "ok   arrival: サーバーが通知する (NOTIFY)",
            "ok   claims: exclusive: サーバー上に印を付ける", "ok   folder: INBOX、メール 1 通", "発行) のメール: 受理 (available)",
            "summary: 1 個中 1 個のメールボックスを利用できる")
    }

    @Test func aPasswordThatIsWrong() async throws {
        let dovecot = try await Dovecot.start()
        var bad = mailbox(dovecot)
        bad.password = try Stage.require().secret()
        try await checks(
            bad, 69, "BAD  error: サーバーがログインを拒否 [AUTHENTICATIONFAILED]。user とパスワードを確認すること",
            "→ user と、パスワードまたはトークンを確認してください。", "summary: 1 個中 1 個のメールボックスを利用できない: main")
    }

    @Test func foldersThatAreNotThere() async throws {
        let dovecot = try await Dovecot.start()
        try IMAPClient(port: dovecot.imapPort, user: dovecot.users[0]).command("CREATE \"Used up\"")
        try await checks(
            mailbox(dovecot, "folder = \"Inbx\""), 69, "BAD  error: フォルダー \"Inbx\" を開けない", "→ folder には、メールソフトで見える名前を")
        try await checks(
            mailbox(dovecot, "after_use = { move = \"Used\" }"), 69,
            "BAD  after_use: フォルダー \"Used\" がない。似た名前のフォルダー: \"Used up\"",
            "→ 作成するか、after_use に")
    }

    @Test func theSendersMailElsewhere() async throws {
        let dovecot = try await Dovecot.start()
        let client = try IMAPClient(port: dovecot.imapPort, user: dovecot.users[0])
        try client.command("CREATE Spam")
        try client.append(Letter().bytes, to: "Spam")
        try await checks(
            mailbox(dovecot), 0, "note mails: ra-support@secom.co.jp からのメールは \"INBOX\" ではなく \"Spam\" にある (1 通)",
            "→ folder = \"Spam\" を設定するか")
    }

    @Test func serversThatAreNotThere() async throws {
        let stage = try Stage.require()
        let nobody = try Listener { _, _ in }
        let port = nobody.port
        nobody.end()
        let refused = Configuration.Mailbox("main", port: port, user: "user", password: stage.secret())
        try await checks(
            refused, 69, "BAD  error: 127.0.0.1 のポート \(port) に接続できない: 接続を拒否された", "→ host と port、DNS、ファイアウォールを確認してください。")
        var unknown = refused
        (unknown.host, unknown.lines) = ("imap.invalid", [])
        let check = try await Languages(
            "secom-otpd", ["check", "--config", Configuration(unknown).write().file])
        try check.expect(69, "BAD  error: imap.invalid の名前を解決できない: ")
    }

    @Test func credentialsThatCannotBeHad() async throws {
        let dovecot = try await Dovecot.start()
        for (login, words) in [
            ("password = { file = \"/nonexistent\" }", "/nonexistent: そのようなファイルやディレクトリーはない"),
            ("password = { credential = \"imap\" }", "systemd から認証情報が渡されていない"),
            ("password = { command = [\"false\"] }", "false が終了ステータス 1 で終了した。デーモンのユーザーで手動で実行し"),
            ("oauth2_token = { command = [\"/nonexistent\"] }", "/nonexistent: そのような"),
        ] {
            var mailbox = mailbox(dovecot)
            mailbox.login = login
            try await checks(mailbox, 69, "BAD  error: ログインに使う認証情報を取得できない: \(words)", "→ 認証情報、ファイル、またはコマンドを直してください。")
        }
    }

    @Test func mailboxesThatAreNotConfigured() async throws {
        let dovecot = try await Dovecot.start()
        let configuration = Configuration(mailbox(dovecot))
        try await Languages(
            "secom-otpd", ["check", "--mailbox", "other", "--config", configuration.write().file]
        ).expect(65, "--mailbox: メールボックス \"other\" は設定にない。あるもの: \"main\"", data: ["configuration: "])
        let daemon = try await Daemon.start(configuration)
        try await daemon.watching()
        for command in [["status"], ["check"], ["claim"]] {
            try await Languages("secom-otp", command + ["--mailbox", "other", "--socket", daemon.socket])
                .expect(65, "secom-otp: メールボックス \"other\" は設定にない。名前は secom-otp status に表示される\n")
        }
    }

    // MARK: Claims and Status

    @Test func claimsThatGetNothing() async throws {
        let dovecot = try await Dovecot.start()
        let letter = try Letter()
        try await dovecot.deliver(letter)
        let daemon = try await Daemon.start(Configuration(mailbox(dovecot)))
        try await daemon.status("it is there") { $0.states == ["available"] }
        func claim(_ arguments: String...) async throws -> Languages {
            try await Languages("secom-otp", ["claim", "--socket", daemon.socket] + arguments)
        }
        try await claim("--recipient", "else@example.co.jp").expect(
            75, "secom-otp: 条件に合うパスワードがない\n", "secom-otp: ほかの宛先のものが 1 個ある: \(letter.to)\n")
        try await claim("--issued-after", (letter.date + 40).ISO8601Format(), "--wait", "1s").expect(
            75, "secom-otp: 条件に合うパスワードが 1 秒以内に届かなかった\n", "1 個あったが、--issued-after より ", "秒前に発行されている")
        try await Languages("secom-otp", ["settle", "--socket", daemon.socket, "main/1/1", "used"]).expect(
            65, "secom-otp: ID が \"main/1/1\" で、受け取り済み、または結果が不明のパスワードはない。secom-otp status を参照\n")
        // Nobody can tell what became of it.
        let killed = try await run(
            "secom-otp", "claim", "--socket", daemon.socket, "--", "/bin/sh", "-c", "kill -9 $$",
            environment: ["LANG": "ja_JP.UTF-8"])
        #expect(killed.errors.contains("が使われたか分からないため、inDoubt になる"), "\(killed)")
        try await daemon.status("it is in doubt") { $0.states == ["inDoubt"] }
        try await claim().expect(75, "使われたか不明 (inDoubt) なパスワードが 1 個ある。--include-in-doubt を付けて")
        try await Languages("secom-otp", ["claim", "--socket", daemon.socket, "--", "/nonexistent"]).expect(75)
    }

    @Test func commandsThatCannotBeStarted() async throws {
        let dovecot = try await Dovecot.start()
        try await dovecot.deliver(Letter())
        let daemon = try await Daemon.start(Configuration(mailbox(dovecot)))
        try await daemon.status("it is there") { $0.states == ["available"] }
        try await Languages("secom-otp", ["claim", "--socket", daemon.socket, "--", "/nonexistent"]).expect(
            127, "secom-otp: /nonexistent: そのようなファイルやディレクトリーはない\n")
    }

    @Test func claimsThatCannotBeMarked() async throws {
        let dovecot = try await Dovecot.start()
        try await dovecot.deliver(Letter())
        let daemon = try await Daemon.start(Configuration(mailbox(dovecot)))
        try await daemon.status("it is there") { $0.states == ["available"] }
        try await dovecot.crash()
        try await daemon.status("it is away") { $0.mailboxes[0].state == "retrying" }
        try await Languages("secom-otp", ["claim", "--socket", daemon.socket]).expect(
            69, "secom-otp: 受け取りの印を付けられなかったため、パスワードを渡さなかった: ")
    }

    @Test func status() async throws {
        let dovecot = try await Dovecot.start(["one@example.co.jp", "two@example.co.jp"])
        var refused = try Letter()
        refused.subject = "SECOM"
        for letter in [try Letter(), refused] { try await dovecot.deliver(letter) }
        var bad = Configuration.Mailbox("bad", on: dovecot, user: 1)
        bad.password = try Stage.require().secret()
        let daemon = try await Daemon.start(Configuration(.init("main", on: dovecot), bad))
        try await daemon.status("all is known") {
            $0.passwords.count == 2 && $0.mailboxes.contains { $0.name == "bad" && $0.nextAttemptAt != nil }
        }
        let said = try await Languages("secom-otp", ["status", "--socket", daemon.socket])
        try said.expect(
            0, "メールボックス  状態", "サーバーがログインを拒否 [AUTHENTICATIONFAILED]", "次の試行 ", "-> user と、パスワードまたはトークンを確認してください。",
            "メールボックス 2 個、問題あり 1 個 (bad)。メール: 1 refused、1", data: ["bad  ", "main  ", "main/", "available"])
        for line in said.japanese.output.split(separator: "\n") {
            let width = line.unicodeScalars.reduce(0) { $0 + ($1.value < 0x3000 ? 1 : 2) }
            #expect(width <= 80, "\(line)")
        }
        // What programs read is English.
        for form in ["--json", "--openmetrics", "--nagios"] {
            let program = try await Languages("secom-otp", ["status", "--socket", daemon.socket, form])
            #expect(!Languages.isJapanese(program.japanese.output[...]), "\(program)")
        }
    }

    /// On a terminal, with room for all of it and for none.
    @Test(arguments: chosen([80, 40])) func aWaitingClaim(columns: Int) async throws {
        let dovecot = try await Dovecot.start()
        let daemon = try await Daemon.start(Configuration(mailbox(dovecot)))
        try await daemon.watching()
        let sight = try await Onlooker.sight(
            of: Onlooker(columns: columns, streams: "02").starting(
                "/usr/bin/env",
                ["LC_ALL=ja_JP.UTF-8", Place.program("secom-otp"), "claim", "--socket", daemon.socket, "--wait", "3s"]))
        #expect(sight.exit == 75)
        let frames = sight.frames.filter { $0.contains("待機中") }
        #expect(frames.contains { $0.contains("secom-otp: 待機中 (残り ") }, "\(sight)")
        for frame in frames {
            let width = frame.unicodeScalars.reduce(0) { $0 + ($1 == "\r" ? 0 : $1.value < 0x3000 ? 1 : 2) }
            #expect(width < columns, "\(frame)")
        }
        #expect(sight.frames.last == "secom-otp: 条件に合うパスワードが 3 秒以内に届かなかった\r\n", "\(sight)")
    }
}
