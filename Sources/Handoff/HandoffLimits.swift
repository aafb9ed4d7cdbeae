public import Varlink

extension VarlinkLimits {
    /// What the daemon allows on its socket.
    ///
    /// A call beyond a limit gets `Busy` and may be retried; a message that is too long would fail again.
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
