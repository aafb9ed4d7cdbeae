/// Why a claim ended without a password.
public enum ClaimError: Error, Equatable, Sendable {
    case noPassword
    case unknownMailbox(String)
    case markFailed(reason: String)
    /// The daemon stops.
    case stopping
}

/// Why a password could not be settled.
public enum SettleError: Error, Equatable, Sendable {
    case notClaimed(String)
    case markFailed(reason: String)
}
