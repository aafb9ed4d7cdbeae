import Messages

/// Why no login can be attempted.
public enum LoginFault: Equatable, Sendable {
    case notProtected, noXOAUTH2, noMechanism
}

extension LoginFault: TextConvertible {
    /// As an error names it.
    public var text: Text {
        switch self {
        case .notProtected: Text("the connection is not encrypted")
        case .noXOAUTH2: Text("the server does not offer XOAUTH2")
        case .noMechanism:
            Text("the server offers none of AUTH=PLAIN, LOGIN and SCRAM-SHA-256 (which needs libsasl2-modules here)")
        }
    }
}
