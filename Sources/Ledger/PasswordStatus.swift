public import FoundationEssentials
import Messages

/// One mail from the sender, as shown in Status.
public struct PasswordStatus: Equatable, Sendable {
    public let id: PasswordID
    /// Whom the mail was sent to, where that could be read.
    public let recipient: String?
    public let state: PasswordState
    /// Why it was refused: a stable code.
    public let reason: String?
    /// What may help against that, for people; nil where nothing is known to.
    public let detail: Text?
    /// When the sender says it was issued; nil where that could not be read.
    public let issuedAt: Date?
    /// From then on it is not given any more; nil where that is not known.
    public let expiresAt: Date?
}
