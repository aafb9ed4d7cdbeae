/// The state that a server reports when it refuses something: that it is overloaded or throttling, not that the request is wrong.
enum ServerState: Equatable, Sendable {
    case tooManyConnections
    /// It is throttling.
    case throttled
    /// It cannot now.
    case unavailable
    /// Exchange Online: the login counts, and there is no mailbox behind it.
    case notConnected
}

extension ServerState {
    /// Reads it from the text of a NO, a BAD or a BYE: half the servers have no code for it (RFC 5530 is of 2009), and say it in words.
    init?(text: StatusText) {
        if text.has("authenticated but not connected") {
            self = .notConnected
        } else if text.has("simultaneous") || text.has("concurrent") || text.has("maximum number of connections")
            || text.has("connection limit") || text.has("too many") && (text.has("connection") || text.has("session"))
        {
            self = .tooManyConnections
        } else if [
            "too many user flags", "too many flags", "too many keywords", "too many arguments", "too many parameters",
        ]
        .contains(where: text.has) {
            // "Too many user flags in mailbox" is said of the mailbox, "Too many arguments" of the command.
            return nil
        } else if ["throttl", "too many", "rate limit", "login rate", "backoff", "back-off", "bandwidth"]
            .contains(where: text.has)
        {
            self = .throttled
        } else if ["unavailable", "not available", "system error", "internal error", "overload"]
            .contains(where: text.has)
        {
            self = .unavailable
        } else if !text.isAboutCredential, ["temporar", "try again"].contains(where: text.has) {
            // "Wrong password, please try again" is no such thing.
            self = .unavailable
        } else if !text.isAboutCredential, text.hasWord("rate") {
            self = .throttled
        } else {
            return nil
        }
    }
}
