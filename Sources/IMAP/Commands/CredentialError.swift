import Messages

/// Why a password or token could not be obtained. `reason` contains no secret.
public struct CredentialError: Error, Equatable, Sendable, TextConvertible {
    /// What went wrong and where, for the log and Status.
    public let reason: Text
    /// - Parameter reason: holds no secret: it is logged.
    public init(_ reason: Phrase) { self.reason = Text(reason) }
    /// The reason.
    public var text: Text { reason }
}
