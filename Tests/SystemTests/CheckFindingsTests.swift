import FoundationEssentials
import Glibc
import Testing
import Trials

/// What `secom-otpd check` finds beside the mailbox itself, and how much of it is told.
@Suite(.staged) struct CheckFindingsTests {
    private func check(_ configuration: Configuration, _ arguments: String...) async throws -> Client.Result {
        let file = try configuration.write().0
        let program = try Subprocess(Place.program("secom-otpd"), ["check", "--config", file] + arguments)
        return try await Client.result(of: program)
    }

    private func mailbox(_ dovecot: Dovecot, _ lines: String...) -> Configuration.Mailbox {
        var mailbox = Configuration.Mailbox(on: dovecot)
        mailbox.lines += lines
        return mailbox
    }

    /// As the daemon has it.
    @Test func aMailThatIsTooOldIsExpired() async throws {
        let dovecot = try await Dovecot.start()
        var letter = try Letter()
        letter.date = Date.now - 25 * 3600
        try await dovecot.deliver(letter)
        let result = try await check(Configuration(.init(on: dovecot)))
        #expect(result.exit == .status(0))
        #expect(result.output.contains(": accepted, expired\n") && !result.output.contains("refused"), "\(result)")
    }

    /// By what the mailbox is for, by its name, or wherever it is.
    @Test(arguments: chosen(["Bad", "Spam", "Lists"])) func theSendersMailElsewhere(folder: String) async throws {
        let dovecot = try await Dovecot.start(
            settings: "namespace inbox {\n  mailbox Bad {\n    special_use = \\Junk\n    auto = create\n  }\n}\n")
        let client = try IMAPClient(port: dovecot.imapPort, user: dovecot.users[0])
        if folder != "Bad" { try client.command("CREATE \"\(folder)\"") }
        try client.append(Letter().bytes, to: folder)
        var result = try await check(Configuration(.init(on: dovecot)))
        #expect(result.exit == .status(0))
        let words = "note mails: the mail from ra-support@secom.co.jp is in \"\(folder)\" (1), not in \"INBOX\""
        #expect(result.output.contains(words), "\(result)")
        #expect(result.output.contains("→ Set folder = \"\(folder)\", or fix the filter"))
        #expect(try await dovecot.flags(in: folder) == [1: []])
        // Where used mails go they lie rightly.
        let moving = Configuration(mailbox(dovecot, "after_use = { move = \"\(folder)\" }"))
        result = try await check(moving)
        #expect(result.output.contains("note mails: none from ra-support@secom.co.jp"), "\(result)")
        #expect(result.output.contains("ok   after_use: moved to \"\(folder)\""), "\(result)")
        // Where it is found nobody looks further.
        try await dovecot.deliver(Letter())
        result = try await check(Configuration(.init(on: dovecot)))
        #expect(!result.output.contains("note mails"), "\(result)")
    }

