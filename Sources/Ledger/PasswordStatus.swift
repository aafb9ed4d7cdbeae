public import FoundationEssentials

/// One mail from the sender, as Status tells it.
public struct PasswordStatus: Equatable, Sendable {
    public let id: PasswordID
    public let recipient: String?
    public let state: PasswordState
    /// Why it was refused: a stable code.
    public let reason: String?
    public let issuedAt: Date?
    public let expiresAt: Date?
}
