import FoundationEssentials
public import Ledger
import Messages
import NIOConcurrencyHelpers
public import Varlink

/// `org.secom-otpd.Handoff`, as the daemon serves it.
public struct HandoffInterface: VarlinkInterface {
    public let definition: InterfaceDefinition
    public let waitingMethods: Set<String> = ["Claim", "Check"]
    private let version: String
    private let custodian: Custodian
    private let access: @Sendable () -> AccessLists
    private let mailboxes: @Sendable () async -> [MailboxReport]
    private let checks: any MailboxChecks
    private let held = NIOLockedValueBox(HeldPasswords())

    /// The longest that a claim may wait, in seconds.
    public static let longestWait = 3600

    /// - Parameters:
    ///   - access: who may call what; asked at each call.
    public init(
        version: String, custodian: Custodian, access: @escaping @Sendable () -> AccessLists,
        mailboxes: @escaping @Sendable () async -> [MailboxReport], checks: any MailboxChecks
    ) throws(InterfaceSyntaxError) {
        definition = try InterfaceText.handoff()
        self.version = version
        self.custodian = custodian
        self.access = access
        self.mailboxes = mailboxes
        self.checks = checks
    }

    public func call(_ call: Call) async throws(VarlinkError) -> Reply {
        let lists = access()
        let access = ["Status", "Check"].contains(call.method) ? lists.status : lists.claim
        guard access?.allows(call.peer.credentials) ?? true else { throw .permissionDenied() }
        switch call.method {
        case "Claim": return try await claim(call)
        case "Settle": return try await settle(call)
        case "Status": return await status(Self.language(call))
        case "Check": return try await check(call)
        default: throw .methodNotImplemented("\(definition.name).\(call.method)")
        }
    }

    public func holdsSomething(_ connection: ConnectionID) -> Bool {
        held.withLockedValue { $0.isHolding(connection, now: Date()) }
    }

    public func connectionEnded(_ connection: ConnectionID) async {
        held.withLockedValue { $0.ended(connection) }
        await custodian.connectionEnded(connection.number)
    }

    private func claim(_ call: Call) async throws(VarlinkError) -> Reply {
        // Who wants no reply wants no password.
        guard call.mode != .oneway else { throw ClaimError.noPassword.varlink(in: .english) }
        var filter = ClaimFilter(
            mailbox: call.parameters["mailbox"]?.string, recipient: call.parameters["recipient"]?.string,
            includesInDoubt: call.parameters["includeInDoubt"]?.bool ?? false)
        if let text = call.parameters["issuedAfter"]?.string {
            guard let date = RFC3339.parse(text) else { throw .invalidParameter("issuedAfter") }
            filter.issuedAfter = date
        }
        let seconds = call.parameters["waitSeconds"]?.int ?? 0
        guard 0...Self.longestWait ~= seconds else { throw .invalidParameter("waitSeconds") }
        let wait = Duration.seconds(seconds) - call.received.duration(to: .now)
        do {
            let (access, credentials) = (access, call.peer.credentials)
            let claimed = try await custodian.claim(
                filter, waiting: wait, connection: call.peer.connection.number,
                caller: Caller(user: credentials.user, process: credentials.process),
                isAllowed: { access().claim?.allows(credentials) ?? true })
            let (id, connection) = (claimed.password.id.description, call.peer.connection)
            held.withLockedValue { $0.claimed(id, on: connection, until: claimed.password.expiresAt) }
            return Reply(["oneTimePassword": claimed.password.json]) { [custodian, held] delivery in
                guard case .discarded = delivery else { return }
                held.withLockedValue { $0.settled(id) }
                await custodian.undelivered(claimed)
            }
        } catch {
            throw error.varlink(in: Self.language(call))
        }
    }

    /// What people read of the answer is in this language.
    private static func language(_ call: Call) -> Language { Language(code: call.parameters["language"]?.string) }

    private func settle(_ call: Call) async throws(VarlinkError) -> Reply {
        guard let id = call.parameters["id"]?.string else { throw .invalidParameter("id") }
        guard let outcome = call.parameters["outcome"]?.string.flatMap(Outcome.init(rawValue:)) else {
            throw .invalidParameter("outcome")
        }
        do { try await custodian.settle(id, outcome) } catch { throw error.varlink(in: Self.language(call)) }
        held.withLockedValue { $0.settled(id) }
        return Reply()
    }

    private func status(_ language: Language) async -> Reply {
        let passwords = await custodian.statuses
        var reports = await mailboxes()
        for index in reports.indices where reports[index].advice == nil {
            // The last mail that was refused in a way that somebody can do something about.
            let refused = passwords.last { $0.id.mailbox == reports[index].name && $0.detail != nil }
            reports[index].advice = refused.flatMap { mail in mail.detail.map { Text("\(mail.id): \($0)") } }
        }
        return Reply([
            "version": .string(version), "mailboxes": .array(reports.map { $0.json(in: language) }),
            "passwords": .array(passwords.map(\.json)),
        ])
    }

    /// A reply a mailbox, so that nobody waits for the slowest to hear of the first.
    private func check(_ call: Call) async throws(VarlinkError) -> Reply {
        guard call.mode == .more else { throw .expectedMore }
        do {
            // A client that has hung up gets nothing more; the check continues, because its result counts.
            return Reply(
                try await checks.check(call.parameters["mailbox"]?.string, in: Self.language(call)) { answer in
                    _ = try? await call.send(answer.json)
                }.json)
        } catch { throw error.varlink(in: Self.language(call)) }
    }
}
