import ArgumentParser
import Handoff
import ProcessRuntime
import Varlink

/// Where the daemon listens.
struct SocketOption: ParsableArguments {
    @Option(help: ArgumentHelp("The daemon's socket.", valueName: "PATH"), completion: .file())
    var socket = HandoffClient.defaultPath

    /// Says why a call failed, and gives the exit status for it.
    static func exit(_ failure: HandoffClient.Failure) -> ExitCode {
        switch failure {
        case .client(let error): return exit(error)
        case .busy(let message):
            complain("the daemon has no room now: \(message.isEmpty ? "too many are connected" : message)")
            return ExitCode(ExitStatus.unavailable.rawValue)
        case .noAnswer(let time):
            complain("no answer from the daemon within \(time.text). \(whereToLook)")
            return ExitCode(ExitStatus.unavailable.rawValue)
        case .handoff(let error):
            complain(error.explanation)
            switch error {
            case .noPassword: return ExitCode(ExitStatus.noPassword.rawValue)
            case .unknownMailbox: return ExitCode(ExitStatus.badData.rawValue)
            case .notClaimed: return ExitCode(ExitStatus.badData.rawValue)
            case .notAllowed: return ExitCode(ExitStatus.notAllowed.rawValue)
            case .markFailed: return ExitCode(ExitStatus.unavailable.rawValue)
            }
        }
    }

    private static let whereToLook =
        "Its log: journalctl -u secom-otpd; its socket, where there is none: systemctl start secom-otpd.socket"

    static func exit(_ error: VarlinkClientError) -> ExitCode {
        switch error {
        case .notAllowed:
            complain("\(error): is this user in the socket's group?")
            return ExitCode(ExitStatus.notAllowed.rawValue)
        case .error(let reply) where reply.name == "org.varlink.service.PermissionDenied":
            complain("the daemon does not allow this user to do that")
            return ExitCode(ExitStatus.notAllowed.rawValue)
        case .error(let reply) where reply.name == "org.varlink.service.InvalidParameter":
            complain("the daemon does not accept \(reply.parameters["parameter"]?.string ?? "a parameter")")
            return ExitCode(ExitStatus.usage.rawValue)
        case .notFound, .refused:
            complain("\(error): is secom-otpd running? \(whereToLook)")
            return ExitCode(ExitStatus.unavailable.rawValue)
        case .closed, .full:
            complain("\(error). \(whereToLook)")
            return ExitCode(ExitStatus.unavailable.rawValue)
        case .badPath:
            complain(error.description)
            return ExitCode(ExitStatus.usage.rawValue)
        default:
            complain(error.description)
            return ExitCode(ExitStatus.unavailable.rawValue)
        }
    }
}

/// Says something on standard error.
func complain(_ text: String) {
    writeAll(Array("secom-otp: \(text)\n".utf8), to: 2)
}
