/// Flags of one message, as the server last told them.
public struct MessageFlags: Equatable, Sendable {
    public let uid: UInt32
    /// System flags and keywords, such as `\Seen` and `$SecomOTPClaimed`.
    public var flags: Set<String>
    /// The number of the last change (RFC 7162), where the folder has such numbers.
    public var modSeq: UInt64?

    public init(uid: UInt32, flags: Set<String>, modSeq: UInt64? = nil) {
        self.uid = uid
        self.flags = flags
        self.modSeq = modSeq
    }
}

/// A message, or the first part of it.
public struct FetchedMessage: Sendable {
    public let flags: MessageFlags
    /// The server told the flags. Where it told only a new MODSEQ, `flags` knows none of them.
    var hasFlags = true
    /// Without it the UID names nothing.
    public internal(set) var uidValidity: UInt32 = 0
    /// When the server took the message in: seconds since 1970.
    public let internalDate: Int64?
    /// Size of the whole message in bytes.
    public let size: Int?
    /// The message from its first byte, as far as it was asked for.
    public let bytes: [UInt8]
    /// More of it is never fetched.
    public internal(set) var isAllThereIs = false
    /// The message goes on after `bytes`.
    public var isTruncated: Bool { size.map { $0 > bytes.count } ?? false }
}
