/// The names of our keywords (RFC 3501, section 2.3.2; RFC 5788): those that two daemons on one mailbox read of each other.
public struct MarkNames: Equatable, Sendable {
    public var claimed, used, rejected: String

    /// Each an atom without a backslash, and none of them another's.
    public init(claimed: String, used: String, rejected: String) {
        (self.claimed, self.used, self.rejected) = (claimed, used, rejected)
    }

    var all: [String] { [claimed, used, rejected] }
}
