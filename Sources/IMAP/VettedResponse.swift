/// One response that was found sound: what it is, and the bytes that a parser may see.
struct VettedResponse: Equatable, Sendable {
    enum Kind: Equatable, Sendable {
        case greeting, continuation
        case tagged(tag: Int32, Condition)
        case status(Condition)
        case exists(UInt32), recent(UInt32), expunge(UInt32)
        case fetch(uid: UInt32?)
        case data(String)
        /// The server's name, where it tells one (RFC 2971, section 3.2).
        case id(name: String?)
        /// Unknown or not asked for: dropped, as RFC 3501, section 2.2.2 lets a client do.
        case unknown
    }

    /// The condition of a status response (RFC 3501, section 7.1).
    enum Condition: String, Sendable {
        case ok = "OK"
        case no = "NO"
        case bad = "BAD"
        case bye = "BYE"
        case preauth = "PREAUTH"
    }

    let kind: Kind
    /// The response code's atom, from the list of those we know (RFC 3501, 5530, 7162).
    var code: String?
    /// The whole response for the parser, CRLF included; empty when it is dropped.
    let bytes: [UInt8]
}
