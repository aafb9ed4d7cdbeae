public import Secrets

/// How a mailbox's user proves who they are.
public enum Credential: Sendable {
    case password(Secret)
    /// An OAuth 2.0 access token, for XOAUTH2.
    case accessToken(Secret)

    /// Tells one password from another, within this process: a hash by a seed of its own. All tokens are one: they are changed all the time.
    var fingerprint: Int {
        switch self {
        case .accessToken: return 0
        case .password(let secret):
            var hasher = Hasher()
            secret.withBytes { hasher.combine(bytes: $0) }
            return hasher.finalize()
        }
    }

    var secret: Secret {
        switch self {
        case .password(let secret), .accessToken(let secret): secret
        }
    }
}
