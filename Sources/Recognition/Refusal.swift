/// Why a mail is not accepted.
public struct Refusal: Error, Sendable, Equatable {
    public let reason: Reason
    /// One line for an operator: never a password, never longer than a few hundred bytes, no control characters.
    public let detail: String

    public init(_ reason: Reason, _ detail: String) {
        self.reason = reason
        self.detail = detail
    }
}

/// The stable codes of refusals, as `explain`, Status and the log tell them.
public enum Reason: String, Sendable, CaseIterable, Codable {
    case malformed
    /// Not from the sender: nobody's business, and not listed.
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

/// A piece of a mail, made fit to be shown: printable, bounded.
func shown(_ bytes: some Collection<UInt8>, limit: Int = 60) -> String {
    var text = ""
    var count = 0
    for scalar in String(decoding: bytes.prefix(limit * 4), as: UTF8.self).unicodeScalars {
        if count == limit {
            text += "…"
            break
        }
        count += 1
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
            text += "\u{FFFD}"
        default: text.unicodeScalars.append(scalar)
        }
    }
    return text
}
