import Glibc
import Testing
import Trials

/// Why TLS cannot be had: each kind by its own words, with what to do, in the log, in Status and by `check`.
@Suite(.staged) struct TLSFaultTests {
    struct Case: Sendable, CustomStringConvertible {
        let name: String
        let fault: String
        let advice: String
        let japanese: String
        let mailbox: @Sendable () async throws -> Configuration.Mailbox
        var description: String { name }

        init(
            _ name: String, _ fault: String, _ advice: String, _ japanese: String,
            on mailbox: @escaping @Sendable () async throws -> Configuration.Mailbox
        ) {
            (self.name, self.fault, self.advice, self.japanese) = (name, fault, advice, japanese)
            self.mailbox = mailbox
        }

        /// What `openssl s_server` does with these arguments.
        init(_ name: String, _ fault: String, _ advice: String, _ japanese: String, openssl arguments: [String]) {
            self.init(name, fault, advice, japanese) { try await TLSServer.start(openssl: arguments).mailbox() }
        }

        /// What it does with this certificate, weak ones too.
        init(_ name: String, _ fault: String, _ advice: String, _ japanese: String, certificate: Certificate) {
            self.init(name, fault, advice, japanese) {
                try await TLSServer.start(certificate, openssl: ["-cipher", "DEFAULT:@SECLEVEL=0"]).mailbox()
            }
        }

        /// What a server does that has taken the connection, and perhaps the ClientHello.
        init(
            _ name: String, _ fault: String, _ advice: String, _ japanese: String, afterHello: Bool = true,
            scripted: @escaping @Sendable (Int32) throws -> Void
        ) {
            self.init(name, fault, advice, japanese) {
                let listener = try Listener { connection, _ in
                    if afterHello { _ = try Sockets.receive(from: connection) }
                    try scripted(connection)
                }
                try Stage.require().atEnd { listener.end() }
                return Configuration.Mailbox(
                    "main", port: listener.port, user: "user", password: try Stage.require().secret(),
                    protection: "implicit")
            }
        }
    }

    private static func says(_ text: String) -> @Sendable (Int32) throws -> Void {
        { connection in
            try Sockets.send(text.utf8, to: connection)
            // Until the client has gone.
            _ = try? Sockets.receive(from: connection)
        }
    }

    private static let handshakes: [Case] = [
        .init("imap", "speaks IMAP on this port, without TLS", "tls = \"starttls\"", "tls = \"starttls\"") {
            let dovecot = try await Dovecot.start()
            var mailbox = Configuration.Mailbox(on: dovecot)
            mailbox.port = dovecot.imapPort
            return mailbox
        },
        .init(
            "smtp", "speaks SMTP on this port, without TLS", "accepts mail", "送信用", afterHello: false,
            scripted: says("220 mail.example.co.jp ESMTP Postfix\r\n")),
        .init("lmtp", "speaks SMTP on this port, without TLS", "port 993", "ポート 993") {
            let dovecot = try await Dovecot.start()
            var mailbox = Configuration.Mailbox(on: dovecot)
            mailbox.port = dovecot.lmtpPort
            return mailbox
        },
        .init(
            "pop3", "speaks POP3 on this port, without TLS", "port 993", "POP3", afterHello: false,
            scripted: says("+OK ready\r\n")),
        .init(
            "http", "speaks HTTP on this port, without TLS", "A web server or a proxy answers", "ウェブサーバー",
            scripted: says("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")),
        .init(
            "ssh", "speaks SSH on this port, without TLS", "An SSH server answers", "SSH サーバー", afterHello: false,
            scripted: says("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n")),
        .init(
            "something", "what answers on this port does not speak TLS", "port 993", "ポート 993", afterHello: false,
            scripted: says("J\0\0\0\u{A}5.5.5-10.11.6-MariaDB\0")),
        .init(
            "tls-1.1", "no TLS version newer than 1.1", "TLS 1.2 or later", "TLS 1.2 以上",
            openssl: ["-tls1_1", "-cipher", "ALL:@SECLEVEL=0"]),
        .init(
            "tls-1.0", "no TLS version newer than 1.1", "ssl_min_protocol", "ssl_min_protocol",
            openssl: ["-tls1", "-cipher", "ALL:@SECLEVEL=0"]),
        // As servers of that time answer: by a version of their own.
        .init(
            "tls-1.0-hello", "no TLS version newer than 1.1", "TLS 1.2 or later", "TLS 1.2 以上",
            scripted: { connection in
                let body = [3, 1] + [UInt8](repeating: 7, count: 32) + [0, 0, 0x2F, 0]
                let hello = [2, 0, 0, UInt8(body.count)] + body
                try Sockets.send([22, 3, 1, 0, UInt8(hello.count)] + hello, to: connection)
                _ = try? Sockets.receive(from: connection)
            }),
        .init(
            "client-certificate", "requires a client certificate", "stunnel", "stunnel",
            openssl: ["-Verify", "1"]),
        .init(
            "client-certificate-1.2", "requires a client certificate", "auth_ssl_require_client_cert",
            "クライアント証明書",
            openssl: ["-Verify", "1", "-tls1_2"]),
        .init(
            "ciphers", "no cipher or key exchange that is strong enough", "modern ciphers", "現在の暗号方式",
            openssl: ["-tls1_2", "-cipher", "ECDHE-ECDSA-CAMELLIA256-SHA384"]),
        .init(
            "alert", "the server sent the alert \"Internal error\"", "openssl s_client", "openssl s_client",
            scripted: says("\u{15}\u{3}\u{3}\0\u{2}\u{2}\u{50}")),
        .init(
            "name", "does not know this host name", "Set host to the name", "IMAP 用に案内",
            scripted: says("\u{15}\u{3}\u{3}\0\u{2}\u{2}\u{70}")),
        .init(
            "reset", "was reset during the handshake", "Something cuts off TLS", "切断されています",
            scripted: { Listener.reset($0) }),
        .init(
            "closed", "the server closed the connection during the handshake", "tls = \"starttls\"", "最初から TLS を話すポート",
            scripted: { _ in }),
        .init(
            "silent", "the first TLS packet got no answer", "MTU", "MTU",
            scripted: { _ = try? Sockets.receive(from: $0) }),
        .init(
            "silent-midway", "began the handshake and then sent nothing more", "ping -M do", "ping -M do",
            scripted: says("\u{16}\u{3}\u{3}\0\u{60}\u{2}\0\0\u{5C}\u{3}\u{3}")),
    ]

