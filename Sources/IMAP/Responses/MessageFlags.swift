/// Flags of one message, as the server last reported them.
public struct MessageFlags: Equatable, Sendable {
    /// RFC 3501 section 2.3.1.1.
    public let uid: UInt32
    /// System flags and keywords, such as `\Seen` and `$SecomOTPClaimed`.
    public var flags: Set<String>
    /// The number of the last change (RFC 7162), where the mailbox has such numbers.
    public var modSeq: UInt64?

    /// - Parameter modSeq: nil where the mailbox numbers no changes.
    public init(uid: UInt32, flags: Set<String>, modSeq: UInt64? = nil) {
        self.uid = uid
        self.flags = flags
        self.modSeq = modSeq
    }
}
