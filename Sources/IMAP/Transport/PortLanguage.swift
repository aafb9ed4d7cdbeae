import Glibc

/// What a port speaks, by the first bytes that come from it: TLS configured where something else answers looks from within like a
/// server that is broken, and TLS where none is expected like one that is silent.
public enum PortLanguage: Equatable, Sendable {
    /// IMAP in the clear: a greeting comes by itself (RFC 3501, section 7.1).
    case imap
    /// The server takes mail in, or POP3 gives it out (RFC 5321, section 4.3.1; RFC 1939, section 4).
    case smtp, pop3
    /// A web server, which answers a ClientHello with an error (RFC 9112, section 4).
    case http
    /// RFC 4253, section 4.2.
    case ssh
    /// TLS: it answers what looks like TLS with a record (RFC 8446, section 5.1).
    case tls

    private static let beginnings: [(String, PortLanguage)] = [
        ("* OK", .imap), ("* PREAUTH", .imap), ("* BYE", .imap), ("220 ", .smtp), ("220-", .smtp), ("421 ", .smtp),
        ("554 ", .smtp), ("+OK", .pop3), ("HTTP/", .http), ("<HTML", .http), ("<!DOC", .http), ("SSH-", .ssh),
    ]

    init?(_ bytes: some Collection<UInt8>) {
        let start = Array(bytes.prefix(16)).map { 0x61...0x7A ~= $0 ? $0 & 0xDF : $0 }
        if start.count >= 2, [21, 22].contains(start[0]), start[1] == 3 {
            self = .tls
        } else if let (_, language) = Self.beginnings.first(where: { start.starts(with: $0.0.utf8) }) {
            self = language
        } else {
            return nil
        }
    }

    /// As an error names it.
    var name: String {
        switch self {
        case .imap: "IMAP"
        case .smtp: "SMTP"
        case .pop3: "POP3"
        case .http: "HTTP"
        case .ssh: "SSH"
        case .tls: "TLS"
        }
    }

    /// A ClientHello of TLS 1.2 (RFC 5246, section 7.4.1.2) that any server can answer, since some answer a bad one with nothing. Its
    /// random bytes are none: no session comes of it.
    private static let clientHello: [UInt8] = {
        let suites: [UInt8] = [
            0xC0, 0x2F, 0xC0, 0x30, 0xC0, 0x2B, 0xC0, 0x2C, 0xCC, 0xA8, 0xCC, 0xA9, 0, 0x9C, 0, 0x2F,
        ]
        let extensions: [UInt8] = [
            // supported_groups, ec_point_formats, signature_algorithms
            0, 10, 0, 6, 0, 4, 0, 0x1D, 0, 0x17, 0, 11, 0, 2, 1, 0,
            0, 13, 0, 18, 0, 16, 4, 3, 5, 3, 6, 3, 8, 4, 8, 5, 8, 6, 4, 1, 5, 1,
        ]
        var body: [UInt8] = [3, 3] + [UInt8](repeating: 0x5A, count: 32) + [0, 0, UInt8(suites.count)] + suites
        body += [1, 0, 0, UInt8(extensions.count)] + extensions
        let message = [1, 0, 0, UInt8(body.count)] + body
        return [22, 3, 1, 0, UInt8(message.count)] + message
    }()

    /// Found out by one connection more; nil where that cannot be told within a few seconds.
    static func spoken(at endpoint: Endpoint, stop: EventDescriptor) -> PortLanguage? {
        let deadline = Deadline.after(.seconds(5))
        do throws(IMAPError) {
            var addresses = ServerAddresses()
            let candidates = try addresses.candidates(of: endpoint, stop: stop, until: deadline)
            let socket = try TCPConnect.race(candidates, of: endpoint, stop: stop, until: deadline)
            let connection = Connection(socket.descriptor, at: socket.address, of: endpoint, stop: stop)
            var buffer = [UInt8](repeating: 0, count: 64)
            var sent: IMAPError?
            clientHello.withUnsafeBytes { bytes in
                do throws(IMAPError) { try connection.send(bytes, until: deadline, during: .greeting) } catch {
                    sent = error
                }
            }
            if let sent { throw sent }
            var received: Result<Int, IMAPError> = .success(0)
            buffer.withUnsafeMutableBytes { bytes in
                do throws(IMAPError) {
                    received = .success(try connection.receive(into: bytes, until: deadline, during: .greeting))
                } catch { received = .failure(error) }
            }
            return PortLanguage(buffer.prefix(try received.get()))
        } catch { return nil }
    }
}
