/// What a server sent that leaves it in doubt where one response ends and the next begins, or is more than any session needs. Ends
/// the session; the name goes into the log and Status.
public enum ResponseBreach: Error, Equatable, Sendable, CustomStringConvertible {
    case lineTooLong(limit: Int)
    case literalTooLarge(limit: Int)
    case responseTooLarge(limit: Int)
    /// More bytes than all that was asked for can have.
    case tooMuch(limit: Int)
    case bareLineFeed
    case notAResponse
    case badGreeting
    case unexpectedTag
    case unexpectedContinuation
    case dataBeforeTLS

    /// As an error names it, bounds in bytes.
    public var description: String {
        switch self {
        case .lineTooLong(let limit): "a line longer than \(limit) bytes"
        case .literalTooLarge(let limit): "a literal larger than \(limit) bytes"
        case .responseTooLarge(let limit): "a response larger than \(limit) bytes"
        case .tooMuch(let limit): "more than \(limit) bytes in answer to one command"
        case .bareLineFeed: "a line ending without CR"
        case .notAResponse: "a line that is not a response"
        case .badGreeting: "an invalid greeting"
        case .unexpectedTag: "an answer to a command that was not sent"
        case .unexpectedContinuation: "an unexpected continuation request"
        case .dataBeforeTLS: "data between the answer to STARTTLS and the handshake"
        }
    }
}
