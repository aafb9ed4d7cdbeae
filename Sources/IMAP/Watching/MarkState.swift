/// What a message's flags (RFC 3501, section 2.3.2) say of its password.
public enum MarkState: Equatable, Sendable {
    case none, claimed
    /// Claimed by `\Flagged`, which may be a person's or a rule's.
    case flagged
    case used, rejected

    /// Claimed, and no end on it.
    var isClaim: Bool { self == .claimed || self == .flagged }
}

/// A message, by its UID (RFC 3501, section 2.3.1.1), and its mark.
public struct MarkedMessage: Equatable, Sendable {
    public let uid: UInt32
    public let mark: MarkState

    public init(uid: UInt32, mark: MarkState) { (self.uid, self.mark) = (uid, mark) }
}
