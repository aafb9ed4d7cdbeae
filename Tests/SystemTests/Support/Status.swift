import Testing

/// The reply to Status, as the Varlink interface has it.
struct Status: Decodable, Sendable {
    struct Mailbox: Decodable, Sendable {
        let name, state: String
        let arrival, claims, lastRoundTripAt, lastArrivalAt, nextAttemptAt, error, advice: String?
        let reconnects: Int
    }

    struct Password: Decodable, Sendable {
        let id, mailbox, state: String
        let recipient, reason, issuedAt, expiresAt: String?
    }

    let version: String
    let mailboxes: [Mailbox]
    let passwords: [Password]

    /// The states of all passwords, sorted.
    var states: [String] { passwords.map(\.state).sorted() }

    func mailbox(_ name: String = "main") throws -> Mailbox { try #require(mailboxes.first { $0.name == name }) }
    func password(_ id: String) throws -> Password { try #require(passwords.first { $0.id == id }) }

    /// Whatever is asked, Status never tells a password.
    static func vet(_ text: String) throws {
        let leaked = try Stage.require().secrets(in: text)
        #expect(leaked.isEmpty, "secrets in Status")
    }
}
