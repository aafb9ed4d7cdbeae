public import FoundationEssentials

/// Which passwords a claim accepts.
public struct ClaimFilter: Equatable, Sendable {
    public var mailbox: String?
    /// Compared without regard to case.
    public var recipient: String? { didSet { foldedRecipient = recipient?.lowercased() } }
    /// Compared in whole seconds: a Date field has no fractions, so a mail of this very second was issued "after".
    public var issuedAfter: Date?
    public var includesInDoubt: Bool
    /// Not these.
    public var excluded: Set<PasswordID> = []
    private(set) var foldedRecipient: String?

    public init(
        mailbox: String? = nil, recipient: String? = nil, issuedAfter: Date? = nil, includesInDoubt: Bool = false
    ) {
        self.mailbox = mailbox
        self.recipient = recipient
        self.issuedAfter = issuedAfter
        self.includesInDoubt = includesInDoubt
        foldedRecipient = recipient?.lowercased()
    }

    /// Which of the candidates come into question at all.
    var key: Candidates.Key { Candidates.Key(mailbox: mailbox, recipient: foldedRecipient) }

    /// No mail issued before this is meant.
    var earliest: Date? {
        issuedAfter.map { Date(timeIntervalSince1970: $0.timeIntervalSince1970.rounded(.down)) }
    }

    func fits(_ message: Message) -> Bool {
        if let mailbox, mailbox != message.id.mailbox { return false }
        if let foldedRecipient, foldedRecipient != message.foldedRecipient { return false }
        if excluded.contains(message.id) { return false }
        if let earliest, let issuedAt = message.issuedAt { return issuedAt >= earliest }
        return true
    }
}
