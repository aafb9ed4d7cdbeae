/// An OK, NO, BAD, BYE or PREAUTH (RFC 3501, section 7.1). Of its text only the server's state is kept.
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
    /// What the text of a NO, a BAD or a BYE tells of the server's state.
    var told: ServerState?
    /// Its text speaks of rights: half the servers have no code for that either.
    var isAboutRights = false
    /// Its text speaks of a way to log in that the server does not have, or of a form that it does not understand.
    var isAboutMechanism = false
    /// For how long the server wants to be left alone, where its text says so.
    var backOff: Duration?

    static let ok = StatusResponse(condition: .ok)
    static func no(_ code: ResponseCode? = nil) -> StatusResponse { StatusResponse(condition: .no, code: code) }

    /// The server's state, by text or code. The text comes first: `[UNAVAILABLE]` and `[LIMIT]` are said of many things.
    var state: ServerState? {
        if condition == .ok || condition == .preauth { return nil }
        if let told, told != .unavailable { return told }
        switch code?.name {
        case "LIMIT", "THROTTLED": return .throttled
        case "UNAVAILABLE", "INUSE", "SERVERBUG", "CONTACTADMIN": return .unavailable
        default: return told
        }
    }

    /// Refused, and neither a code nor a word says why: what was asked may be what the server does not take.
    var isUnexplained: Bool {
        (condition == .no || condition == .bad)
            && (code == nil || code == .plain("CANNOT") || code == .plain("CLIENTBUG"))
            && state == nil && !isAboutRights
    }

    /// The server is throttling and wants to be left alone: for ``backOff``, where it says so.
    var isThrottled: Bool { state == .throttled }

    /// The error that the server's state is, to whatever command; nil where what was asked is the reason, or the state passes by itself.
    var stateError: IMAPError? {
        switch state {
        case .tooManyConnections: .tooManyConnections(backOff: backOff)
        case .throttled: .throttled(backOff: backOff)
        case .notConnected: .authenticatedNotConnected
        case .unavailable, nil: nil
        }
    }
}
