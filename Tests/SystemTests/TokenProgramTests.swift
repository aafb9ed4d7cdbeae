import FoundationEssentials
import Testing
import Trials

/// The programs that fetch access tokens, run by the daemon: from a token endpoint to a mailbox that is watched. (What they send, and what they
/// say of each refusal, is Tests/Tokens'.)
@Suite(.staged, .enabled(if: TokenEndpoint.canBeAsked, "needs /usr/bin/python3 and /usr/bin/openssl"))
struct TokenProgramTests {
    private static let numbered = #"{"body": {"access_token": "token-%N", "token_type": "Bearer"}}"#
    private static let expired =
        #"{"status": 401, "body": {"error": "invalid_client", "error_description": "AADSTS7000222: The provided client secret keys are expired.", "error_codes": [7000222]}}"#
    private static let clock =
        #"{"status": 400, "seconds": 3600, "body": {"error": "invalid_grant", "error_description": "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe."}}"#

    /// A server that takes any token, and a daemon that has them from the endpoint.
    private func watching(_ endpoint: TokenEndpoint) async throws -> (LoginServer, Daemon) {
        let server = try LoginServer("XOAUTH2") { _ in LoginServer.accepted }
        var mailbox = try server.mailbox()
        mailbox.login = endpoint.microsoft
        let daemon = try await endpoint.daemon(Configuration(mailbox))
        try await daemon.watching()
        return (server, daemon)
    }

    @Test(arguments: chosen(["microsoft", "google"])) func aMailboxIsWatched(provider: String) async throws {
        let endpoint = try await TokenEndpoint.start("{}")
        let dovecot = try await Dovecot.start(settings: "auth_mechanisms = xoauth2\n")
        try endpoint.gives(try await dovecot.token(of: dovecot.users[0].address))
        var configuration = Configuration(.init(on: dovecot))
        let google = try await endpoint.google(for: dovecot.users[0].address)
        configuration.mailboxes[0].login = provider == "google" ? google : endpoint.microsoft
        let daemon = try await endpoint.daemon(configuration)
        try await daemon.watching()
        try await appears("method=XOAUTH2", in: dovecot.log)
        try await dovecot.deliver(Letter())
        #expect(try await Client(socket: daemon.socket).claim("--wait", "5m").exit == .status(0))
    }

    /// A token lives for an hour, and the server ends the session with it.
    @Test func aSessionThatEndsWithItsTokenIsFollowedByOneWithANewOne() async throws {
        let endpoint = try await TokenEndpoint.start(Self.numbered)
        let (server, daemon) = try await watching(endpoint)
        server.hangUp()
        try await eventually("a second login") { server.logins.count == 2 }
        try await daemon.watching()
        #expect(server.logins.map(\.secret) == ["token-1", "token-2"])
    }

    /// What the endpoint says stands in Status, in the log and in `check`, with what to do; once it is mended all goes on by itself.
    @Test(
        arguments: chosen([
            ("expired", expired, ["AADSTS7000222", "the client secret has expired", "microsoft365-secret"]),
            ("clock", clock, ["invalid_grant", "timedatectl", "behind that of localhost"]),
            ("away", #"{"status": 503, "headers": {"Retry-After": "20"}}"#, ["HTTP 503", "20 s"]),
        ])) func whyThereIsNoTokenIsTold(name: String, answer: String, words: [String]) async throws
    {
        let endpoint = try await TokenEndpoint.start(answer)
        let server = try LoginServer("XOAUTH2") { _ in LoginServer.accepted }
        var mailbox = try server.mailbox()
        mailbox.login = name == "clock" ? try await endpoint.google(for: "user@example.co.jp") : endpoint.microsoft
        let configuration = Configuration(mailbox)
        let daemon = try await endpoint.daemon(configuration)
        let status = try await daemon.status("there is no token") { $0.mailboxes[0].error != nil }
        let told = try #require(status.mailboxes[0].error)
        for word in ["no credential for the login"] + words { #expect(told.contains(word), "\(told)") }
        try await appears(words[0], in: daemon.log)

        let (file, _) = try configuration.write()
        let check = try await run(
            "secom-otpd", "check", "--config", file, environment: ["CREDENTIALS_DIRECTORY": endpoint.credentials])
        #expect(check.exit == .status(69))
        for word in words { #expect(check.output.contains(word), "\(check)") }
        #expect(server.logins.isEmpty)

        try endpoint.answers(Self.numbered)
        try await daemon.watching()
    }

    @Test func theEndpointGoesAwayAndComesBack() async throws {
        let endpoint = try await TokenEndpoint.start(Self.numbered)
        let (server, daemon) = try await watching(endpoint)
        endpoint.stop()
        server.hangUp()
        try await daemon.status("no token is to be had") {
            $0.mailboxes[0].error?.contains("localhost port") == true && $0.mailboxes[0].state == "retrying"
        }
        try await endpoint.startAgain()
        try await daemon.watching()
    }

    /// While it runs, no process shows the secret, neither in its arguments nor in its environment.
    @Test func theSecretIsNoArgumentAndNotInTheEnvironment() async throws {
        let endpoint = try await TokenEndpoint.start(#"{"how": "hang"}"#)
        let server = try LoginServer("XOAUTH2") { _ in LoginServer.accepted }
        var mailbox = try server.mailbox()
        mailbox.login = endpoint.microsoft
        let daemon = try await endpoint.daemon(Configuration(mailbox))
        try await eventually("a program asks") { endpoint.requests > 0 }
        // Its parent may be any of the daemon's threads.
        let threads = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(daemon.process.pid)/task")
        let children = try threads.flatMap {
            try Proc.text(of: "/proc/\(daemon.process.pid)/task/\($0)/children").split(separator: " ")
        }
        #expect(children.count == 1)
        for child in children {
            for file in ["cmdline", "environ"] { try noSecret(in: "/proc/\(child)/\(file)") }
        }
    }
}
