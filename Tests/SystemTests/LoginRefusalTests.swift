import FoundationEssentials
import Testing
import Trials

/// A login that is refused: what Status says of it, when it is tried again, and what brings that forward.
@Suite(.staged) struct LoginRefusalTests {
    struct Refusal: Sendable, CustomStringConvertible {
        let name, answer, state, error: String
        /// Until the next attempt.
        let seconds: Double
        var description: String { name }

        init(_ name: String, _ answer: String, _ state: String, _ error: String, _ seconds: Double) {
            (self.name, self.answer, self.state, self.error, self.seconds) = (name, answer, state, error, seconds)
        }
    }

    private static let refusals: [Refusal] = [
        .init(
            "throttled", "%T BAD Request is throttled. Suggested Backoff Time: 89117 milliseconds\n", "retrying",
            "throttling this account and asks to be left alone for 89 s; until 20", 89.117),
        .init(
            "too-many", "%T NO [ALERT] Too many simultaneous connections. (Failure)\n", "retrying",
            "too many connections; until 20", 30),
        .init(
            "too-many-before", "* NO [ALERT] Too many simultaneous connections.\n%T NO x\n", "retrying",
            "too many connections", 30),
        .init("too-many-bye", "* BYE Too many connections\n", "retrying", "too many connections", 30),
        .init("overquota", "%T NO [OVERQUOTA] Account exceeded limits\n", "retrying", "throttling", 30),
        .init(
            "server-unavailable", "%T NO Server Unavailable. 15\n", "retrying", "because of a problem on its side", 30),
        .init("not-understood", "%T BAD x\n", "retrying", "did not understand the login", 30),
        .init("credential", "%T NO [AUTHENTICATIONFAILED] x\n", "failed", "check user and password", 300),
        .init("credential-bare", "%T NO LOGIN failed.\n", "failed", "check user and password", 300),
    ]

    /// And a reload tries again at once.
    @Test(arguments: chosen(refusals)) func whatItMeansAndAReload(refusal: Refusal) async throws {
        let begun = Date.now
        let server = try LoginServer { _ in refusal.answer }
        let daemon = try await Daemon.start(Configuration(try server.mailbox()))
        let told = try await daemon.refused()
        #expect(told.state == refusal.state)
        #expect(told.error?.contains(refusal.error) == true, "\(told)")
        let next = try told.next
        #expect(next > begun + refusal.seconds - 1 && next < .now + refusal.seconds * 1.05 + 1, "\(told)")
        try await appears(told.error?.split(separator: ";").first.map(String.init) ?? "?", in: daemon.log)

        server.accepts()
        try await daemon.reload()
        #expect(try await daemon.watching().mailbox().roundTrip < next)
        #expect(server.logins.count == 2)
    }

    @Test func withoutAReasonByAServerThatTookItBefore() async throws {
        let server = try LoginServer { _ in LoginServer.accepted }
        let daemon = try await Daemon.start(Configuration(try server.mailbox()))
        try await daemon.watching()
        let begun = Date.now
        server.answers { _ in "%T NO AUTHENTICATE failed.\n" }
        server.hangUp()
        let told = try await daemon.status("it is refused") {
            $0.mailboxes[0].error?.contains("refused the login") ?? false
        }.mailbox()
        #expect(told.state == "retrying" && told.error?.contains("accepted the same login before") == true, "\(told)")
        #expect(try told.next > begun + 29 && told.next < .now + 33, "\(told)")
    }

    /// It is not the password that the server took.
    @Test func withoutAReasonAfterAChange() async throws {
        let (server, daemon, file) = try await startWithFile { _ in LoginServer.accepted }
        try await daemon.watching()
        try Stage.require().secret().write(toFile: file, atomically: true, encoding: .utf8)
        server.answers { _ in "%T NO AUTHENTICATE failed.\n" }
        server.hangUp()
        let told = try await daemon.status("it is refused") {
            $0.mailboxes[0].error?.contains("refused the login") ?? false
        }.mailbox()
        #expect(told.state == "failed", "\(told)")
    }

    @Test func aChangedCredentialFileIsTriedAtOnce() async throws {
        let secret = try Stage.require().secret()
        let (server, daemon, file) = try await startWithFile {
            $0.secret == secret ? LoginServer.accepted : "%T NO [AUTHENTICATIONFAILED] x\n"
        }
        let next = try await daemon.refused().next
        try "\(secret)\n".write(toFile: file, atomically: true, encoding: .utf8)
        #expect(try await daemon.watching().mailbox().roundTrip < next)
        #expect(server.logins.count == 2)
    }

