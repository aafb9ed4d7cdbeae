/// What a session was doing when something went wrong.
public enum Phase: Equatable, Sendable, CustomStringConvertible {
    case connecting(host: String)
    case tlsHandshake
    case greeting
    case login
    case command(CommandName)
    /// Between commands, while the server may push.
    case waiting

    /// As an error names it.
    public var description: String {
        switch self {
        case .connecting(let host): "the connection to \(host)"
        case .tlsHandshake: "the TLS handshake"
        case .greeting: "the greeting"
        case .login: "the login"
        case .command(let name): name.rawValue
        case .waiting: "the wait for new mail"
        }
    }
}
