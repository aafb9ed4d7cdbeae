/// One call of Claim.
public struct Claimant: Equatable, Sendable {
    /// Tells calls apart; never used again.
    public let id: UInt64
    /// The connection that it came on. When that ends, what was claimed on it is in doubt.
    public let connection: UInt64
    public let filter: ClaimFilter
    /// When it gives up, by ``Moment/uptime``.
    public let deadline: Duration

    public init(id: UInt64, connection: UInt64, filter: ClaimFilter, deadline: Duration) {
        self.id = id
        self.connection = connection
        self.filter = filter
        self.deadline = deadline
    }
}
