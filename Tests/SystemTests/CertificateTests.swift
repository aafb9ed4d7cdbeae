import Testing
import Trials

/// Which certificates are good for which hosts, on a real server. RFC 9525, RFC 5280
@Suite(.staged) struct CertificateTests {
    struct Case: Sendable, CustomStringConvertible {
        let name: String
        let host: String
        let certificate: Certificate
        /// What Status must say of it; nil where it is good.
        var fault: String?
        var description: String { name }

        init(
            _ name: String, _ host: String, _ names: String?, cn: String? = nil, purpose: String? = nil,
            validity: (from: String, until: String) = ("yesterday", "tomorrow"), fault: String? = nil
        ) {
            (self.name, self.host, self.fault) = (name, host, fault)
            certificate = Certificate(commonName: cn, names: names, purpose: purpose, validity: validity)
        }
    }

    private static let good: [Case] = [
        .init("name", "localhost", "DNS:localhost"),
        .init("second-name", "localhost", "DNS:mail.example,DNS:localhost,IP:192.0.2.1", cn: "mail.example"),
        .init("trailing-dot", "localhost.", "DNS:localhost"),
        .init("trailing-dot-below", "mail.example.localhost.", "DNS:mail.example.localhost"),
        .init("upper-case", "LocalHost", "DNS:LOCALHOST"),
        .init("wildcard", "mail.example.localhost", "DNS:*.example.localhost"),
        .init("address", "127.0.0.1", "IP:127.0.0.1"),
        .init("server-and-client", "localhost", "DNS:localhost", purpose: "serverAuth,clientAuth"),
        .init("any-purpose", "localhost", "DNS:localhost", purpose: "anyExtendedKeyUsage"),
    ]

    private static let noName = "names no host"
    private static let bad: [Case] = [
        .init("common-name", "localhost", nil, cn: "localhost", fault: noName),
        .init("common-name-and-mail", "localhost", "email:a@example.org", cn: "localhost", fault: noName),
        .init("common-name-and-address", "localhost", "IP:127.0.0.1", cn: "localhost", fault: "but for 127.0.0.1"),
        .init("common-name-address", "127.0.0.1", nil, cn: "127.0.0.1", fault: noName),
        .init("address-as-name", "127.0.0.1", "DNS:127.0.0.1", fault: "but for 127.0.0.1"),
        .init("other-address", "127.0.0.1", "DNS:localhost,IP:127.0.0.2", fault: "but for localhost, 127.0.0.2"),
        .init(
            "other-names", "localhost", "DNS:mail.example.co.jp,DNS:imap.example.co.jp", cn: "localhost",
            fault: "but for mail.example.co.jp, imap.example.co.jp"),
        .init("wildcard-two-labels", "a.b.example.localhost", "DNS:*.example.localhost", fault: "but for *.example"),
        .init("wildcard-part", "mail.example.localhost", "DNS:m*.example.localhost", fault: "but for m*.example"),
        .init("wildcard-end", "mail.example.localhost", "DNS:*ail.example.localhost", fault: "but for *ail.example"),
        .init("clients", "localhost", "DNS:localhost", purpose: "clientAuth", fault: "not meant for a server"),
        .init("mail", "localhost", "DNS:localhost", purpose: "emailProtection", fault: "not meant for a server"),
        .init(
            "expired", "localhost", "DNS:localhost", validity: ("2024-01-01", "2024-05-06 12:00"),
            fault: "expired on 2024-05-06"),
        .init(
            "not-yet", "localhost", "DNS:localhost", validity: ("2040-02-03", "2041-01-01"),
            fault: "not valid before 2040-02-03"),
    ]

    @Test(arguments: chosen(good)) func itIsTrusted(_ item: Case) async throws {
        let daemon = try await start(item).daemon
        try await daemon.watching()
    }

    @Test(arguments: chosen(bad)) func itIsRefused(_ item: Case) async throws {
        let (dovecot, daemon) = try await start(item)
        let told = try await judged(daemon)
        #expect(told.error?.contains(item.fault ?? "?") == true, "\(told.error ?? "nothing")")
        #expect(told.state == "retrying")
        #expect(!dovecot.sawCredentials)
    }

    /// What it is for says nobody who is not trusted.
    @Test func theNamesInAStrangersCertificateAreNotTold() async throws {
        let dovecot = try await Dovecot.start(certificate: Certificate(names: "DNS:stranger.example"))
        var mailbox = Configuration.Mailbox(on: dovecot)
        mailbox.authority = try await Dovecot.strangeAuthority()
        let daemon = try await Daemon.start(Configuration(mailbox))
        let told = try await judged(daemon)
        #expect(told.error?.contains("an authority that is not trusted here") == true, "\(told.error ?? "nothing")")
        #expect(!daemon.log.contains("stranger.example"))
    }

    /// RFC 6066, section 3: without the dot at its end; and no address.
    @Test(
        arguments: chosen([
            ("Mail.example.localhost.", "mail.example.localhost"), ("mail.localhost", "mail.localhost"),
            ("127.0.0.1", nil),
        ])
    ) func whatTheServerIsAskedFor(host: String, name: String?) async throws {
        let seen = Seen()
        let listener = try Listener { connection, _ in seen.add(try Sockets.receive(from: connection)) }
        try Stage.require().atEnd { listener.end() }
        var mailbox = Configuration.Mailbox(
            "main", port: listener.port, user: "user", password: try Stage.require().secret(), protection: "implicit")
        mailbox.host = host
        _ = try await Daemon.start(Configuration(mailbox))
        let hello = try await eventually("a ClientHello") { seen.first }
        // server_name: its type, then the lengths of the extension and of the list, then host_name and its length.
        let length = UInt8((name ?? host).utf8.count)
        let entry = [0, 0, 0, length + 5, 0, length + 3, 0, 0, length] + Array((name ?? host).utf8)
        #expect(hello.contains(entry) == (name != nil))
    }

    /// Once the server's certificate was taken or refused.
    private func judged(_ daemon: Daemon) async throws -> Status.Mailbox {
        try await daemon.status("it was judged") {
            $0.mailboxes[0].error != nil || $0.mailboxes[0].state == "watching"
        }.mailbox()
    }

    private func start(_ item: Case) async throws -> (dovecot: Dovecot, daemon: Daemon) {
        let dovecot = try await Dovecot.start(certificate: item.certificate)
        var mailbox = Configuration.Mailbox(on: dovecot)
        mailbox.host = item.host
        return (dovecot, try await Daemon.start(Configuration(mailbox)))
    }
}
