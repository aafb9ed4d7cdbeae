/// How a mailbox is doing. Times are seconds since 1970.
public struct MailboxStatus: Equatable, Sendable {
    public enum State: String, Sendable { case connecting, watching, retrying, failed }
    /// How new mail becomes known.
    public enum Arrival: String, Sendable { case notify, idle, poll }
    /// What the mailbox can promise of a claim: that no other daemon has it too (`exclusive`), that it survives a restart
    /// (`marked`), or neither (`memory`).
    public enum Claims: String, Sendable { case exclusive, marked, memory }

    public var state = State.connecting
    public var arrival: Arrival?
    public var claims: Claims?
    /// The mailbox takes no marks although it should.
    public var isReadOnly = false
    public var uidValidity: UInt32?
    public var lastRoundTripAt: Double?
    public var lastArrivalAt: Double?
    public var nextAttemptAt: Double?
    /// Sessions after the first.
    public var reconnects = 0
    public var error: IMAPError?
}
