import Messages
public import Varlink

extension VarlinkLimits {
    /// What the daemon allows on its socket.
    ///
    /// A call beyond a limit gets `Busy` and may be retried; a message that is too long would fail again.
    /// The bound is named in a `message`, and by `bound` and `limit` for who speaks another language: additions that clients may ignore.
    public static var handoff: VarlinkLimits {
        VarlinkLimits { bound in
            let message = JSON.string(bound.description)
            guard let (name, limit) = bound.busy else {
                return VarlinkError(
                    "org.varlink.service.InvalidParameter", ["parameter": "message", "message": message])
            }
            return VarlinkError(Self.busy, ["message": message, "bound": .string(name), "limit": .int(limit)])
        }
    }

    /// The error that says so.
    static let busy = "org.secom-otpd.Handoff.Busy"
}

extension VarlinkLimits.Bound {
    /// Its name and how wide it is, where whoever has passed it may try again.
    var busy: (name: String, limit: Int)? {
        switch self {
        case .messageLength: nil
        case .connections(let count): ("connections", count)
        case .connectionsOfOneUser(let count): ("connectionsOfOneUser", count)
        case .waitingCalls(let count): ("waitingCalls", count)
        }
    }

    /// What a Busy names; nil where it names none.
    init?(busy parameters: JSON.Object) {
        guard let limit = parameters["limit"]?.int else { return nil }
        switch parameters["bound"]?.string {
        case "connections": self = .connections(limit)
        case "connectionsOfOneUser": self = .connectionsOfOneUser(limit)
        case "waitingCalls": self = .waitingCalls(limit)
        default: return nil
        }
    }
}
