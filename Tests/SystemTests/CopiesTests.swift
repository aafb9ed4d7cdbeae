import FoundationEssentials
import Testing
import Trials

/// The same mail in several places, or in another place than it was, on real servers: its password is given once.
@Suite(.staged) struct CopiesTests {
    private static let used = "$SecomOTPUsed"

    private func isUsed(_ dovecot: Dovecot, _ uids: UInt32..., user: String? = nil) async throws {
        try await eventually("each copy is marked") {
            let flags = try await dovecot.flags(of: user)
            return uids.allSatisfy { flags[$0]?.contains(Self.used) ?? false }
        }
    }

    @Test func twiceInOneFolderFarApart() async throws {
        let dovecot = try await Dovecot.start()
        let bytes = try Letter().bytes
        try await dovecot.deliver(bytes)
        var newsletter = try Letter()
        newsletter.from = "news@example.co.jp"
        for _ in 0..<1500 { try await dovecot.place(newsletter) }
        try await dovecot.doveadm("mailbox", "status", "-u", dovecot.users[0].address, "messages", "INBOX")
        try await dovecot.deliver(bytes)
        var daemon = try await Daemon.start(Configuration(.init(on: dovecot)))
        #expect(try await Client(socket: daemon.socket).claim("--wait", "4m").exit == .status(0))
        #expect(try await Client(socket: daemon.socket).claim().exit == .status(75))
        try await isUsed(dovecot, 1, 1502)
        try await daemon.kill()
        daemon = try await daemon.startAgain()
        try await daemon.status("both are read") { $0.passwords.count == 2 }
        #expect(try await Client(socket: daemon.socket).claim("--include-in-doubt").exit == .status(75))
    }

    /// In two mailboxes, on two servers; the second is away when it is claimed.
    @Test func inAMailboxThatIsAway() async throws {
        let servers = [try await Dovecot.start(), try await Dovecot.start()]
        let bytes = try Letter().bytes
        for server in servers { try await server.deliver(bytes) }
        let daemon = try await Daemon.start(Configuration(.init("a", on: servers[0]), .init("b", on: servers[1])))
        try await daemon.status("both are read") { $0.states == ["available", "refused"] }
        try await servers[1].crash()
        try await daemon.status("it is away") { $0.mailboxes[1].error != nil }
        let client = Client(socket: daemon.socket)
        #expect(try await client.claim("--wait", "40s").exit == .status(0))
        #expect(try await client.claim().exit == .status(75))
        try await servers[1].startAgain()
        try await isUsed(servers[1], 1)
        try await isUsed(servers[0], 1)
        try await daemon.watching()
        #expect(try await client.claim("--include-in-doubt").exit == .status(75))
    }

    /// And the one that has the mark is away when the daemon is started again.
    @Test func aRestartWithoutTheOneThatIsMarked() async throws {
        let servers = [try await Dovecot.start(), try await Dovecot.start()]
        let bytes = try Letter().bytes
        for server in servers { try await server.deliver(bytes) }
        var daemon = try await Daemon.start(Configuration(.init("a", on: servers[0]), .init("b", on: servers[1])))
        try await daemon.status("both are read") { $0.states == ["available", "refused"] }
        try await servers[1].crash()
        try await daemon.status("it is away") { $0.mailboxes[1].error != nil }
        #expect(try await Client(socket: daemon.socket).claim("--wait", "40s").exit == .status(0))
        try await isUsed(servers[0], 1)
        try await daemon.kill()
        try await servers[0].crash()
        try await servers[1].startAgain()
        daemon = try await daemon.startAgain()
        try await isUsed(servers[1], 1)
        let client = Client(socket: daemon.socket)
        #expect(try await client.claim("--include-in-doubt").exit == .status(75))
        try await servers[0].startAgain()
        try await daemon.watching()
        #expect(try await client.claim("--include-in-doubt").exit == .status(75))
    }

