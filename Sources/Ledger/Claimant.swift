/// One call of Claim.
public struct Claimant: Equatable, Sendable {
    /// Tells calls apart; never used again.
    public let id: UInt64
    /// The connection that it came on. When that ends, what was claimed on it is in doubt.
    public let connection: UInt64
    public let filter: ClaimFilter
    /// When it gives up, by ``Moment/uptime``.
    public let deadline: Duration
    /// Nil where that is not known, or means nothing: a worker that a password is pushed to.
    public let caller: Caller?

    public init(id: UInt64, connection: UInt64, filter: ClaimFilter, deadline: Duration, caller: Caller? = nil) {
        self.id = id
        self.connection = connection
        self.filter = filter
        self.deadline = deadline
        self.caller = caller
    }
}
