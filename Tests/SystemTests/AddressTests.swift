import Glibc
import Testing
import Trials

/// A server with several addresses, of which some take a connection and are of no use.
@Suite(.staged) struct AddressTests {
    /// What the first address does with a connection.
    enum Uselessness: String, Sendable, CaseIterable {
        case silent, closes, resets, junk, turnsAway = "bye", greetsAndGoes = "greets-and-goes", deaf =
            "greets-and-is-deaf"

        func serve(_ connection: Int32) throws {
            switch self {
            case .silent: break
            case .closes: return
            case .resets: return Listener.reset(connection)
            case .junk: return try Sockets.send(Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8), to: connection)
            case .turnsAway: return try Sockets.send(Array("* BYE [UNAVAILABLE] later\r\n".utf8), to: connection)
            case .greetsAndGoes: return try Sockets.send(Array("* OK ready\r\n".utf8), to: connection)
            case .deaf: try Sockets.send(Array("* OK ready\r\n".utf8), to: connection)
            }
            while try !Sockets.receive(from: connection).isEmpty {}
        }
    }

    private static let tables: [(how: Uselessness, protection: String)] =
        [.silent, .closes, .resets, .junk, .turnsAway].map { ($0, "implicit") }
        + Uselessness.allCases.map { ($0, "starttls") }

    /// IPv6 behind a broken tunnel, a balancer in front of a dead backend. The other address has its turn within the same attempt,
    /// and from then on before the first.
    @Test(arguments: chosen(tables) { "\($0.how.rawValue)-\($0.protection)" }) func theNextAddressIsTriedAtOnce(
        how: Uselessness, protection: String
    ) async throws {
        let (dovecot, mailbox) = try await self.server(protection)
        let seen = Seen()
        let useless = try Listener(besides: mailbox.port) { connection, _ in
            seen.add([])
            try how.serve(connection)
        }
        try Stage.require().atEnd { useless.end() }
        let daemon = try await Daemon.start(Configuration(mailbox))
        try await daemon.watching()
        #expect(seen.count == 1)
        #expect(!daemon.log.contains("mailbox-interrupted"))

        // The session ends, the server does not.
        try await dovecot.doveadm("kick", mailbox.user)
        try await daemon.status("it is back") { $0.mailboxes[0].reconnects == 1 && $0.mailboxes[0].state == "watching" }
        // A reset may be there before the connection is looked at: then it was none, and the race goes on without it each time.
        if how != .resets { #expect(seen.count == 1) }
    }

    /// A session that ends before the mailbox is watched speaks against its address, too.
    @Test func anAddressThatIsDeafAtTheLogin() async throws {
        let (_, mailbox) = try await server("off")
        let seen = Seen()
        let useless = try Listener(besides: mailbox.port) { connection, _ in
            seen.add([])
            try Sockets.send(Array("* OK ready\r\n".utf8), to: connection)
            let tag = try Sockets.receive(from: connection).prefix { $0 != 32 }
            let answer = Array("* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR\r\n".utf8) + tag + Array(" OK x\r\n".utf8)
            try Sockets.send(answer, to: connection)
            _ = try Sockets.receive(from: connection)
            try Sockets.send(Array("* BYE not here\r\n".utf8), to: connection)
        }
        try Stage.require().atEnd { useless.end() }
        let daemon = try await Daemon.start(Configuration(mailbox))
        try await daemon.watching()
        #expect(seen.count == 1)
    }

    /// Where none is of use, what is told is what one of them did, not that the other cannot be reached; and each has its turn.
    @Test func whereNoneIsOfUse() async throws {
        let listener = try Listener { connection, _ in try Uselessness.turnsAway.serve(connection) }
        let seen = Seen()
        let useless = try Listener(besides: listener.port) { connection, _ in
            seen.add([])
            try Uselessness.closes.serve(connection)
        }
        for each in [listener, useless] { try Stage.require().atEnd { each.end() } }
        var mailbox = Configuration.Mailbox(
            "main", port: listener.port, user: "user", password: try Stage.require().secret())
        mailbox.host = "localhost"
        let daemon = try await Daemon.start(Configuration(mailbox))
        let told = try await daemon.status("it has an error") { $0.mailboxes[0].error != nil }.mailbox()
        #expect(told.error?.contains("[UNAVAILABLE] during the greeting") == true, "\(told.error ?? "nothing")")
        try await eventually("it is tried again") { seen.count > 1 }
    }

    /// Of forty addresses one answers, the last that is tried.
    @Test(.enabled(if: PrivateFiles.isPossible, "needs root and unshare(1)")) func theLastOfManyAddresses() async throws
    {
        let dovecot = try await Dovecot.start(names: ["many.example"], settings: "listen = 127.0.0.1, 127.0.9.40\n")
        let hosts = (1...40).map { "127.0.9.\($0) many.example\n" }.joined()
        var mailbox = Configuration.Mailbox(on: dovecot)
        mailbox.host = "many.example"
        let daemon = try await Daemon.start(Configuration(mailbox), by: PrivateFiles.with(["/etc/hosts": hosts]))
        try await daemon.watching()
        #expect(!daemon.log.contains("mailbox-interrupted"))
    }

    /// A name server that takes questions and answers none is not waited for at the end.
    @Test(.enabled(if: PrivateFiles.isPossible, "needs root and unshare(1)")) func aSilentNameServerHoldsNoStopUp()
        async throws
    {
        let server = try Sockets.silentNameServer()
        defer { close(server.descriptor) }
        let resolver = "nameserver \(server.address)\noptions timeout:30 attempts:5\n"
        var mailbox = Configuration.Mailbox("main", port: 993, user: "user", password: try Stage.require().secret())
        (mailbox.host, mailbox.lines) = ("mail.example", [])
        let daemon = try await Daemon.start(
            Configuration(mailbox), by: PrivateFiles.with(["/etc/resolv.conf": resolver]))
        try await background { _ = try Sockets.receive(from: server.descriptor) }
        // Less than the resolver's first timeout.
        #expect(try await daemon.stop(within: .seconds(20)) == .status(0))
    }

    private func server(_ protection: String) async throws -> (dovecot: Dovecot, mailbox: Configuration.Mailbox) {
        let dovecot = try await Dovecot.start(names: ["localhost"])
        var mailbox = Configuration.Mailbox(on: dovecot)
        mailbox.host = "localhost"
        if protection != "implicit" {
            (mailbox.port, mailbox.lines) = (dovecot.imapPort, ["tls = \"\(protection)\""])
            if protection == "off" { mailbox.authority = nil }
        }
        return (dovecot, mailbox)
    }
}
