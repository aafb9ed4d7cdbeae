extension HandoffClient.Failure {
    private static let whereToLook =
        "Its log: journalctl -u secom-otpd. If its socket is missing: systemctl start secom-otpd.socket"

    /// One line, for people: what happened, and what to do.
    package var explanation: String {
        switch self {
        case .busy(let message): "the daemon is busy: \(message.isEmpty ? "too many clients are connected" : message)"
        case .noAnswer(let time): "no answer from the daemon within \(time.text). \(Self.whereToLook)"
        case .handoff(let error): error.explanation
        case .client(let error):
            switch error {
            case .notAllowed: "\(error): is this user in the socket's group?"
            case .error(let reply) where reply.name == "org.varlink.service.PermissionDenied":
                "the daemon does not allow this user to do that"
            case .error(let reply) where reply.name == "org.varlink.service.InvalidParameter":
                "the daemon does not accept \(reply.parameters["parameter"]?.string ?? "a parameter")"
            case .notFound, .refused: "\(error): is secom-otpd running? \(Self.whereToLook)"
            case .closed, .full: "\(error). \(Self.whereToLook)"
            default: error.description
            }
        }
    }

    /// How a program ends for it.
    package var exitStatus: ExitStatus {
        switch self {
        case .busy, .noAnswer, .handoff(.markFailed): .unavailable
        case .handoff(.noPassword): .noPassword
        case .handoff(.unknownMailbox), .handoff(.notClaimed): .badData
        case .handoff(.notAllowed), .client(.notAllowed): .notAllowed
        case .client(.badPath): .usage
        case .client(.error(let reply)) where reply.name == "org.varlink.service.PermissionDenied": .notAllowed
        case .client(.error(let reply)) where reply.name == "org.varlink.service.InvalidParameter": .usage
        case .client: .unavailable
        }
    }
}
