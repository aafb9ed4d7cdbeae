/// One response of a server (RFC 3501, section 7), as far as it was understood.
///
/// What a server wrote ends here: everything after this type, libetpan included, sees only what this type can say.
enum Response: Equatable, Sendable {
    /// The first response of a session.
    case greeting(StatusResponse)
    /// `+`, with the SASL challenge that it may carry.
    case continuation(challenge: String?)
    /// The end of a command.
    case tagged(tag: Int32, StatusResponse)
    /// An untagged OK, NO, BAD or BYE.
    case status(StatusResponse)
    case capability(Set<String>)
    case search([UInt32])
    case list(ListedMailbox)
    case mailboxStatus(MailboxStatusItems)
    /// A MYRIGHTS (RFC 4314, section 3.8): a letter for each right.
    case rights(String)
    case exists(UInt32)
    case expunge(UInt32)
    case fetch(FetchResponse)
    /// Unknown, or nothing that anybody here needs (RFC 3501, section 2.2.2).
    case other
}
