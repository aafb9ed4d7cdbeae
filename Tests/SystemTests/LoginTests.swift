import Testing
import Trials

/// The ways to prove who one is, as servers offer them.
@Suite(.staged) struct LoginTests {
    @Test(
        arguments: chosen([
            // SASL PLAIN in the same flight, and asked for first.
            ("auth_mechanisms = plain\n", "method=PLAIN"),
            ("auth_mechanisms = plain\nimap_capability = IMAP4rev1 IDLE UIDPLUS CONDSTORE LITERAL+\n", "method=PLAIN"),
            ("auth_mechanisms = scram-sha-256\n", "method=SCRAM-SHA-256"),
        ])) func byPassword(settings: String, method: String) async throws
    {
        let dovecot = try await Dovecot.start(settings: settings)
        let daemon = try await Daemon.start(Configuration(.init(on: dovecot)))
        try await daemon.watching()
        try await appears(method, in: dovecot.log)
    }

    /// Quotes, backslashes and 8-bit in a password are its own affair.
    @Test(arguments: chosen([#"q"uo\te"#, "pässwörd", "パスワード"])) func withAnOddPassword(password: String) async throws {
        let dovecot = try await Dovecot.start()
        try dovecot.add("odd@example.co.jp", password: password)
        var mailbox = Configuration.Mailbox(on: dovecot)
        (mailbox.user, mailbox.password) = ("odd@example.co.jp", password)
        let daemon = try await Daemon.start(Configuration(mailbox))
        try await daemon.watching()
    }

    /// A token is asked for at each login, by a command; the server that does not offer XOAUTH2 never sees it.
    @Test func aTokenNeedsXOAUTH2() async throws {
        let dovecot = try await Dovecot.start()
        var configuration = Configuration(.init(on: dovecot))
        configuration.mailboxes[0].login = #"oauth2_token = { command = ["/bin/sh", "-c", "echo token"] }"#
        let daemon = try await Daemon.start(configuration)
        let status = try await daemon.status("it says what is missing") { $0.mailboxes[0].error != nil }
        #expect(status.mailboxes[0].error?.contains("XOAUTH2") == true)
    }

    @Test func aCommandThatFailsIsNamed() async throws {
        let dovecot = try await Dovecot.start()
        var configuration = Configuration(.init(on: dovecot))
        configuration.mailboxes[0].login =
            #"password = { command = ["/bin/sh", "-c", "echo secret-42; echo secret-43 >&2; exit 3"] }"#
        let daemon = try await Daemon.start(configuration)
        let status = try await daemon.status("it says what failed") { $0.mailboxes[0].error != nil }
        #expect(status.mailboxes[0].error?.contains("status 3") == true)
        #expect(!"\(status)\(daemon.log)".contains("secret-4"))
    }
}
