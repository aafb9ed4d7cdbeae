public import FoundationEssentials
import Messages
import Varlink

/// One mailbox, as shown in Status.
public struct MailboxReport: Sendable {
    public var name: String
    /// `connecting`, `watching`, `retrying`, `failed`.
    public var state: String
    /// `notify`, `idle`, `poll`.
    public var arrival: String?
    /// `exclusive`, `marked`, `memory`.
    public var claims: String?
    public var lastRoundTripAt: Date?
    public var lastArrivalAt: Date?
    public var nextAttemptAt: Date?
    public var reconnects: Int
    public var error: Text?
    /// What may help, for people.
    public var advice: Text?

    public init(
        name: String, state: String, arrival: String? = nil, claims: String? = nil, lastRoundTripAt: Date? = nil,
        lastArrivalAt: Date? = nil, nextAttemptAt: Date? = nil, reconnects: Int = 0, error: Text? = nil
    ) {
        self.name = name
        self.state = state
        self.arrival = arrival
        self.claims = claims
        self.lastRoundTripAt = lastRoundTripAt
        self.lastArrivalAt = lastArrivalAt
        self.nextAttemptAt = nextAttemptAt
        self.reconnects = reconnects
        self.error = error
    }

    func json(in language: Language) -> JSON {
        [
            "name": .string(name), "state": .string(state), "arrival": JSON(arrival), "claims": JSON(claims),
            "lastRoundTripAt": JSON(lastRoundTripAt.map(RFC3339.format)),
            "lastArrivalAt": JSON(lastArrivalAt.map(RFC3339.format)),
            "nextAttemptAt": JSON(nextAttemptAt.map(RFC3339.format)), "reconnects": .int(reconnects),
            "error": JSON(error?.rendered(in: language)),
            "advice": JSON(advice?.rendered(in: language)),
        ]
    }
}
