/// How a mailbox is doing. Times are seconds since 1970.
public struct MailboxStatus: Equatable, Sendable {
    /// What it is at: `failed` is tried again like `retrying`, but somebody must fix something first.
    public enum State: String, Sendable { case connecting, watching, retrying, failed }
    /// How new mail becomes known.
    public enum ArrivalMethod: String, Sendable { case notify, idle, poll }
    /// What the mailbox can promise of a claim: that no other daemon has it too (`exclusive`), that it survives a restart
    /// (`marked`), or neither (`memory`).
    public enum Claims: String, Sendable { case exclusive, marked, memory }

    /// What it is at.
    public var state = State.connecting
    /// Nil until a session has found out.
    public var arrival: ArrivalMethod?
    /// Nil until a session has found out.
    public var claims: Claims?
    /// The mailbox takes no marks although it should.
    public var isReadOnly = false
    /// The folder's, RFC 3501 section 2.3.1.1; nil before it was first opened.
    public var uidValidity: UInt32?
    /// When the server last answered.
    public var lastRoundTripAt: Double?
    /// When a mail that matters was last found.
    public var lastArrivalAt: Double?
    /// When the next session is tried, or a server that throttles is asked again; nil while there is nothing to wait for.
    public var nextAttemptAt: Double?
    /// Sessions after the first.
    public var reconnects = 0
    /// What went wrong last, where something did.
    public var error: IMAPError?
}

extension MailboxStatus {
    /// No login is tried now: what the last one was refused for, and until when, in seconds since 1970.
    ///
    /// - Parameter now: in seconds since 1970.
    public func heldBack(at now: Double) -> (error: IMAPError, until: Double)? {
        guard let error, error.loginRefusal != nil, let nextAttemptAt, nextAttemptAt > now else { return nil }
        return (error, nextAttemptAt)
    }
}
