public import Ledger
import Messages
import Varlink

/// The errors of `org.secom-otpd.Handoff`, on both ends.
extension ClaimError {
    private static let prefix = "org.secom-otpd.Handoff."

    /// - Parameter language: of what people read in it.
    func varlink(in language: Language) -> VarlinkError {
        switch self {
        case .noPassword: VarlinkError(Self.prefix + "NoPassword")
        case .unknownMailbox(let name): VarlinkError(Self.prefix + "UnknownMailbox", ["mailbox": .string(name)])
        case .notClaimed(let id): VarlinkError(Self.prefix + "NotClaimed", ["id": .string(id)])
        case .markFailed(let reason):
            VarlinkError(Self.prefix + "MarkFailed", ["reason": .string(reason.rendered(in: language))])
        case .notAllowed: .permissionDenied()
        }
    }

    init?(_ error: VarlinkError) {
        switch error.name {
        case Self.prefix + "NoPassword": self = .noPassword
        case Self.prefix + "UnknownMailbox": self = .unknownMailbox(error.parameters["mailbox"]?.string ?? "")
        case Self.prefix + "NotClaimed": self = .notClaimed(id: error.parameters["id"]?.string ?? "")
        case Self.prefix + "MarkFailed":
            self = .markFailed(reason: Text(verbatim: error.parameters["reason"]?.string ?? ""))
        default: return nil
        }
    }
}

extension ClaimError {
    /// One line, for people.
    public var explanation: Text {
        switch self {
        case .noPassword: Text("no matching password is available")
        case .unknownMailbox(let name): Text("no mailbox \"\(name)\" is configured: see secom-otp status")
        case .notClaimed(let id):
            Text("no password with the ID \"\(id)\" is claimed or in doubt; see: secom-otp status")
        case .notAllowed: Text("this user is no longer allowed to claim")
        case .markFailed(let reason):
            Text("the claim could not be marked, so no password was handed out: \(reason)")
        }
    }
}