    private static let address = "IP:127.0.0.1"
    private static let place = ["authorityInfoAccess=caIssuers;URI:http://pki.example/ca.crt"]
    private static let certificates: [Case] = [
        .init(
            "self-signed", "certificate is self-signed", "Do not put the server's own certificate there", "入れないでください",
            certificate: .init(names: address, options: ["self-signed"])),
        .init(
            "self-signed-without-names", "certificate is self-signed",
            "by a public authority, or by a private one",
            "私設の認証局", certificate: .init(commonName: "mail", options: ["self-signed"])),
        .init(
            "intermediate-missing", "an intermediate certificate is missing", "fullchain.pem", "中間証明書も送る",
            certificate: .init(names: address, extensions: place, options: ["intermediate"])),
        .init(
            "authority-without-place", "issued by an authority that is not trusted here", "belongs in ca_file",
            "ca_file に設定", certificate: .init(names: address, options: ["intermediate"])),
        .init("private-authority", "by an authority that is not trusted here", "not from the server", "サーバーからではなく") {
            var mailbox = try await TLSServer.start(Certificate(names: address, options: ["root"])).mailbox()
            mailbox.authority = try await Dovecot.strangeAuthority()
            return mailbox
        },
        // Public authorities name the place in intermediates, too: here none is missing.
        .init(
            "public-authority-out-of-use", "by an authority that is not trusted here", "ca-certificates",
            "ca-certificates"
        ) {
            let certificate = Certificate(names: address, extensions: place, options: ["intermediate", "chain"])
            var mailbox = try await TLSServer.start(certificate).mailbox()
            mailbox.authority = try await Dovecot.strangeAuthority()
            return mailbox
        },
        .init(
            "sha1", "too weak: signed with", "SHA-256 or better", "SHA-256 以上",
            certificate: .init(names: address, options: ["digest=sha1"])),
        .init(
            "short-key", "too weak: a key of 768 bits (RSA)", "2048 bits", "2048 ビット以上",
            certificate: .init(names: address, options: ["key=rsa:768"])),
        .init(
            "expired", "the certificate expired on 2024-05-06", "Is this machine's clock right? It says 20",
            "時計は合っていますか",
            certificate: .init(names: address, validity: ("2024-01-01", "2024-05-06 12:00"))),
        .init(
            "intermediate-expired", "a certificate above the server's in the chain expired on 2025-01-02",
            "its authority's renewed certificate", "更新された認証局の証明書",
            certificate: .init(
                names: address, options: ["intermediate", "chain", "intermediate-end=2025-01-02 12:00"])),
        .init(
            "not-yet", "not valid before 2040-02-03", "a wrong clock is the likely cause", "多くの場合、これが原因",
            certificate: .init(names: address, validity: ("2040-02-03", "2041-01-01"))),
        .init(
            "purpose", "not meant for a server", "serverAuth", "serverAuth",
            certificate: .init(names: address, purpose: "clientAuth")),
        .init(
            "common-name-alone", "names no host (only subject alternative names count", "reissued", "subjectAltName",
            certificate: .init(commonName: "127.0.0.1")),
        .init(
            "other-name", "not for this host, but for imap.example.co.jp", "Set host to that name", "host に設定",
            certificate: .init(names: "DNS:imap.example.co.jp")),
        .init(
            "names-that-cannot-be-shown", "the certificate is not for this host", "Set host to one of the names",
            "host に設定",
            certificate: .init(names: "DNS:\u{1B}[31m.example")),
    ]

