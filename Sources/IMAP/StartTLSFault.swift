import Messages

/// What is wrong with a server's STARTTLS.
public enum StartTLSFault: Equatable, Sendable {
    case notOffered, refused
    /// It would keep us from ever asking for TLS (RFC 9051, section 11.1).
    case preauthenticated
}

extension StartTLSFault: TextConvertible {
    /// As an error names it.
    public var text: Text {
        switch self {
        case .notOffered: Text("the server does not offer it")
        case .refused: Text("the server refused it")
        case .preauthenticated: Text("the server greets with PREAUTH")
        }
    }
}
