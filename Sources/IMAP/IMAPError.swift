import Messages

/// Why a session could not be established, or ended: shown to operators in the log, in Status and in `check`.
///
/// None of the cases carries text that a server chose (a server might echo what it was sent), except response codes, which are
/// from a list of those we know, and the names in a certificate that an authority which is trusted here has signed.
public enum IMAPError: Error, Equatable, Sendable {
    /// The host's name could not be resolved.
    case resolution(host: String, reason: Text)
    /// No address of the host took the connection.
    case connection(host: String, port: Int, reason: Text)
    /// The TLS handshake failed, or the certificate is not to be trusted.
    case tls(host: String, TLSFault)
    /// A certificate file could not be read.
    case certificates(file: Text, reason: Text)
    /// TLS was asked for by STARTTLS, and the server broke its rules (RFC 3501, section 6.2.1; RFC 8314).
    case startTLS(StartTLSFault)
    /// The password or token could not be had.
    case credential(reason: Text)
    /// The server refused the user or the credential. `code` is its response code, such as `AUTHENTICATIONFAILED` (RFC 5530).
    case loginRefused(code: String?)
    /// The server refused the access token (OAuth 2.0): it is stale, or not for this.
    case tokenRefused(code: String?)
    /// The server refused the login because of a problem on its side, such as `UNAVAILABLE` (RFC 5530, section 3), or by words to that effect.
    case loginUnavailable(code: String?)
    /// The server refused the login and said nothing of why. `hasWorked`: it took this very login before.
    case loginUnexplained(hasWorked: Bool)
    /// The server has too many connections of this account or address. `backOff`: for how long it wants to be left alone.
    case tooManyConnections(backOff: Duration?)
    /// The server is throttling. `backOff`: for how long it wants to be left alone.
    case throttled(backOff: Duration?)
    /// The login counts, and there is no mailbox behind it: what Exchange Online says where the token or the account has no right to one.
    case authenticatedNotConnected
    /// The server offers no way to log in that this client can use.
    case loginImpossible(LoginFault)
    /// The mailbox could not be opened. `code` is the server's response code, such as `NONEXISTENT`; `similar` are names of some that
    /// there are, printable and short.
    case mailbox(name: String, code: String?, similar: [String] = [])
    /// The mailbox that was open is gone, and perhaps another of the same name is there.
    case mailboxReplaced(name: String)
    /// The server keeps sending untagged NOs in the mailbox and refuses nothing: it is reopened.
    case mailboxUnsound(name: String)
    /// The server has stopped to tell what happens (RFC 5465, section 5.8).
    case notificationOverflow
    /// The mailbox was opened, and the server did not tell the UIDVALIDITY without which no UID means anything (RFC 3501, section 2.3.1.1).
    case noUIDValidity(name: String)
    /// A mark is wanted where nothing can be written.
    case readOnly
    /// A mark is wanted while no session is established.
    case notConnected
    /// Other clients changed a message's flags at each of many tries to claim it.
    case flagsKeepChanging
    /// The server refused a command.
    case refused(CommandName, code: String?)
    /// The server sent what leaves it in doubt where a response ends, or more than was asked for.
    case breach(ResponseBreach)
    /// libetpan is out of step with the session. `code` is its own.
    case outOfStep(during: Phase, code: Int)
    /// The server did not answer in time.
    case timeout(during: Phase)
    /// The server ended the session (BYE, or the end of the stream).
    case closed(during: Phase, code: String?)
    /// The system has no thread left.
    case noThread
    /// The daemon stops.
    case cancelled
}

extension IMAPError {
    /// The server said no, and the session continues: asked again it would say the same.
    public var isRefusal: Bool {
        switch self {
        case .refused, .readOnly, .mailbox: true
        default: false
        }
    }

    /// The server has not been reached, or not come as far as to be shown a login.
    var isBeforeLogin: Bool {
        switch self {
        case .resolution, .connection: true
        case .timeout(let phase), .closed(let phase, _):
            switch phase {
            case .connecting, .tlsHandshake, .greeting: true
            case .login, .command, .waiting: false
            }
        default: false
        }
    }
}

extension IMAPError: TextConvertible {
    /// As the log, Status and `check` tell it: one line, bounded, with nothing that a server chose.
    public var text: Text {
        switch self {
        case .resolution(let host, let reason): Text("cannot resolve \(host): \(reason)")
        case .connection(let host, let port, let reason): Text("cannot connect to \(host) port \(port): \(reason)")
        case .tls(let host, let fault): Text("TLS with \(host) failed: \(fault)")
        case .certificates(let file, let reason): Text("cannot use the certificates in \(file): \(reason)")
        case .startTLS(let fault): Text("STARTTLS failed: \(fault)")
        case .credential(let reason): Text("no credential for the login: \(reason)")
        case .loginRefused(let code):
            Text("the server refused the login\(Self.bracketed(code)); check user and password")
        case .tokenRefused(let code): Text("the server refused the access token\(Self.bracketed(code))")
        case .loginUnavailable(let code):
            Text("the server refused the login\(Self.bracketed(code)) because of a problem on its side")
        case .loginUnexplained(hasWorked: true):
            Text("the server refused the login without giving a reason, although it accepted the same login before")
        case .loginUnexplained(hasWorked: false): Text("the server did not understand the login command")
        case .tooManyConnections(let backOff):
            Text("the server says that there are too many connections\(Self.leavingAlone(backOff))")
        case .throttled(let backOff): Text("the server is throttling this account\(Self.leavingAlone(backOff))")
        case .authenticatedNotConnected: Text("the server accepted the login but gives no access to a mailbox")
        case .loginImpossible(let fault): Text("cannot log in: \(fault)")
        case .mailbox(let name, let code, let similar):
            similar.isEmpty
                ? Text("cannot open the folder \"\(name)\"\(Self.bracketed(code))")
                : Text(
                    "cannot open the folder \"\(name)\"\(Self.bracketed(code)); similar folders: \(similar.map { "\"\($0)\"" }.joined(separator: ", "))"
                )
        case .mailboxReplaced(let name): Text("the folder \"\(name)\" was deleted, or replaced by another")
        case .mailboxUnsound(let name):
            Text("the server keeps complaining about the folder \"\(name)\", so it is being reopened")
        case .notificationOverflow: Text("the server had too many changes to report and has stopped reporting them")
        case .noUIDValidity(let name): Text("the server opened the folder \"\(name)\" without UIDVALIDITY")
        case .readOnly: Text("the folder is read-only: claims cannot be marked there")
        case .notConnected: Text("the mailbox is not connected")
        case .flagsKeepChanging: Text("other clients keep changing the message's flags")
        case .refused(let command, let code): Text("the server refused \(command.rawValue)\(Self.bracketed(code))")
        case .breach(let breach): Text("the server broke the protocol: \(breach)")
        case .outOfStep(let phase, let code): Text("the session is out of step during \(phase) (libetpan code \(code))")
        case .timeout(let phase): Text("timed out during \(phase)")
        case .closed(let phase, let code):
            Text("the server closed the connection\(Self.bracketed(code)) during \(phase)")
        case .noThread: Text("the system cannot create another thread")
        case .cancelled: Text("stopped")
        }
    }

    private static func leavingAlone(_ backOff: Duration?) -> Text {
        backOff.map { Text(" and asks to be left alone for \(max($0.components.seconds, 1)) s") } ?? Text(verbatim: "")
    }

    private static func bracketed(_ code: String?) -> String { code.map { " [\($0)]" } ?? "" }
}
