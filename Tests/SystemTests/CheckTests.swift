import Glibc
import Testing
import Trials

/// `secom-otpd check`, and what a bad configuration gets.
@Suite(.staged) struct CheckTests {
    private static let mistakes = """
        [socket]
        path = "/tmp/x.sock"
        mode = "9999"
        colour = "blue"
        [handoff]
        claim_mark = "paper"
        [[mailbox]]
        name = "main"
        host = "localhost"
        port = 99999
        tls = "perhaps"
        user = "a@example.co.jp"
        password = { file = "/nonexistent" }
        poll = "often"
        """

    @Test(arguments: chosen(["run", "check"])) func everyMistakeIsNamed(command: String) async throws {
        let file = try Stage.require().scratch.write(Self.mistakes, to: "bad.toml")
        let result = try await run("secom-otpd", command, "--config", file)
        #expect(result.exit == .status(78))
        for key in ["mode", "colour", "claim_mark", "port", "tls", "poll"] {
            #expect(result.errors.contains(key), "\(key) is named")
        }
        #expect(access("/tmp/x.sock", F_OK) != 0)
    }

    @Test func brokenTOMLIsNamedWithItsLine() async throws {
        let file = try Stage.require().scratch.write("[socket]\npath = \n", to: "bad.toml")
        let result = try await run("secom-otpd", "check", "--offline", "--config", file)
        #expect(result.exit == .status(78))
        #expect(result.errors.contains("2"))
    }

    @Test func aMissingConfigurationIs78() async throws {
        let result = try await run("secom-otpd", "run", "--config", "/nonexistent.toml")
        #expect(result.exit == .status(78))
        #expect(result.errors.contains("/nonexistent.toml"))
    }

    @Test func aMailboxThatCouldServe() async throws {
        let stage = try Stage.require()
        let dovecot = try await Dovecot.start()
        var refused = try Letter()
        refused.subject = "お知らせ"
        try await dovecot.deliver(refused)
        try await dovecot.deliver(Letter())
        let (file, _) = try Configuration(.init(on: dovecot)).write()

        let result = try await run("secom-otpd", "check", "--config", file)
        #expect(result.exit == .status(0), "\(result)")
        for word in ["main", "TLS", "pushed (NOTIFY)", "wrong-subject"] {
            #expect(result.output.contains(word), "\(result)")
        }
        let leaked = stage.secrets(in: "\(result)")
        #expect(leaked.isEmpty)
        #expect(try await dovecot.flags() == [1: [], 2: []])

        #expect(try await run("secom-otpd", "check", "--offline", "--config", file).exit == .status(0))
    }

    @Test func oneOfTwoMailboxesThatCouldNot() async throws {
        let stage = try Stage.require()
        let dovecot = try await Dovecot.start(["one@example.co.jp", "two@example.co.jp"])
        var bad = Configuration.Mailbox("bad", on: dovecot, user: 1)
        bad.password = stage.secret()
        let (file, _) = try Configuration(.init("good", on: dovecot), bad).write()
        let result = try await run("secom-otpd", "check", "--config", file)
        #expect(result.exit != .status(0))
        #expect(result.output.contains("good") && result.output.contains("bad"))
        #expect(result.output.contains("BAD  error: the server refused the login"))
        #expect(result.output.contains("→ Check user and password"))
        let leaked = stage.secrets(in: "\(result)")
        #expect(leaked.isEmpty)
    }

    @Test func inJapanese() async throws {
        let stage = try Stage.require()
        let dovecot = try await Dovecot.start(["one@example.co.jp", "two@example.co.jp"])
        var bad = Configuration.Mailbox("bad", on: dovecot, user: 1)
        bad.password = stage.secret()
        let (file, _) = try Configuration(.init("good", on: dovecot), bad).write()
        let result = try await run(
            "secom-otpd", "check", "--config", file, environment: ["LC_ALL": "ja_JP.UTF-8"])
        #expect(result.exit == .status(69))
        for words in ["ok   login: 成功", "ok   claims: exclusive: サーバー上に印を付ける", "→ user と、パスワードまたはトークンを確認"] {
            #expect(result.output.contains(words), "\(result)")
        }
    }

    @Test func mailboxesThatShareAnAccount() async throws {
        let dovecot = try await Dovecot.start(["one@example.co.jp", "two@example.co.jp"])
        for (count, isNear) in [(7, false), (8, true)] {
            let shared = (0..<count).map { number in
                var mailbox = Configuration.Mailbox("m\(number)", on: dovecot)
                mailbox.lines.append("folder = \"f\(number)\"")
                return mailbox
            }
            let (file, _) = try Configuration(shared + [.init("other", on: dovecot, user: 1)]).write()
            let result = try await run("secom-otpd", "check", "--offline", "--config", file)
            #expect(result.exit == .status(0))
            #expect(result.output.contains("note connections: 8 at once for one@example.co.jp") == isNear)
        }
    }

    @Test(arguments: chosen(["secom-otpd", "secom-otp"])) func helpAndVersion(program: String) async throws {
        #expect(try await run(program, "--help").exit == .status(0))
        let version = try await run(program, "--version")
        #expect(version.exit == .status(0))
        #expect(version.output == "\(try Place.version())\n")
        #expect(try await run(program, "--nonsense").exit == .status(64))
        #expect(try await run(program, "nonsense").exit == .status(64))
    }
}
