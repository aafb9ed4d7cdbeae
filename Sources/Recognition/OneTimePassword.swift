import FoundationEssentials
import Secrets

/// What an accepted mail gives.
public struct OneTimePassword: Sendable {
    /// 4 to 64 bytes of printable ASCII, as the mail has them.
    public let password: Secret
    public let loginURL: LoginURL
    /// The address the mail was sent to, where its header tells: printable ASCII, at most 254 bytes.
    public let recipient: String?
    /// The earlier of Date and INTERNALDATE; nil only where there is neither.
    public let issuedAt: Date?
    /// `issuedAt` plus `valid_for`.
    public let expiresAt: Date?

    public init(password: Secret, loginURL: LoginURL, recipient: String?, issuedAt: Date?, expiresAt: Date?) {
        self.password = password
        self.loginURL = loginURL
        self.recipient = recipient
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
    }
}