    @Test(arguments: chosen(handshakes)) func theHandshake(_ item: Case) async throws { try await told(item) }
    @Test(arguments: chosen(certificates)) func theCertificate(_ item: Case) async throws { try await told(item) }

    private func told(_ item: Case) async throws {
        let configuration = Configuration(try await item.mailbox())
        let daemon = try await Daemon.start(configuration)
        let mailbox = try await daemon.status("it has an error") { $0.mailboxes[0].error != nil }.mailbox()
        #expect(mailbox.error?.contains(item.fault) == true, "\(mailbox.error ?? "nothing")")
        #expect(mailbox.advice?.contains(item.advice) == true, "\(mailbox.advice ?? "nothing")")
        // A description may not go around the log's quotes.
        try await appears(item.fault.replacing("\"", with: "\\\""), in: daemon.log)
        #expect(daemon.log.unicodeScalars.allSatisfy { $0.value >= 0x20 || $0 == "\n" })
        let check = try await Languages("secom-otpd", ["check", "--config", daemon.file])
        try check.expect(69, "  BAD  error: ", item.japanese, data: ["capabilities", "server: "])
        #expect(check.english.output.contains(item.fault), "\(check)")
        #expect(!check.japanese.output.contains(item.fault), "\(check)")
        let told = check.english.output.split(separator: "\n").last { $0.contains("→") } ?? ""
        #expect(told.contains(item.advice), "\(check)")
        // As Status has it for people.
        let status = try await Languages("secom-otp", ["status", "--socket", daemon.socket])
        #expect(status.english.output.filter { !$0.isWhitespace }.contains(item.fault.filter { !$0.isWhitespace }))
        #expect(status.japanese.output.filter { !$0.isWhitespace }.contains(item.japanese.filter { !$0.isWhitespace }))
    }

    /// Where TLS begins by STARTTLS it fails by the same words.
    @Test func afterStartTLS() async throws {
        let dovecot = try await Dovecot.start(certificate: Certificate(names: "DNS:imap.example.co.jp"))
        var mailbox = Configuration.Mailbox(on: dovecot)
        (mailbox.port, mailbox.lines) = (dovecot.imapPort, ["tls = \"starttls\""])
        let daemon = try await Daemon.start(Configuration(mailbox))
        let told = try await daemon.status("it has an error") { $0.mailboxes[0].error != nil }.mailbox()
        #expect(told.error?.contains("but for imap.example.co.jp") == true, "\(told.error ?? "nothing")")
        #expect(told.advice?.contains("Set host to that name") == true, "\(told.advice ?? "nothing")")
    }

    /// What is mended needs no advice any more.
    @Test func adviceGoesWithTheErrorAndComesBackToNothing() async throws {
        let dovecot = try await Dovecot.start()
        let daemon = try await Daemon.start(Configuration(.init(on: dovecot)))
        try await daemon.watching()
        #expect(try await daemon.status().mailbox().advice == nil)
        try await dovecot.crash()
        let away = try await daemon.status("it has an error") { $0.mailboxes[0].error != nil }.mailbox()
        #expect(away.advice?.isEmpty == false)
        try await dovecot.startAgain()
        try await daemon.watching()
        #expect(try await daemon.status().mailbox().advice == nil)
    }
}
