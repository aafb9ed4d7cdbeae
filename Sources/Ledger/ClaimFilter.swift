public import FoundationEssentials

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
