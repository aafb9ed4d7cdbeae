/// Why a password or token could not be had. `reason` holds no secret.
public struct CredentialError: Error, Equatable, Sendable, CustomStringConvertible {
    public let reason: String
    public init(_ reason: String) { self.reason = reason }
    public var description: String { reason }
}
