import Messages

/// A change of a mail's ``Record``, to be made on the server.
public enum RecordChange: Hashable, Sendable {
    /// From unmarked to claimed, and only by one.
    case claim
    /// None: see that it is still no more than claimed.
    case confirmClaimed
    case release
    /// - Parameter isRepeated: it was asked for before, and may have been carried out.
    case settle(used: Bool, isRepeated: Bool)
}

/// What became of a ``RecordChange``.
public enum RecordResult: Equatable, Sendable {
    case done
    /// The mailbox keeps no marks: what is to be known of the password the ledger must know by itself.
    case notKept
    /// Somebody else was there first: the record as it is.
    case lost(Record)
    /// The mail is gone.
    case gone
    /// It was not made, and can be made later.
    case unavailable(reason: Text)
    /// It was asked for, and the answer was lost.
    case unknown(reason: Text)
    /// It cannot be made: the mailbox is read-only, or the user has no right to.
    case refused(reason: Text)
}
