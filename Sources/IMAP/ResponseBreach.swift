/// What a server sent that no server may. Ends the session; the name goes into the log and Status.
public enum ResponseBreach: Error, Equatable, Sendable, CustomStringConvertible {
    case lineTooLong(limit: Int)
    case literalTooLarge(limit: Int)
    case responseTooLarge(limit: Int)
    case budgetExceeded(limit: Int)
    case bareLineFeed
    case notAResponse
    case badGreeting
    case unexpectedTag
    case badNumber(in: String)
    case badSyntax(in: String)
    case nestingTooDeep
    case dataBeforeTLS

    public var description: String {
        switch self {
        case .lineTooLong(let limit): "a line longer than \(limit) bytes"
        case .literalTooLarge(let limit): "a literal larger than \(limit) bytes"
        case .responseTooLarge(let limit): "a response larger than \(limit) bytes"
        case .budgetExceeded(let limit): "more than \(limit) bytes for one command"
        case .bareLineFeed: "a line that ends without CR"
        case .notAResponse: "a line that is no response"
        case .badGreeting: "a greeting that is none"
        case .unexpectedTag: "an answer to a command that was not sent"
        case .badNumber(let response): "a number out of range in \(response)"
        case .badSyntax(let response): "bad syntax in \(response)"
        case .nestingTooDeep: "parentheses nested too deep"
        case .dataBeforeTLS: "data between the answer to STARTTLS and the handshake"
        }
    }
}
