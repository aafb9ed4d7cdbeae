import Secrets

/// A message, or the first part of it.
public struct FetchedMessage: Equatable, Sendable {
    /// Its UID, and its flags as they came with it.
    public let flags: MessageFlags
    /// Without it the UID names nothing.
    public let uidValidity: UInt32
    let identity: MessageIdentity
    /// When the server took the message in: seconds since 1970.
    public var internalDate: Int64? { identity.internalDate }
    /// The message from its first byte, as far as it was asked for.
    public let bytes: [UInt8]
    /// The message continues after `bytes`.
    public let isTruncated: Bool
    /// More of it is never fetched.
    public let isAllThereIs: Bool
    /// The server took it in longer ago than what matters: it is read once, to be told of.
    let isTooOld: Bool

    /// Overwrites the bytes, for everybody who has them.
    func wipe() { bytes.wipeForAll() }
}
