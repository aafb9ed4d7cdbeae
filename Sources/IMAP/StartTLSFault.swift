/// What is wrong with a server's STARTTLS.
public enum StartTLSFault: String, Equatable, Sendable {
    case notOffered = "the server does not offer it"
    case refused = "the server refused it"
    /// It would keep us from ever asking for TLS (RFC 9051, section 11.1).
    case preauthenticated = "the server greets with PREAUTH"
}
