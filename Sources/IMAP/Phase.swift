import Messages

/// What a session was doing when something went wrong.
public enum Phase: Equatable, Sendable, TextConvertible {
    case connecting(host: String)
    case tlsHandshake
    case greeting
    case login
    case command(CommandName)
    /// Between commands, while the server may push.
    case waiting

    /// As an error names it.
    public var text: Text {
        switch self {
        case .connecting(let host): Text("the connection to \(host)")
        case .tlsHandshake: Text("the TLS handshake")
        case .greeting: Text("the greeting")
        case .login: Text("the login")
        case .command(let name): Text(verbatim: name.rawValue)
        case .waiting: Text("the wait for new mail")
        }
    }
}
