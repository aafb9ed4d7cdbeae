/// Why no login can be attempted.
public enum LoginFault: String, Equatable, Sendable {
    case notProtected = "the connection is not encrypted"
    case noXOAUTH2 = "the server does not offer XOAUTH2"
    case noMechanism =
        "the server offers none of AUTH=PLAIN, LOGIN and SCRAM-SHA-256 (which needs libsasl2-modules here)"
}
