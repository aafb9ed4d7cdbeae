/// Why a password or token could not be obtained. `reason` contains no secret.
public struct CredentialError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What went wrong and where, for the log and Status.
    public let reason: String
    /// - Parameter reason: holds no secret: it is logged.
    public init(_ reason: String) { self.reason = reason }
    /// The reason.
    public var description: String { reason }
}
