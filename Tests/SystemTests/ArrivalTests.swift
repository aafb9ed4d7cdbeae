import Testing
import Trials

/// Whenever and however the mail comes, its password is handed out.
@Suite(.staged) struct ArrivalTests {
    @Test func mailBeforeTheStart() async throws {
        let dovecot = try await Dovecot.start()
        let letter = try Letter()
        try await dovecot.deliver(letter)
        let daemon = try await Daemon.start(Configuration(.init(on: dovecot)))

        let claim = try await Client(socket: daemon.socket).claim("--wait", "4m")
        #expect(claim.exit == .status(0))
        let claimed = try claim.claimed
        #expect(claimed.password == letter.password)
        #expect(claimed.loginURL == letter.url)
        #expect(claimed.mailbox == "main")
        #expect(claimed.recipient == letter.to)
    }

    @Test func mailWhileWatching() async throws {
        let dovecot = try await Dovecot.start()
        let daemon = try await Daemon.start(Configuration(.init(on: dovecot)))
        try await daemon.watching()
        let letter = try Letter()
        try await dovecot.deliver(letter)
        try await daemon.status("the password is there") { $0.states == ["available"] }
        let claim = try await Client(socket: daemon.socket).claim()
        #expect(try claim.claimed.password == letter.password)
    }

    @Test func mailWhileDisconnected() async throws {
        let dovecot = try await Dovecot.start()
        let daemon = try await Daemon.start(Configuration(.init(on: dovecot)))
        try await daemon.watching()
        try await dovecot.stop()
        try await daemon.status("the connection is gone") { $0.mailboxes[0].state != "watching" }
        let letter = try Letter()
        try await dovecot.place(letter)
        try await dovecot.startAgain()

        let claim = try await Client(socket: daemon.socket).claim("--wait", "4m")
        #expect(try claim.claimed.password == letter.password)
        #expect(try await daemon.watching().mailbox().reconnects >= 1)
    }

    @Test func mailAfterTheServerCrashed() async throws {
        let dovecot = try await Dovecot.start()
        let daemon = try await Daemon.start(Configuration(.init(on: dovecot)))
        try await daemon.watching()
        try await dovecot.crash()
        try await dovecot.startAgain()
        let letter = try Letter()
        try await dovecot.deliver(letter)
        let claim = try await Client(socket: daemon.socket).claim("--wait", "4m")
        #expect(try claim.claimed.password == letter.password)
    }

    @Test func eachMailboxHasItsOwn() async throws {
        let dovecot = try await Dovecot.start(["one@example.co.jp", "two@example.co.jp"])
        let daemon = try await Daemon.start(
            Configuration(.init("one", on: dovecot, user: 0), .init("two", on: dovecot, user: 1)))
        let (first, second) = (try Letter(), try Letter())
        try await dovecot.deliver(first, to: "one@example.co.jp")
        try await dovecot.deliver(second, to: "two@example.co.jp")
        try await daemon.status("both are there") { $0.states == ["available", "available"] }

        let client = Client(socket: daemon.socket)
        #expect(try await client.claim("--mailbox", "one").claimed.password == first.password)
        #expect(try await client.claim("--mailbox", "one").exit == .status(75))
        let claimed = try await client.claim("--mailbox", "two").claimed
        #expect(claimed.password == second.password)
        #expect(claimed.mailbox == "two")
        #expect(try await client.claim("--mailbox", "three").exit == .status(65))
    }

    @Test(.enabled(if: Sockets.resolves("localhost"), "needs a machine that knows localhost"))
    func byTheServersName() async throws {
        let dovecot = try await Dovecot.start(names: ["localhost"])
        var mailbox = Configuration.Mailbox(on: dovecot)
        mailbox.host = "localhost"
        let daemon = try await Daemon.start(Configuration(mailbox))
        try await daemon.watching()
    }

    @Test func byStartTLS() async throws {
        let dovecot = try await Dovecot.start()
        var mailbox = Configuration.Mailbox(on: dovecot)
        mailbox.port = dovecot.imapPort
        mailbox.lines = ["tls = \"starttls\""]
        let daemon = try await Daemon.start(Configuration(mailbox))
        let letter = try Letter()
        try await dovecot.deliver(letter)
        let claim = try await Client(socket: daemon.socket).claim("--wait", "4m")
        #expect(try claim.claimed.password == letter.password)
        try await appears("TLS", in: dovecot.log)
    }

    @Test(
        arguments: chosen([
            ("IMAP4rev1 SASL-IR IDLE UIDPLUS CONDSTORE LITERAL+", "idle"),
            ("IMAP4rev1 SASL-IR UIDPLUS CONDSTORE LITERAL+", "poll"),
        ])) func fromServersThatPushLess(capabilities: String, arrival: String) async throws
    {
        let dovecot = try await Dovecot.start(settings: "imap_capability = \(capabilities)\n")
        var mailbox = Configuration.Mailbox(on: dovecot)
        mailbox.lines = ["poll = \"1s\""]
        let daemon = try await Daemon.start(Configuration(mailbox))
        #expect(try await daemon.watching().mailbox().arrival == arrival)
        let letter = try Letter()
        try await dovecot.deliver(letter)
        try await daemon.status("the password is there") { $0.states == ["available"] }
        #expect(try await Client(socket: daemon.socket).claim().claimed.password == letter.password)
    }

    /// Each half minute of a wait the mailbox is asked to prove itself among other questions. Dovecot answers some of them in an order of its
    /// own, and a session that ends by that is deaf for a while.
    @Test(
        arguments: chosen([
            "", "imap_capability = IMAP4rev1 SASL-IR IDLE UIDPLUS CONDSTORE LITERAL+\n",
            "imap_capability = IMAP4rev1 SASL-IR UIDPLUS CONDSTORE LITERAL+\n",
        ])) func aLongWaitIsOneSession(settings: String) async throws
    {
        let dovecot = try await Dovecot.start(settings: settings)
        let daemon = try await Daemon.start(Configuration(.init(on: dovecot)))
        try await daemon.watching()
        #expect(try await Client(socket: daemon.socket).claim("--wait", "35s").exit == .status(75))
        #expect(try await daemon.watching().mailboxes[0].reconnects == 0)
        #expect(!daemon.log.contains("mailbox-interrupted"))
    }

    @Test(arguments: chosen([Letter.Encoding.utf8Base64, .shiftJIS]))
    func inOtherCharsets(encoding: Letter.Encoding) async throws {
        let dovecot = try await Dovecot.start()
        var letter = try Letter()
        letter.encoding = encoding
        try await dovecot.deliver(letter)
        let daemon = try await Daemon.start(Configuration(.init(on: dovecot)))
        let claim = try await Client(socket: daemon.socket).claim("--wait", "4m")
        #expect(try claim.claimed.password == letter.password)
    }

    @Test func theMailIsLeftUnseenUntilItIsUsed() async throws {
        let dovecot = try await Dovecot.start()
        try await dovecot.deliver(Letter())
        let daemon = try await Daemon.start(Configuration(.init(on: dovecot)))
        try await daemon.status("the password is there") { $0.states == ["available"] }
        #expect(try await dovecot.flags() == [1: []])
    }
}
