/// A change of one message's mark that the ledger asks for.
public enum Mark: Equatable, Sendable {
    /// Claim it, and only if nobody has.
    case claim
    /// See that it is still claimed, or flagged, with no end on it.
    case verify
    /// Take the claim off.
    case release
    /// End the claim, and set `\Seen` where that is wanted; then keep, delete or move the message. `isRepeated`: an earlier attempt may have
    /// been carried out, in part or wholly.
    case settle(used: Bool, seen: Bool, then: AfterUse, isRepeated: Bool)
}

/// What becomes of a message whose password was used.
public enum AfterUse: Equatable, Sendable {
    case keep, delete
    /// UID MOVE (RFC 6851); where there is none UID COPY and UID EXPUNGE (RFC 4315).
    case move(to: String)
}
