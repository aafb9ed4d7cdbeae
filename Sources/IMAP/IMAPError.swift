/// Why a session could not be had, or ended: read by operators in the log, in Status and in `check`.
///
/// None of the cases carries text that a server chose (a server might echo what it was sent), except response codes,
/// which are atoms from a known list or are left out.
public enum IMAPError: Error, Equatable, Sendable {
    /// The host's name could not be resolved.
    case resolution(host: String, reason: String)
    /// No address of the host took the connection.
    case connection(host: String, port: Int, reason: String)
    /// The TLS handshake failed, or the certificate is not to be trusted.
    case tls(host: String, reason: String)
    /// A certificate file could not be read.
    case certificates(file: String, reason: String)
    /// TLS was asked for and the server does not offer STARTTLS, or broke its rules (RFC 3501, section 6.2.1; RFC 8314).
    case startTLS(reason: String)
    /// The password or token could not be had.
    case credential(reason: String)
    /// The server refused the login. `code` is its response code, such as `AUTHENTICATIONFAILED` (RFC 5530).
    case loginRefused(code: String?)
    /// The server offers no way to log in that this client can use.
    case loginImpossible(reason: String)
    /// The folder could not be opened. `code` is the server's response code, such as `NONEXISTENT`.
    case folder(name: String, code: String?)
    /// The server refused a command.
    case refused(command: String, code: String?)
    /// The server sent what no server may, or more than was asked for.
    case breach(ResponseBreach)
    /// libetpan could not read a response; the session is out of step. `code` is libetpan's.
    case outOfStep(command: String, code: Int)
    /// The server did not answer in time.
    case timeout(command: String)
    /// The server ended the session (BYE, or the end of the stream).
    case closed(command: String, code: String?)
    /// The daemon stops.
    case cancelled
}

extension IMAPError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .resolution(let host, let reason): "cannot resolve \(host): \(reason)"
        case .connection(let host, let port, let reason): "cannot connect to \(host) port \(port): \(reason)"
        case .tls(let host, let reason): "TLS with \(host) failed: \(reason)"
        case .certificates(let file, let reason): "cannot use the certificates in \(file): \(reason)"
        case .startTLS(let reason): "STARTTLS failed: \(reason)"
        case .credential(let reason): "no credential for the login: \(reason)"
        case .loginRefused(let code): "the server refused the login\(Self.bracketed(code)); check user and password"
        case .loginImpossible(let reason): "cannot log in: \(reason)"
        case .folder(let name, let code): "cannot open the folder \"\(name)\"\(Self.bracketed(code))"
        case .refused(let command, let code): "the server refused \(command)\(Self.bracketed(code))"
        case .breach(let breach): "the server broke the protocol: \(breach)"
        case .outOfStep(let command, let code): "the answer to \(command) could not be read (libetpan code \(code))"
        case .timeout(let command): "no answer to \(command) in time"
        case .closed(let command, let code): "the server closed the connection\(Self.bracketed(code)) during \(command)"
        case .cancelled: "stopped"
        }
    }

    private static func bracketed(_ code: String?) -> String { code.map { " [\($0)]" } ?? "" }
}
