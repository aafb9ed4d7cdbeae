import FoundationEssentials
import Glibc
import Testing
import Trials

/// `secom-otpd check`, where the server knows the reason.
@Suite(.staged) struct CheckServerTests {
    private func check(_ mailbox: Configuration.Mailbox, _ environment: [String: String] = [:]) async throws
        -> Client.Result
    {
        let (file, _) = try Configuration(mailbox).write()
        let result = try await run("secom-otpd", "check", "--config", file, environment: environment)
        let leaked = try Stage.require().secrets(in: "\(result)")
        #expect(leaked.isEmpty, "\(leaked.count) secrets in check")
        return result
    }

    @Test func itsOwnWordsAreShownWithoutTheSecret() async throws {
        let server = try LoginServer { login in
            "%T NO [ALERT] \(login.secret) of \(login.user) is wrong, see https://mail.example.co.jp (\(Base64.encode("\0\(login.user)\0\(login.secret)".utf8)))\n"
        }
        let result = try await check(try server.mailbox())
        #expect(result.exit == .status(69))
        #expect(
            result.output.contains(
                "note server: it says: [ALERT] *** of user is wrong, see https://mail.example.co.jp (***)\n"),
            "\(result)")
    }

    /// They go by no other door.
    @Test func neverInTheLogOrStatus() async throws {
        let server = try LoginServer { _ in "%T NO [ALERT] Please log in via your web browser\n" }
        let daemon = try await Daemon.start(Configuration(try server.mailbox()))
        let status = try await daemon.status("it is refused") { $0.mailboxes[0].error != nil }
        try await appears("mailbox-interrupted", in: daemon.log)
        #expect(!"\(status)\(daemon.log)".contains("web browser"))
    }

    @Test func whatIsSaidOfATokenAndOfThatWhichCannotBeReached() async throws {
        let scope = Base64.encode(#"{"status":"401","schemes":"bearer","scope":"https://mail.google.com/"}"#.utf8)
        let refusing = try LoginServer("XOAUTH2") { _ in "+ \(scope)\n%T NO SASL authentication failed\n" }
        var mailbox = try refusing.mailbox()
        mailbox.login = #"oauth2_token = { command = ["/bin/echo", "a-token-of-some-length"] }"#
        var result = try await check(mailbox)
        for words in [
            "it says: XOAUTH2 status 401", "it says: SASL authentication failed", "refused the access token",
            "IMAP.AccessAsUser.All",
        ] {
            #expect(result.output.contains(words), "\(result)")
        }
        #expect(refusing.logins.count == 2)

        let empty = try LoginServer(opened: "%T BAD User is authenticated but not connected.\n* BYE x\n") { _ in
            LoginServer.accepted
        }
        result = try await check(try empty.mailbox())
        for words in [
            "ok   login: accepted", "it says: User is authenticated but not connected.", "gives no access to a mailbox",
            "FullAccess", "-ImapEnabled",
        ] {
            #expect(result.output.contains(words), "\(result)")
        }
        result = try await check(try empty.mailbox(), ["LC_ALL": "ja_JP.UTF-8"])
        for words in ["サーバーからのメッセージ: User is", "共有メールボックス"] { #expect(result.output.contains(words), "\(result)") }
    }

    /// TLS where none is spoken yet, and the reverse.
    @Test(arguments: chosen([("implicit", "tls = \"starttls\""), ("starttls", "tls = \"implicit\"")]))
    func thePortOfTheOtherKind(protection: String, advice: String) async throws {
        let dovecot = try await Dovecot.start()
        var mailbox = Configuration.Mailbox(on: dovecot)
        if protection == "implicit" { mailbox.port = dovecot.imapPort }
        mailbox.lines = ["tls = \"\(protection)\""]
        let result = try await check(mailbox)
        #expect(result.exit == .status(69))
        #expect(result.output.contains(advice), "\(result)")
    }

    /// One mailbox whose server is slow keeps no other waiting: here none is greeted before all have come.
    @Test func mailboxesAreLookedAtSideBySide() async throws {
        let come = Seen()
        let server = try Listener { connection, _ in
            come.add([])
            // Whoever is looked at alone gives up at this.
            while come.count < 3 {
                var byte: UInt8 = 0
                if recv(connection, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT)) == 0 { return }
                usleep(5_000)
            }
            try Sockets.send(Array("* BYE [UNAVAILABLE] all are here\r\n".utf8), to: connection)
        }
        try Stage.require().atEnd { server.end() }
        var configuration = Configuration()
        for name in ["one", "two", "three"] {
            configuration.mailboxes.append(
                .init(
                    name, port: server.port, user: name, password: try Stage.require().secret(), protection: "off"))
        }
        let result = try await run("secom-otpd", "check", "--config", try configuration.write().0)
        #expect(result.exit == .status(69))
        #expect(result.output.components(separatedBy: "[UNAVAILABLE] during the greeting").count == 4, "\(result)")
        // Told in the order of the configuration.
        let headings = result.output.split(separator: "\n").filter { $0.hasPrefix("mailbox ") }
        #expect(headings.map { String($0.split { " :".contains($0) }[1]) } == ["one", "two", "three"])
    }
}
