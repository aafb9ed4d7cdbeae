/// One mail that its reader wants.
public struct Arrival<Reading: Sendable>: Sendable {
    public let uidValidity: UInt32
    public let flags: MessageFlags
    public let reading: Reading
}
