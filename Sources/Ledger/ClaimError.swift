import Messages

/// Why a claim brought no password, or could not be settled.
public enum ClaimError: Error, Equatable, Sendable {
    /// None that fits came in time, or the daemon stops.
    case noPassword
    /// No mailbox of that name is configured.
    case unknownMailbox(String)
    /// Nothing with this ID is claimed.
    case notClaimed(id: String)
    /// The mailbox did not take the mark.
    case markFailed(reason: Text)
    /// Whoever asks may not ask any more.
    case notAllowed
}
