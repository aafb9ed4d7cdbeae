import Glibc

/// Which clients are connected, and which one has to make room for another, as a pure value.
///
/// Clients that connect and send nothing must not keep others out, nor may one user keep out another. So a user at their limit loses
/// their own longest-silent connection, and when all connections are in use, anybody's makes room. A client is silent if it has no
/// pending call and holds nothing; bytes that form no call do not count, or a client could keep its place by dripping them.
struct Admission {
    enum Decision: Equatable {
        case admitted
        /// Admitted in the place of this one, which is to be closed.
        case inPlaceOf(ConnectionID)
        case refused(VarlinkLimits.Bound)
    }

    private struct Seat {
        let user: uid_t
        /// Since which of the steps below it has been silent; nil while a call is under way.
        var silentSince: UInt64?
    }

    private let connections: Int
    private let connectionsOfOneUser: Int
    private var seats: [ConnectionID: Seat] = [:]
    private var counts: [uid_t: Int] = [:]
    /// Counts, instead of a clock, who has been silent longest.
    private var step: UInt64 = 0

    init(_ limits: VarlinkLimits) {
        (connections, connectionsOfOneUser) = (limits.connections, limits.connectionsOfOneUser)
    }

    var count: Int { seats.count }

    /// Somebody has connected. Who makes room has left by this.
    mutating func arrived(_ id: ConnectionID, of user: uid_t, holdsSomething: (ConnectionID) -> Bool) -> Decision {
        let isAtShare = counts[user, default: 0] >= connectionsOfOneUser
        guard isAtShare || seats.count >= connections else {
            seat(id, user)
            return .admitted
        }
        guard let silent = longestSilent(of: isAtShare ? user : nil, holdsSomething) else {
            return .refused(isAtShare ? .connectionsOfOneUser(connectionsOfOneUser) : .connections(connections))
        }
        left(silent)
        seat(id, user)
        return .inPlaceOf(silent)
    }

    /// Whether a call of this connection is under way now.
    mutating func isBusy(_ id: ConnectionID, _ isBusy: Bool) {
        guard let seat = seats[id], isBusy == (seat.silentSince != nil) else { return }
        step &+= 1
        seats[id]?.silentSince = isBusy ? nil : step
    }

    mutating func left(_ id: ConnectionID) {
        guard let user = seats.removeValue(forKey: id)?.user else { return }
        let count = counts[user, default: 0] - 1
        counts[user] = count > 0 ? count : nil
    }

    private mutating func seat(_ id: ConnectionID, _ user: uid_t) {
        step &+= 1
        seats[id] = Seat(user: user, silentSince: step)
        counts[user, default: 0] += 1
    }

    private func longestSilent(of user: uid_t?, _ holdsSomething: (ConnectionID) -> Bool) -> ConnectionID? {
        var found: (id: ConnectionID, since: UInt64)?
        for (id, seat) in seats {
            guard let since = seat.silentSince, user == nil || seat.user == user, since < found?.since ?? .max,
                !holdsSomething(id)
            else { continue }
            found = (id, since)
        }
        return found?.id
    }
}
