public import Varlink

extension VarlinkLimits {
    /// What the daemon allows on its socket.
    ///
    /// What is refused for want of room is `Busy`, and may be tried again; a message that is too long is no better the next time.
    /// The bound is named in a `message`, an addition that clients may ignore.
    public static var handoff: VarlinkLimits {
        VarlinkLimits { bound in
            let message = JSON.string(bound.description)
            return switch bound {
            case .messageLength:
                VarlinkError("org.varlink.service.InvalidParameter", ["parameter": "message", "message": message])
            case .connections, .connectionsOfOneUser, .waitingCalls: VarlinkError(Self.busy, ["message": message])
            }
        }
    }

    /// The error that says so.
    static let busy = "org.secom-otpd.Handoff.Busy"
}
