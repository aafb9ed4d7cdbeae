/// Why no login can be tried.
public enum LoginFault: String, Equatable, Sendable {
    case notProtected = "the connection is not protected"
    case noXOAUTH2 = "the server does not offer XOAUTH2"
    case noMechanism =
        "the server offers neither AUTH=PLAIN nor LOGIN, nor SCRAM-SHA-256 where libsasl2-modules has it"
}
