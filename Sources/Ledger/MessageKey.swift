/// Identifies a message across restarts, reloads and configurations: its account, its numbers, and when it arrived, because numbers are
/// reused when a mailbox is restored.
public struct MessageKey: Hashable, Sendable {
    /// As ``WatchedMailbox/account`` has it.
    public let account: String
    public let uidValidity: UInt32
    public let uid: UInt32
    /// INTERNALDATE in seconds since 1970; nil where the server did not tell.
    public let internalDate: Int64?

    public init(account: String, uidValidity: UInt32, uid: UInt32, internalDate: Int64?) {
        self.account = account
        self.uidValidity = uidValidity
        self.uid = uid
        self.internalDate = internalDate
    }
}
