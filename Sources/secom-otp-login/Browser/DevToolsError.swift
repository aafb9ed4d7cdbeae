/// Why a command to the browser brought no result.
enum DevToolsError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The browser has closed its pipe: it has ended, or is about to.
    case closed
    /// It refuses the command, in its words.
    case refused(String)
    /// The page's dialog stands in the way.
    case blocked
    /// It has sent what cannot be read.
    case breach(String)
    /// No answer in this time.
    case noAnswer(within: Duration)

    var description: String {
        switch self {
        case .closed: "it has ended"
        case .refused(let message): "it refuses: \(message)"
        case .blocked: "a dialog is open"
        case .breach(let what): "it breaks the protocol: \(what)"
        case .noAnswer(let limit): "no answer within \(limit)"
        }
    }
}
