import FoundationEssentials
import Glibc

/// `openssl s_server` on loopback, for what no mail server can be brought to do: openssl-s_server(1)
final class TLSServer: Sendable {
    let port: UInt16
    /// The certificate of the authority that has signed its own.
    let authority: String

    /// - Parameter arguments: how it is to speak TLS. It answers as a web server, once a handshake has succeeded.
    static func start(_ certificate: Certificate = Certificate(names: "IP:127.0.0.1"), openssl arguments: [String] = [])
        async throws -> TLSServer
    {
        let stage = try Stage.require()
        let directory = "\(stage.scratch.path)/\(stage.name("t"))"
        let maker = try Subprocess(Place.server("certificate"), [directory] + certificate.words)
        guard try await maker.ended() == .status(0) else { throw Dovecot.Failure(text: maker.output.text) }
        let process = try Subprocess(
            "/usr/bin/openssl",
            ["s_server", "-accept", "127.0.0.1:0", "-www", "-cert", "\(directory)/cert.pem"]
                + ["-cert_chain", "\(directory)/cert.pem", "-key", "\(directory)/key.pem"] + arguments)
        stage.atEnd {
            process.send(SIGKILL)
            _ = try? await process.ended()
        }
        let line = try await process.output.line(with: "ACCEPT", ":")
        return TLSServer(port: try Self.port(line), authority: "\(directory)/ca.pem")
    }

    private static func port(_ line: Substring) throws -> UInt16 {
        guard let text = line.split(separator: ":").last, let port = UInt16(text) else {
            throw Dovecot.Failure(text: "s_server: \(line)")
        }
        return port
    }

    private init(port: UInt16, authority: String) { (self.port, self.authority) = (port, authority) }

    func mailbox() throws -> Configuration.Mailbox {
        var mailbox = Configuration.Mailbox(
            "main", port: port, user: "user", password: try Stage.require().secret(), protection: "implicit")
        mailbox.authority = authority
        return mailbox
    }
}
