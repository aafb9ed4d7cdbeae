/// A change of a mail's ``Record``, to be made on the server.
public enum RecordChange: Equatable, Sendable {
    /// From unmarked to claimed, and only by one.
    case claim
    /// None: see that it is still no more than claimed.
    case confirmClaimed
    case release
    case settle(used: Bool)
}

/// What became of a ``RecordChange``.
public enum RecordResult: Equatable, Sendable {
    case done
    /// Somebody else was there first: the record as it is.
    case lost(Record)
    /// The mail is gone.
    case gone
    case failed(reason: String)
}
