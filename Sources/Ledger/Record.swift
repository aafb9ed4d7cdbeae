/// What is recorded about a password with its message: in the mailbox, the only durable store, or if it stores no marks, in this
/// daemon's memory.
public enum Record: Equatable, Sendable {
    case unmarked, claimed
    /// Claimed by a flag that people and rules set as well.
    case flagged
    case used, rejected

    /// Somebody has the password, or had it and did not say what became of it.
    var isHeld: Bool { self == .claimed || self == .flagged }
    /// What became of the password is known.
    var isFinal: Bool { self == .used || self == .rejected }
}
