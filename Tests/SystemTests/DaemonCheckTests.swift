import Glibc
import Testing
import Trials

/// `secom-otp check`: the daemon's own look at its mailboxes.
@Suite(.staged) struct DaemonCheckTests {
    private static let method = "org.secom-otpd.Handoff.Check"
    private static let asked = #"{"method":"\#(method)","more":true}"#

    @Test func ofAMailboxThatServes() async throws {
        let dovecot = try await Dovecot.start()
        try await dovecot.deliver(Letter())
        let daemon = try await Daemon.start(Configuration(.init(on: dovecot)))
        try await daemon.status("it is there") { $0.states == ["available"] }
        let result = try await Client(socket: daemon.socket).check()
        #expect(result.exit == .status(0), "\(result)")
        #expect(result.output.hasPrefix("mailbox main: webmaster@example.co.jp at 127.0.0.1 port "))
        for words in [
            "ok   TLS: implicit", "ok   login: accepted", "ok   arrival: pushed (NOTIFY)", "ok   claims: exclusive",
            "ok   folder: INBOX, 1 message(s)", ": accepted, available", "ok   summary: 1 of 1 mailbox(es) usable",
        ] {
            #expect(result.output.contains(words), "\(result)")
        }
        #expect(try await dovecot.flags() == [1: []])

        // Within a minute it is the last answer, and no login.
        #expect(dovecot.logins == 2)
        let again = try await Client(socket: daemon.socket).check("--mailbox", "main")
        #expect(again.exit == .status(0))
        #expect(again.output.contains("ok   login: accepted") && again.output.contains("once a minute"), "\(again)")
        #expect(dovecot.logins == 2)
        // A reload has everything looked at anew.
        try await daemon.reload()
        #expect(try await !Client(socket: daemon.socket).check().output.contains("once a minute"))
        #expect(dovecot.logins == 3)
    }

    @Test func aLoginThatIsHeldBackIsToldWithoutOne() async throws {
        let stage = try Stage.require()
        let dovecot = try await Dovecot.start(["one@example.co.jp", "two@example.co.jp"])
        var bad = Configuration.Mailbox("bad", on: dovecot, user: 1)
        bad.password = stage.secret()
        let daemon = try await Daemon.start(Configuration(.init("good", on: dovecot), bad))
        try await daemon.status("one is refused") {
            $0.mailboxes.contains { $0.name == "bad" && $0.nextAttemptAt != nil }
        }
        #expect(dovecot.refusals == 1)
        let result = try await Client(socket: daemon.socket).check()
        #expect(result.exit == .status(69), "\(result)")
        for words in [
            "note login: not tried: ", "BAD  error: the server refused the login", "→ Check user and password",
            "BAD  summary: 1 of 2 mailbox(es) not usable: bad",
        ] {
            #expect(result.output.contains(words), "\(result)")
        }
        #expect(dovecot.refusals == 1)
        #expect(try await Client(socket: daemon.socket).check("--mailbox", "good").exit == .status(0))
    }

    /// What the daemon itself is refused at a look counts as well: its session stands, and nobody locks the account by asking.
    @Test func nobodyLocksAnAccountByChecking() async throws {
        let server = try LoginServer { _ in LoginServer.accepted }
        let daemon = try await Daemon.start(Configuration(try server.mailbox()))
        try await daemon.watching()
        server.answers { _ in "%T NO [AUTHENTICATIONFAILED] x\n" }
        let client = Client(socket: daemon.socket)
        for _ in 0..<2 {
            let result = try await client.check()
            #expect(result.exit == .status(69) && result.output.contains("BAD  error: the server refused"), "\(result)")
        }
        #expect(server.logins.count == 2)
        #expect(try await daemon.status().mailbox().state == "watching")
    }

