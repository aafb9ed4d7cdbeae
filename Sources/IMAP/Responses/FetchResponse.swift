/// What a FETCH told of one message (RFC 3501, section 7.4.2; RFC 7162, section 3.1.4.2): nil for what it did not tell, or not so that
/// it could be understood.
struct FetchResponse: Equatable, Sendable {
    let sequenceNumber: UInt32
    var uid: UInt32?
    var flags: Set<String>?
    /// Flags were told, and nobody knows which: not the same as none, nor as nothing told.
    var hasUnknownFlags = false
    var modSeq: UInt64?
    /// Seconds since 1970.
    var internalDate: Int64?
    /// RFC822.SIZE: an estimate it may be.
    var size: UInt64?
    /// `BODY[]`, whole or from its first byte on.
    var body: [UInt8]?

    /// Takes over what another response told of the same message: a server may tell it in pieces.
    mutating func merge(_ other: FetchResponse) {
        uid = uid ?? other.uid
        flags = other.flags ?? flags
        hasUnknownFlags = hasUnknownFlags || other.hasUnknownFlags
        modSeq = other.modSeq ?? modSeq
        internalDate = internalDate ?? other.internalDate
        size = size ?? other.size
        body = body ?? other.body
    }
}
