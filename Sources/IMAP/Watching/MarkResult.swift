/// What became of a ``Mark``.
public enum MarkResult: Equatable, Sendable {
    case done
    /// Somebody else was there first: the flags as they are.
    case lost(MessageFlags)
    /// The message is not in the mailbox any more.
    case gone
    /// The server could not be asked, or refused.
    case failed(IMAPError)
}
