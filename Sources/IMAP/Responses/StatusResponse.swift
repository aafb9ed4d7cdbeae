/// An OK, NO, BAD, BYE or PREAUTH (RFC 3501, section 7.1), without its text.
struct StatusResponse: Equatable, Sendable {
    enum Condition: String, Sendable {
        case ok = "OK"
        case no = "NO"
        case bad = "BAD"
        case bye = "BYE"
        case preauth = "PREAUTH"
    }

    let condition: Condition
    var code: ResponseCode?

    static let ok = StatusResponse(condition: .ok)
    static func no(_ code: ResponseCode? = nil) -> StatusResponse { StatusResponse(condition: .no, code: code) }
}
