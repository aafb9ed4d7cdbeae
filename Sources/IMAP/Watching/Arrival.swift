/// One mail that its reader wants.
public struct Arrival<Reading: Sendable>: Sendable {
    /// The folder's when the mail was read: a UID means something only with it. RFC 3501 section 2.3.1.1.
    public let uidValidity: UInt32
    /// Its UID, and its flags when it was read.
    public let flags: MessageFlags
    /// What its reader made of it.
    public let reading: Reading
}
