import Messages

/// The ledger's events for the log.
public enum LedgerNews: Equatable, Sendable {
    /// A mail is in this state now. `holder`: who has its password, or had it last.
    case entered(PasswordID, PasswordState, reason: String?, detail: Text?, holder: Caller? = nil)
    /// There are too many mails of its mailbox, and this one is forgotten.
    case forgotten(PasswordID)
}
