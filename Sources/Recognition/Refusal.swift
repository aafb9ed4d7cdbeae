import Messages

/// Why a mail is not accepted.
public struct Refusal: Error, Sendable, Equatable {
    public let reason: Reason
    /// One line for an operator: never a password, never longer than 1000 bytes, no control characters.
    public let detail: Text
    /// What of the configuration might fix it, by what the mail says, where the code alone would leave an operator at a loss. A part
    /// of ``detail``, for who is told no details.
    public let remedy: Text?

    public init(_ reason: Reason, _ detail: Phrase) { self.init(reason, Text(detail)) }

    public init(_ reason: Reason, _ detail: Text, remedy: Text? = nil) {
        self.reason = reason
        self.detail = detail
        self.remedy = remedy
    }

    /// The code, and the remedy where there is one.
    public var summary: Text { remedy.map { Text("\(reason.rawValue): \($0)") } ?? Text(verbatim: reason.rawValue) }
}

/// The stable codes of refusals, as reported by `explain`, Status and the log.
public enum Reason: String, Sendable, CaseIterable, Codable {
    case malformed
    /// Not from the sender: irrelevant, and not listed.
    case wrongSender = "wrong-sender"
    case senderNotAuthenticated = "sender-not-authenticated"
    case wrongSubject = "wrong-subject"
    case noPassword = "no-password"
    case ambiguousPassword = "ambiguous-password"
    case noLoginURL = "no-login-url"
    case loginURLNotAllowed = "login-url-not-allowed"
    case ambiguousLoginURL = "ambiguous-login-url"
    /// Older than `valid_for`: found by whoever has a clock, never by reading the mail.
    case expired
}
