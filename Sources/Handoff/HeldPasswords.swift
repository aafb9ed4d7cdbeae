import FoundationEssentials
import Varlink

/// Which connection holds a password that it has claimed and that is not settled yet, as a pure value: those are not hung up on
/// to make room, since that would leave the password in doubt.
struct HeldPasswords {
    private struct Holding {
        let connection: ConnectionID
        /// From then on it is of no use to anybody, and protects nobody.
        let expiresAt: Date
    }

    /// By the passwords' IDs.
    private var holdings: [String: Holding] = [:]
    /// How many each has.
    private var counts: [ConnectionID: Int] = [:]

    mutating func claimed(_ id: String, on connection: ConnectionID, until expiresAt: Date) {
        settled(id)
        holdings[id] = Holding(connection: connection, expiresAt: expiresAt)
        counts[connection, default: 0] += 1
    }

    /// From any connection; or it never reached its claimant.
    mutating func settled(_ id: String) {
        guard let connection = holdings.removeValue(forKey: id)?.connection else { return }
        let count = counts[connection, default: 0] - 1
        counts[connection] = count > 0 ? count : nil
    }

    mutating func ended(_ connection: ConnectionID) {
        guard counts.removeValue(forKey: connection) != nil else { return }
        holdings = holdings.filter { $0.value.connection != connection }
    }

    func isHolding(_ connection: ConnectionID, now: Date) -> Bool {
        guard counts[connection] != nil else { return false }
        return holdings.values.contains { $0.connection == connection && $0.expiresAt > now }
    }
}