    /// It is the look's own connection that is one too many.
    @Test func aServerThatAllowsOneConnection() async throws {
        let server = try LoginServer { _ in LoginServer.accepted }
        let daemon = try await Daemon.start(Configuration(try server.mailbox()))
        try await daemon.watching()
        server.answers { _ in "%T NO [ALERT] Too many simultaneous connections. (Failure)\n" }
        let result = try await Client(socket: daemon.socket).check()
        #expect(result.exit == .status(0), "\(result)")
        #expect(
            result.output.contains("note connections: the server allows this account no further connection"),
            "\(result)")
        #expect(!result.output.contains("BAD"))
    }

    /// Deaf to the look, while the first session stands.
    private func withADeafServer(
        _ others: [Configuration.Mailbox] = [], _ body: (Daemon, Listener) async throws -> Void
    ) async throws {
        let connections = Seen()
        let listener = try Listener { connection, _ in
            connections.add([])
            var byte: UInt8 = 0
            while recv(connection, &byte, 1, 0) > 0 {}
        }
        try Stage.require().atEnd { listener.end() }
        let deaf = Configuration.Mailbox(
            "deaf", port: listener.port, user: "user", password: try Stage.require().secret(), protection: "off")
        let daemon = try await Daemon.start(Configuration([deaf] + others))
        // The watch waits for a greeting, and so does the look.
        try await eventually("the watch connects") { connections.count >= 1 }
        let before = connections.count
        let peer = try Peer(daemon)
        try peer.send(Self.asked)
        try await eventually("the look connects") { connections.count > before }
        try await body(daemon, listener)
        peer.hangUp()
    }

    @Test func oneAtATime() async throws {
        try await withADeafServer { daemon, listener in
            let second = try Peer(daemon)
            try second.send(Self.asked)
            try await eventually("an answer") { !second.messages.isEmpty }
            #expect(second.messages[0].contains("org.secom-otpd.Handoff.Busy"), "\(second.messages)")
            let client = try await Client(socket: daemon.socket).check()
            #expect(client.exit == .status(69) && client.errors.contains("another check is running"), "\(client)")
            listener.end()
        }
    }

    /// Neither a claim, nor a reload, nor a stop.
    @Test func itHoldsUpNothing() async throws {
        let dovecot = try await Dovecot.start()
        try await withADeafServer([.init(on: dovecot)]) { daemon, _ in
            let letter = try Letter()
            try await dovecot.deliver(letter)
            let claimed = try await Client(socket: daemon.socket).claim("--wait", "4m")
            #expect(try claimed.claimed.password == letter.password)
            try await daemon.reload()
            let waiting = try Peer(daemon)
            #expect(try await waiting.call("org.secom-otpd.Handoff.Status").contains("mailboxes"))
            #expect(try await daemon.stop() == .status(0))
        }
    }

    @Test func errors() async throws {
        let dovecot = try await Dovecot.start()
        let daemon = try await Daemon.start(Configuration(.init(on: dovecot)))
        let peer = try Peer(daemon)
        #expect(try await peer.call(Self.method).contains("org.varlink.service.ExpectedMore"))
        let unknown = try await Client(socket: daemon.socket).check("--mailbox", "x")
        #expect(unknown.exit == .status(65) && unknown.errors.contains("no mailbox \"x\""), "\(unknown)")
        #expect(try await Client(socket: daemon.socket).check("--nonsense").exit == .status(64))
        #expect(try await Client(socket: "\(daemon.socket).not").check().exit == .status(69))
    }

    @Test(.enabled(if: geteuid() == 0, "needs root, to become somebody else")) func whoMayNotAskForStatus() async throws
    {
        let dovecot = try await Dovecot.start()
        var configuration = Configuration(.init(on: dovecot))
        configuration.socketLines = ["mode = \"0666\"", "status = [\"root\"]"]
        let daemon = try await Daemon.start(configuration)
        try await daemon.watching()
        let program = ["--reuid=nobody", "--clear-groups", "--", Place.program("secom-otp"), "check", "--socket"]
        let result = try await Client.result(of: Subprocess("/usr/bin/setpriv", program + [daemon.socket]))
        #expect(result.exit == .status(77), "\(result)")
        #expect(dovecot.logins == 1)
    }
}

extension Dovecot {
    /// Logins that it took. What 2.3 logs, and 2.4.
    fileprivate var logins: Int {
        log.split(separator: "\n").count { $0.contains("Login:") || $0.contains("Logged in:") }
    }
    /// Logins that it refused.
    fileprivate var refusals: Int { log.lowercased().split(separator: "\n").count { $0.contains("password mismatch") } }
}
