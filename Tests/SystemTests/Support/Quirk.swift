/// How a server is lax: on every connection, at every command of the kind.
struct Quirk: Sendable, CustomStringConvertible {
    static let usual = "IMAP4rev1 AUTH=PLAIN SASL-IR LITERAL+ IDLE CONDSTORE UIDPLUS MOVE ID"
    static let withoutCondStore = "IMAP4rev1 AUTH=PLAIN SASL-IR IDLE UIDPLUS MOVE ID"

    let name: String
    var description: String { name }

    /// What Status is to tell of the mailbox.
    var claims = "exclusive"
    var arrival = "idle"
    /// What of ours a claimed message has; nil: nothing.
    var mark: String? = "$SecomOTPClaimed"
    /// Mails that came before.
    var before: [String] = []
    /// Whether the session outlives it.
    var staysConnected = true

    var capabilities = Quirk.usual
    /// Before the login, where they are others.
    var firstCapabilities: String?
    /// What a command is answered instead of being carried out; nothing at all: the connection ends.
    var refuses: @Sendable (IMAPRequest, LaxMailbox) -> String? = { _, _ in nil }
    /// What of a message is told.
    var fetched: @Sendable (inout FetchItems) -> Void = { _ in }
    /// What is said; the greeting is the answer to GREETING.
    var answered: @Sendable (inout Answer, LaxMailbox) -> Void = { _, _ in }
    /// A mail that has just come is there, and for so many seconds hidden from FETCH or SEARCH.
    var (hiddenFromFetch, hiddenFromSearch) = (0.0, 0.0)
    /// A SASL response that came with its command is asked for.
    var ignoresInitialResponse = false
    /// What comes with a command in one segment is lost.
    var takesOneByOne = false
    /// New mail is not told of during IDLE.
    var isSilentInIdle = false
    /// Said every 100 ms in IDLE.
    var keepalive: String?
    /// Milliseconds between two lines.
    var pause: UInt32 = 0
    /// Bytes in one segment.
    var segment: Int?

    init(_ name: String, _ change: (inout Quirk) -> Void = { _ in }) {
        self.name = name
        change(&self)
    }

    /// One in what FETCH tells of a message.
    static func fetch(
        _ name: String, claims: String = "exclusive", _ change: @escaping @Sendable (inout FetchItems) -> Void
    ) -> Quirk {
        Quirk(name) { ($0.claims, $0.fetched) = (claims, change) }
    }

    /// One in the answers to a command, or to all.
    static func answer(
        _ name: String, to command: String? = nil, claims: String = "exclusive", arrival: String = "idle",
        capabilities: String = Quirk.usual, _ change: @escaping @Sendable (inout Answer) -> Void
    ) -> Quirk {
        Quirk(name) {
            ($0.claims, $0.arrival, $0.capabilities) = (claims, arrival, capabilities)
            $0.answered = { answer, _ in if command == nil || answer.request.name == command { change(&answer) } }
        }
    }
}

/// What a server says to a command.
struct Answer: Sendable {
    let request: IMAPRequest
    /// Untagged, without their ends.
    var lines: [String]
    /// What stands behind the tag; nil: nothing is said yet.
    var end: String?
    var hangsUp = false

    /// Changes the lines that begin so.
    mutating func edit(_ beginning: String, _ change: (inout String) -> Void) {
        for index in lines.indices where lines[index].hasPrefix(beginning) { change(&lines[index]) }
    }

    mutating func drop(_ beginning: String) { lines.removeAll { $0.hasPrefix(beginning) } }
}
