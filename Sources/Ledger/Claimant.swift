public import FoundationEssentials

/// One call of Claim.
public struct Claimant: Equatable, Sendable {
    /// Tells calls apart; never used again.
    public let id: UInt64
    /// The connection that it came on. When that ends, what was claimed on it is in doubt.
    public let connection: UInt64
    public let filter: ClaimFilter
    /// When it gives up.
    public let deadline: Date

    public init(id: UInt64, connection: UInt64, filter: ClaimFilter, deadline: Date) {
        self.id = id
        self.connection = connection
        self.filter = filter
        self.deadline = deadline
    }
}

/// Which passwords will do.
public struct ClaimFilter: Equatable, Sendable {
    public var mailbox: String?
    /// Compared without regard to case.
    public var recipient: String?
    /// Compared in whole seconds: a Date field has no fractions, so a mail of this very second was issued "after".
    public var issuedAfter: Date?
    public var includesInDoubt: Bool
    /// Not these.
    public var excluded: Set<PasswordID> = []

    public init(
        mailbox: String? = nil, recipient: String? = nil, issuedAfter: Date? = nil, includesInDoubt: Bool = false
    ) {
        self.mailbox = mailbox
        self.recipient = recipient
        self.issuedAfter = issuedAfter
        self.includesInDoubt = includesInDoubt
    }

    /// `recipient` is the filter's own, in lower case: made once for many entries.
    func fits(_ entry: Entry, recipient: String?) -> Bool {
        if let mailbox, mailbox != entry.id.mailbox { return false }
        if excluded.contains(entry.id) { return false }
        if let recipient, recipient != entry.foldedRecipient { return false }
        if let issuedAfter, let issuedAt = entry.issuedAt {
            return issuedAt.timeIntervalSince1970 >= issuedAfter.timeIntervalSince1970.rounded(.down)
        }
        return true
    }
}

/// Why a claim ended without a password.
public enum ClaimError: Error, Equatable, Sendable {
    case noPassword
    case unknownMailbox(String)
    case markFailed(reason: String)
    /// The daemon stops.
    case stopping
}

/// Why a password could not be settled.
public enum SettleError: Error, Equatable, Sendable {
    case notClaimed(String)
    case markFailed(reason: String)
}
