/// What a refused login means. A pure value.
///
/// A refused credential is not retried for minutes, later an hour, because servers lock accounts after repeated failures. So throttling
/// must not be mistaken for a refused credential, nor a wrong credential for throttling.
struct LoginRefusal: Equatable, Sendable {
    /// The credential is an access token.
    var isToken = false
    /// The server took this very login before, in this process's life: it cannot have become wrong by itself.
    var hasWorked = false

    /// Codes that speak of the user or the credential (RFC 5530, section 3), whatever the text after them.
    private static let credential: Set<String> = [
        "AUTHENTICATIONFAILED", "AUTHORIZATIONFAILED", "EXPIRED", "PRIVACYREQUIRED",
    ]

    /// - Parameter before: what an untagged NO or BAD told of the server's state before the tagged one, which often says nothing.
    func error(_ status: StatusResponse, before: StatusResponse? = nil) -> IMAPError {
        let code = status.code?.name
        if let code, Self.credential.contains(code) {
            return isToken ? .tokenRefused(code: code) : .loginRefused(code: code)
        }
        if let error = status.stateError ?? before?.stateError { return error }
        // To a command that stores something it means the mailbox's quota: here it can only be that of logins (Gmail).
        if code == "OVERQUOTA" || before?.code?.name == "OVERQUOTA" {
            return .throttled(backOff: status.backOff ?? before?.backOff)
        }
        if status.state == .unavailable { return .loginUnavailable(code: code == "ALERT" ? nil : code) }
        if before?.state == .unavailable { return .loginUnavailable(code: before?.code?.name) }
        if status.condition == .no, isToken { return .tokenRefused(code: code) }
        if hasWorked || status.condition == .bad { return .loginUnexplained(hasWorked: hasWorked) }
        return .loginRefused(code: code)
    }
}

extension IMAPError {
    /// Why a command was not done: the server's state, where its answer tells of that.
    static func refusal(of command: CommandName, _ status: StatusResponse) -> IMAPError {
        status.stateError ?? .refused(command, code: status.code?.name)
    }
}