    @Test func theFolderForUsedMailsIsMissing() async throws {
        let dovecot = try await Dovecot.start()
        try IMAPClient(port: dovecot.imapPort, user: dovecot.users[0]).command("CREATE \"Used up\"")
        let result = try await check(Configuration(mailbox(dovecot, "after_use = { move = \"Used\" }")))
        #expect(result.exit == .status(69))
        #expect(
            result.output.contains("BAD  after_use: there is no folder \"Used\"; similar folders: \"Used up\""),
            "\(result)")
        #expect(result.output.contains("→ Create it"))
        let list = try IMAPClient(port: dovecot.imapPort, user: dovecot.users[0]).command("LIST \"\" *")
        #expect(!list.contains { $0.hasSuffix(" Used") })
    }

    @Test func theFolderForUsedMailsTakesNothing() async throws {
        // Later ones spell these settings differently, and tell the same.
        let version = try await Client.result(of: Subprocess("/usr/sbin/dovecot", ["--version"])).output
        guard version.hasPrefix("2.3.") else { return }
        let dovecot = try await Dovecot.start(
            settings:
                "mail_plugins = acl\nprotocol imap {\n  mail_plugins = acl imap_acl\n}\nplugin {\n  acl = vfile\n}\n")
        try IMAPClient(port: dovecot.imapPort, user: dovecot.users[0]).command("CREATE Used")
        let configuration = Configuration(mailbox(dovecot, "after_use = { move = \"Used\" }"))
        #expect(try await check(configuration).output.contains("ok   after_use: moved to \"Used\""))
        let folder = "\(dovecot.directory)/mail/\(dovecot.users[0].address)/Maildir/.Used"
        try "owner lr\n".write(toFile: "\(folder)/dovecot-acl", atomically: false, encoding: .utf8)
        chmod("\(folder)/dovecot-acl", 0o644)
        let result = try await check(configuration)
        #expect(result.exit == .status(69))
        #expect(
            result.output.contains("BAD  after_use: the user is not allowed to put mail into \"Used\""), "\(result)")
    }

    @Test func chosenMailboxesAndQuiet() async throws {
        let stage = try Stage.require()
        let dovecot = try await Dovecot.start(["one@example.co.jp", "two@example.co.jp", "three@example.co.jp"])
        var bad = Configuration.Mailbox("bad", on: dovecot, user: 1)
        bad.password = stage.secret()
        let configuration = Configuration(.init("good", on: dovecot), bad, .init("other", on: dovecot, user: 2))
        var result = try await check(configuration, "--mailbox", "good", "--mailbox", "other")
        #expect(result.exit == .status(0) && !result.output.contains("bad"), "\(result)")
        #expect(result.output.hasSuffix("\n  ok   summary: 2 of 2 mailbox(es) usable\n"), "\(result)")
        result = try await check(configuration, "--mailbox", "good", "--quiet")
        #expect(result.exit == .status(0) && result.output.isEmpty, "\(result)")
        result = try await check(configuration, "--quiet")
        #expect(result.exit == .status(69))
        let lines = result.output.split(separator: "\n")
        #expect(lines.first?.hasPrefix("mailbox bad: two@example.co.jp at ") == true, "\(result)")
        #expect(lines.last == "  BAD  summary: 1 of 3 mailbox(es) not usable: bad", "\(result)")
        #expect(!result.output.contains("  ok "))
        result = try await check(configuration, "--mailbox", "god", "--mailbox", "good")
        #expect(result.exit == .status(65))
        #expect(
            result.errors.contains(
                "no mailbox \"god\" is configured, only \"good\", \"bad\", \"other\""),
            "\(result)")
    }

    /// A screen, and no book.
    @Test func aHundredMailboxes() async throws {
        let server = try LoginServer { $0.user == "m07" ? "%T NO [AUTHENTICATIONFAILED] x\n" : LoginServer.accepted }
        let names = (0..<100).map { $0 < 10 ? "m0\($0)" : "m\($0)" }
        let configuration = Configuration(try names.map { try server.mailbox($0) })
        var result = try await check(configuration)
        #expect(result.exit == .status(69))
        #expect(result.output.split(separator: "\n").count <= 110, "\(result)")
        #expect(
            result.output.contains("  ok   mailbox m99: idle, marked, 0 message(s), 0 from the sender\n"), "\(result)")
        #expect(result.output.contains("mailbox m07: m07 at 127.0.0.1"))
        #expect(result.output.hasSuffix("  BAD  summary: 1 of 100 mailbox(es) not usable: m07\n"), "\(result)")
        result = try await check(configuration, "--quiet")
        #expect(result.output.split(separator: "\n").count <= 6, "\(result)")
        // And so it is by the daemon.
        let daemon = try await Daemon.start(configuration)
        try await daemon.status("all but one are watched") { $0.mailboxes.count { $0.state == "watching" } == 99 }
        result = try await Client(socket: daemon.socket).check()
        #expect(result.exit == .status(69))
        #expect(result.output.split(separator: "\n").count <= 110, "\(result)")
        #expect(result.output.hasSuffix("  BAD  summary: 1 of 100 mailbox(es) not usable: m07\n"), "\(result)")
    }
}
