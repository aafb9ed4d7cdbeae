/// What a FETCH told of one message (RFC 3501, section 7.4.2; RFC 7162, section 3.1.4.2): nil for what it did not tell, or not so that
/// it could be understood.
struct FetchResponse: Equatable, Sendable {
    let sequenceNumber: UInt32
    var uid: UInt32?
    var flags: Set<String>?
    var modSeq: UInt64?
    /// Seconds since 1970.
    var internalDate: Int64?
    var size: UInt32?
    /// `BODY[]`, whole or from its first byte on.
    var body: [UInt8]?
}
