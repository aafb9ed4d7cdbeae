/// A change of one message's flags that the ledger asks for.
public enum Mark: Equatable, Sendable {
    /// Set the keyword, and only if nobody has.
    case claim(keyword: String)
    /// See that the message is there, has the one and none of the others.
    case verify(present: String, absent: Set<String>)
    /// Take the keyword off.
    case release(keyword: String)
    /// Set these, then keep, delete or move the message. Done after a reconnect if it cannot be done now.
    case settle(flags: [String], then: AfterUse)
}

/// What becomes of a message whose password was used.
public enum AfterUse: Equatable, Sendable {
    case keep, delete
    case move(to: String)
}