    /// By a filter and a person, before anybody had it. Where a daemon of ours may have done it, nobody can tell.
    @Test(arguments: chosen(["seen", "delete"])) func movedAwayAndBack(afterUse: String) async throws {
        let dovecot = try await Dovecot.start()
        let letter = try Letter()
        try await dovecot.deliver(letter)
        var mailbox = Configuration.Mailbox(on: dovecot)
        mailbox.lines = ["after_use = \"\(afterUse)\""]
        let daemon = try await Daemon.start(Configuration(mailbox))
        try await daemon.status("it is there") { $0.states == ["available"] }
        let user = dovecot.users[0].address
        try await dovecot.doveadm("mailbox", "create", "-u", user, "Junk")
        try await dovecot.doveadm("move", "-u", user, "Junk", "mailbox", "INBOX", "all")
        try await daemon.status("it is gone") { $0.states != ["available"] }
        try await dovecot.doveadm("move", "-u", user, "INBOX", "mailbox", "Junk", "all")
        let client = Client(socket: daemon.socket)
        guard afterUse == "delete" else {
            #expect(try await client.claim("--wait", "4m").claimed.password == letter.password)
            return
        }
        try await daemon.status("it is back") { status in
            status.passwords.contains { $0.state == "inDoubt" && $0.id.hasSuffix("/2") }
        }
        #expect(try await client.claim().exit == .status(75))
        #expect(try await client.claim("--include-in-doubt").claimed.password == letter.password)
    }

    /// The old account's numbers are the new one's too.
    @Test func anotherAccountBehindAReload() async throws {
        let addresses = ["a@example.co.jp", "b@example.co.jp"]
        let dovecot = try await Dovecot.start(addresses)
        let letters = [try Letter(), try Letter(), try Letter()]
        try await dovecot.deliver(letters[0], to: addresses[0])
        try await dovecot.deliver(letters[1], to: addresses[0])
        try await dovecot.deliver(letters[2], to: addresses[1])
        try await number(addresses[1], as: addresses[0], in: dovecot)
        let daemon = try await Daemon.start(Configuration(.init(on: dovecot)))
        try await daemon.status("both are there") { $0.states == ["available", "available"] }
        let client = Client(socket: daemon.socket)
        let peer = try Peer(daemon)
        let held = try await peer.claim()
        #expect(try await client.claim().exit == .status(0))

        try Configuration(.init(on: dovecot, user: 1)).write(over: daemon)
        try await daemon.reload()
        #expect(try await client.claim("--wait", "4m").claimed.password == letters[2].password)
        #expect(try await client.claim("--include-in-doubt").exit == .status(75))
        #expect(try await client.settle(held.id, "rejected").exit == .status(0))
        #expect(try await dovecot.flags(of: addresses[1])[1]?.contains("$SecomOTPRejected") == false)

        // And back again.
        try Configuration(.init(on: dovecot)).write(over: daemon)
        try await daemon.reload()
        try await daemon.watching()
        #expect(try await client.claim().exit == .status(75))
        #expect(try await client.claim("--mailbox", "main").exit == .status(75))
    }

    /// Gives one user's inbox the UIDVALIDITY of another's.
    private func number(_ user: String, as other: String, in dovecot: Dovecot) async throws {
        func list(_ user: String) -> String { "\(dovecot.directory)/mail/\(user)/Maildir/dovecot-uidlist" }
        func validity(_ text: String) -> Substring { text.split(separator: " ").first { $0.hasPrefix("V") } ?? "" }
        let mine = try String(contentsOfFile: list(user), encoding: .utf8)
        let theirs = try String(contentsOfFile: list(other), encoding: .utf8)
        let inbox = "\(dovecot.directory)/mail/\(user)/Maildir"
        for file in try FileManager.default.contentsOfDirectory(atPath: inbox) where file.hasPrefix("dovecot.index") {
            try FileManager.default.removeItem(atPath: "\(inbox)/\(file)")
        }
        try mine.replacing(validity(mine), with: validity(theirs), maxReplacements: 1)
            .write(toFile: list(user), atomically: false, encoding: .utf8)
        func told(_ user: String) async throws -> String {
            try await dovecot.doveadm("-f", "tab", "mailbox", "status", "-u", user, "uidvalidity", "INBOX")
        }
        let (my, their) = (try await told(user), try await told(other))
        #expect(my == their)
    }
}
