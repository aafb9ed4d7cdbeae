/// A mailbox as opened by a session.
public struct OpenedMailbox: Equatable, Sendable {
    /// UIDs of another one mean nothing any more (RFC 3501, section 2.3.1.1).
    public let uidValidity: UInt32
    /// New mail gets this UID, or a later one; nil where the server does not tell (RFC 3501, section 2.3.1.1).
    public let uidNext: UInt32?
    /// Marks are kept in it, as far as is known. True of a mailbox that is read-only for now, where they are refused.
    public let keepsMarks: Bool

    public init(uidValidity: UInt32, uidNext: UInt32?, keepsMarks: Bool) {
        (self.uidValidity, self.uidNext, self.keepsMarks) = (uidValidity, uidNext, keepsMarks)
    }
}
