import Glibc
import Messages

extension HandoffClient.Failure {
    private static let whereToLook = Text(
        "See: systemctl status secom-otpd; its log: journalctl -u secom-otpd. If its socket is missing: systemctl start secom-otpd.socket"
    )

    /// One line, for people: what happened, and what to do.
    package var explanation: Text {
        switch self {
        case .busy(let message): Text("the daemon is busy: \(message)")
        case .noAnswer(let time): Text("no answer from the daemon within \(time.text). \(Self.whereToLook)")
        case .handoff(let error): error.explanation
        case .client(let error):
            switch error {
            case .notAllowed:
                Text(
                    "\(error): this user must be in the socket's group, usually secom-otp (usermod -aG), and log in again after being added"
                )
            case .error(let reply) where reply.name == "org.varlink.service.PermissionDenied":
                Text(
                    "the daemon does not allow user \(Int(getuid())) to do that; who may is in its configuration, claim and status under [socket]"
                )
            case .error(let reply) where reply.name == "org.varlink.service.InvalidParameter":
                reply.parameters["parameter"]?.string.map { Text("the daemon does not accept \($0)") }
                    ?? Text("the daemon does not accept a parameter")
            case .error(let reply) where reply.name == "org.varlink.service.InterfaceNotFound":
                Text("what answers there is another Varlink service, not secom-otpd; check --socket")
            case .error(let reply) where reply.name == "org.varlink.service.MethodNotFound":
                Text(
                    "the running daemon is of another version than this program; restart it: systemctl restart secom-otpd"
                )
            case .notASocket: Text("\(error); check --socket")
            case .notFound, .refused: Text("\(error): is secom-otpd running? \(Self.whereToLook)")
            case .closed, .full: Text("\(error). \(Self.whereToLook)")
            default: error.text
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
