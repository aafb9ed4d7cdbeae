public import Ledger
import Varlink

/// The errors of `org.secom-otpd.Handoff`, on both ends.
extension ClaimError {
    private static let prefix = "org.secom-otpd.Handoff."

    var varlink: VarlinkError {
        switch self {
        case .noPassword: VarlinkError(Self.prefix + "NoPassword")
        case .unknownMailbox(let name): VarlinkError(Self.prefix + "UnknownMailbox", ["mailbox": .string(name)])
        case .notClaimed(let id): VarlinkError(Self.prefix + "NotClaimed", ["id": .string(id)])
        case .markFailed(let reason): VarlinkError(Self.prefix + "MarkFailed", ["reason": .string(reason)])
        case .notAllowed: .permissionDenied()
        }
    }

    init?(_ error: VarlinkError) {
        switch error.name {
        case Self.prefix + "NoPassword": self = .noPassword
        case Self.prefix + "UnknownMailbox": self = .unknownMailbox(error.parameters["mailbox"]?.string ?? "")
        case Self.prefix + "NotClaimed": self = .notClaimed(id: error.parameters["id"]?.string ?? "")
        case Self.prefix + "MarkFailed": self = .markFailed(reason: error.parameters["reason"]?.string ?? "")
        default: return nil
        }
    }
}

extension ClaimError {
    /// One line, for people.
    public var explanation: String {
        switch self {
        case .noPassword: "no password that fits is there"
        case .unknownMailbox(let name): "no mailbox \"\(name)\" is configured"
        case .notClaimed(let id): "\(id) is not claimed"
        case .notAllowed: "this user may not claim any more"
        case .markFailed(let reason):
            "the password stays in the mailbox, since the claim could not be marked: \(reason)"
        }
    }
}
