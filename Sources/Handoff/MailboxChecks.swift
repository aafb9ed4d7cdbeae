import Ledger
import Messages
import Varlink

/// Checks the mailboxes on behalf of callers of Check.
public protocol MailboxChecks: Sendable {
    /// Looks at one mailbox, or at all of them, and tells of each but the last, whose answer is returned.
    ///
    /// - Parameters:
    ///   - mailbox: its name; nil: all of them.
    ///   - language: of the answers.
    func check(
        _ mailbox: String?, in language: Language, tell: @escaping @Sendable (CheckAnswer) async -> Void
    ) async throws(CheckError) -> CheckAnswer
}

/// The result of a check of one mailbox.
public struct CheckAnswer: Equatable, Sendable {
    /// For people.
    public let lines: [String]
    /// It could serve.
    public let isOK: Bool

    public init(lines: [String], isOK: Bool) { (self.lines, self.isOK) = (lines, isOK) }

    var json: JSON.Object { ["lines": .array(lines.map(JSON.string)), "ok": .bool(isOK)] }

    init?(_ json: JSON.Object) {
        guard let lines = json["lines"]?.array, let isOK = json["ok"]?.bool else { return nil }
        self.init(lines: lines.compactMap(\.string), isOK: isOK)
    }
}

/// Why there is no check.
public enum CheckError: Error, Equatable, Sendable {
    /// None of that name is configured.
    case unknownMailbox(String)
    /// Another one is under way.
    case busy

    /// - Parameter language: of what people read in it.
    func varlink(in language: Language) -> VarlinkError {
        switch self {
        case .unknownMailbox(let name): ClaimError.unknownMailbox(name).varlink(in: language)
        case .busy:
            VarlinkError(
                VarlinkLimits.busy,
                [
                    "message": .string(
                        Text("another check is running; try again in a minute").rendered(in: language))
                ])
        }
    }
}
