/// One mail that its reader wants.
public struct Arrival<Reading: Sendable>: Sendable {
    /// The mailbox's when the mail was read: a UID means something only with it (RFC 3501, section 2.3.1.1).
    public let uidValidity: UInt32
    /// Its UID (RFC 3501, section 2.3.1.1).
    public let uid: UInt32
    /// What its flags said of it then.
    public let mark: MarkState
    /// INTERNALDATE (RFC 3501, section 2.3.3): when the server took it in, in seconds since 1970; nil where that was not told.
    public let internalDate: Int64?
    /// The server took it in longer ago than ``MailboxSettings/lookBack``: nothing more is told of it, and no mark can be made on it.
    public let isTooOld: Bool
    /// What its reader made of it.
    public let reading: Reading
}
