/// What a message is known by besides its UID, which a mailbox restored from a backup may assign again (RFC 3501, section 2.3.1.1, forbids
/// that and cannot prevent it).
struct MessageIdentity: Equatable, Sendable {
    /// INTERNALDATE, seconds since 1970.
    var internalDate: Int64?
    /// RFC822.SIZE: an estimate it may be, of this very message always the same.
    var size: UInt64?

    /// What was not told differs from nothing.
    func differs(from other: MessageIdentity) -> Bool {
        let isAnother = { (one: Int64?, two: Int64?) in one != nil && two != nil && one != two }
        return isAnother(internalDate, other.internalDate)
            || isAnother(size.map(Int64.init(clamping:)), other.size.map(Int64.init(clamping:)))
    }
}

/// What was reported about a known message.
struct ToldMessage: Equatable, Sendable {
    let flags: MessageFlags
    var identity = MessageIdentity()
}