    private static let staleToken = "+ eyJzdGF0dXMiOiI0MDAifQ==\n%T NO [AUTHENTICATIONFAILED] x\n"

    @Test func aStaleTokenIsAskedForAnewAtOnce() async throws {
        let server = try LoginServer("XOAUTH2") { $0.secret == "token-2" ? LoginServer.accepted : Self.staleToken }
        let daemon = try await Daemon.start(Configuration(try withHelper(server)))
        try await daemon.watching()
        #expect(server.logins.map(\.secret) == ["token-1", "token-2"])
    }

    @Test func aTokenThatIsRefusedTwiceCounts() async throws {
        let begun = Date.now
        let server = try LoginServer("XOAUTH2") { _ in Self.staleToken }
        let daemon = try await Daemon.start(Configuration(try withHelper(server)))
        let told = try await daemon.status("it is given up for now") { $0.mailboxes[0].state == "failed" }.mailbox()
        #expect(told.error == "the server refused the access token [AUTHENTICATIONFAILED]")
        #expect(try told.next > begun + 299)
        #expect(server.logins.map(\.secret) == ["token-1", "token-2"])
        #expect(!daemon.log.contains("token-"))
    }

    /// Nobody locks an account by claiming, nor asks sooner than the server said.
    @Test func whatAClaimBringsForward() async throws {
        var servers: [String: LoginServer] = [:]
        for refusal in Self.refusals where ["throttled", "too-many", "credential"].contains(refusal.name) {
            servers[refusal.name] = try LoginServer { _ in refusal.answer }
        }
        let daemon = try await Daemon.start(
            Configuration(try servers.sorted { $0.key < $1.key }.map { try $1.mailbox($0) }))
        let before = try await daemon.status("all are refused") {
            $0.mailboxes.allSatisfy { $0.nextAttemptAt != nil }
        }
        let peer = try Peer(daemon)
        defer { peer.hangUp() }
        try peer.send(#"{"method":"org.secom-otpd.Handoff.Claim","parameters":{"waitSeconds":240}}"#)
        // The first to come has come sooner than it would have.
        try await eventually("a second login") { servers["too-many"]?.logins.count == 2 }
        #expect(try before.mailbox("too-many").next > .now)
        let after = try await daemon.status()
        for name in ["throttled", "credential"] {
            #expect(abs(try after.mailbox(name).next.timeIntervalSince(try before.mailbox(name).next)) < 2, "\(name)")
            #expect(servers[name]?.logins.count == 1, "\(name)")
        }
    }

    // MARK: -

    private func startWithFile(_ answer: @escaping LoginServer.Answer) async throws -> (LoginServer, Daemon, String) {
        let server = try LoginServer(answer: answer)
        var mailbox = try server.mailbox()
        let file = try Stage.require().scratch.write("\(mailbox.password)\n", to: "changing")
        mailbox.login = #"password = { file = "\#(file)" }"#
        return (server, try await Daemon.start(Configuration(mailbox)), file)
    }

    /// Its helper gives token-1, token-2 and so on.
    private func withHelper(_ server: LoginServer) throws -> Configuration.Mailbox {
        let calls = "\(try Stage.require().scratch.path)/calls"
        var mailbox = try server.mailbox()
        mailbox.login =
            #"oauth2_token = { command = ["/bin/sh", "-c", "echo x >>\#(calls); echo token-$(wc -l <\#(calls))"] }"#
        return mailbox
    }
}

extension Daemon {
    /// How the mailbox is doing once it has been refused.
    fileprivate func refused() async throws -> Status.Mailbox {
        try await status("it is refused") { $0.mailboxes[0].nextAttemptAt != nil }.mailbox()
    }
}

extension Status.Mailbox {
    fileprivate var next: Date { get throws { try Self.date(nextAttemptAt) } }
    fileprivate var roundTrip: Date { get throws { try Self.date(lastRoundTripAt) } }

    private static func date(_ text: String?) throws -> Date {
        let text = try #require(text)
        return try Date.ISO8601FormatStyle(includingFractionalSeconds: text.contains(".")).parse(text)
    }
}
