public import FoundationEssentials
public import Secrets

/// A one-time password and where to use it.
public struct Password: Sendable {
    public let id: PasswordID
    /// The address that the mail was sent to.
    public let recipient: String?
    public let secret: Secret
    public let loginURL: String
    public let issuedAt: Date
    /// After this the password opens nothing.
    public let expiresAt: Date

    public init(id: PasswordID, recipient: String?, secret: Secret, loginURL: String, issuedAt: Date, expiresAt: Date) {
        self.id = id
        self.recipient = recipient
        self.secret = secret
        self.loginURL = loginURL
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
    }

    /// The same under another name.
    func named(_ id: PasswordID) -> Password {
        Password(
            id: id, recipient: recipient, secret: secret, loginURL: loginURL, issuedAt: issuedAt, expiresAt: expiresAt)
    }
}
