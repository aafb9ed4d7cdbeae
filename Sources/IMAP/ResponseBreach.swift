import Messages

/// What a server sent that leaves it in doubt where one response ends and the next begins, or is more than any session needs. Ends
/// the session; the name goes into the log and Status.
public enum ResponseBreach: Error, Equatable, Sendable, TextConvertible {
    case lineTooLong(limit: Int)
    case literalTooLarge(limit: Int)
    case responseTooLarge(limit: Int)
    /// More bytes than all that was asked for can have.
    case tooMuch(limit: Int)
    case bareLineFeed
    case notAResponse
    case badGreeting
    case unexpectedTag
    case dataBeforeTLS

    /// As an error names it, bounds in bytes.
    public var text: Text {
        switch self {
        case .lineTooLong(let limit): Text("a line longer than \(limit) bytes")
        case .literalTooLarge(let limit): Text("a literal larger than \(limit) bytes")
        case .responseTooLarge(let limit): Text("a response larger than \(limit) bytes")
        case .tooMuch(let limit): Text("more than \(limit) bytes in answer to one command")
        case .bareLineFeed: Text("a line ending without CR")
        case .notAResponse: Text("a line that is not a response")
        case .badGreeting: Text("an invalid greeting")
        case .unexpectedTag: Text("an answer to a command that was not sent")
        case .dataBeforeTLS: Text("data between the answer to STARTTLS and the handshake")
        }
    }
}
