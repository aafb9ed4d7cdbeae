import Testing

/// A link that dies without a word: both ends believe that it stands.
@Suite(.staged, .enabled(if: Link.isPossible, "needs root, ip(8) and network namespaces"))
struct LinkTests {
    /// Known within 60 s by keepalive alone, since an idle session sends nothing; and the mail of the gap is not lost.
    @Test func aDeadLinkIsKnownWithinAMinute() async throws {
        let link = try await Link()
        let dovecot = try await Dovecot.start(names: [link.near], settings: "listen = \(link.near), 127.0.0.1\n")
        var mailbox = Configuration.Mailbox(on: dovecot)
        mailbox.host = link.near
        let daemon = try await Daemon.start(Configuration(mailbox), behind: link)
        try await daemon.watching()
        try await link.die()
        let letter = try Letter()
        try await dovecot.deliver(letter)
        try await daemon.status("the link is known to be dead", within: .seconds(60)) { $0.mailboxes[0].error != nil }
        try await link.restore()
        let claim = try await Client(socket: daemon.socket).claim("--wait", "4m")
        #expect(try claim.claimed.password == letter.password)
    }

    /// A claimant waits: the daemon asks, and no answer comes within the command's 30 seconds.
    @Test func aDeadLinkIsKnownSoonerWhileSomebodyWaits() async throws {
        let link = try await Link()
        let dovecot = try await Dovecot.start(names: [link.near], settings: "listen = \(link.near), 127.0.0.1\n")
        var mailbox = Configuration.Mailbox(on: dovecot)
        mailbox.host = link.near
        let daemon = try await Daemon.start(Configuration(mailbox), behind: link)
        try await daemon.watching()
        try await link.die()
        let waiting = try Client(socket: daemon.socket).starting(["--wait", "4m"])
        try await daemon.status("the link is known to be dead", within: .seconds(40)) { $0.mailboxes[0].error != nil }
        try await link.restore()
        let letter = try Letter()
        try await dovecot.deliver(letter)
        let claim = try await Client.result(of: waiting)
        #expect(try claim.claimed.password == letter.password)
    }
}
