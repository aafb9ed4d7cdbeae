public import Secrets

/// How a mailbox's user proves who they are.
public enum Credential: Sendable {
    case password(Secret)
    /// An OAuth 2.0 access token, for XOAUTH2.
    case accessToken(Secret)
}
