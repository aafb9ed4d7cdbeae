/// Why the browser could not be started, or a command to it had no result.
enum DevToolsError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The browser has closed its pipe: it has ended, or is about to end.
    case closed
    /// It refused the command, with this message.
    case refused(String)
    /// The page is blocked by a dialog.
    case blocked
    /// It could not be started, or sent something that cannot be read; the text says what happened.
    case breach(String)
    /// It sent no reply in this time.
    case noAnswer(within: Duration)

    var description: String {
        switch self {
        case .closed: "it has ended"
        case .refused(let message): "it refused the command: \(message)"
        case .blocked: "a dialog is open"
        case .breach(let what): what
        case .noAnswer(let limit): "no reply within \(limit)"
        }
    }
}
