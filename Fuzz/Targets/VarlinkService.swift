import Dispatch
import FoundationEssentials
import Handoff
import Ledger
import Messages
import NIOCore
import ProcessRuntime
import Secrets
import Synchronization

@testable import Varlink

/// A client's whole conversation with the daemon's service: two passwords are there, and the server grants each mark or
/// none. The first byte chooses the pieces that it comes in, how it ends and what the server says.
enum FuzzedService {
    static func check(_ input: [UInt8]) {
        guard let choice = input.first else { return }
        let done = DispatchSemaphore(value: 0)
        Task(executorPreference: EventLoopExecutor.shared) {
            await converse(input.dropFirst(), choice)
            done.signal()
        }
        done.wait()
    }

    private static func converse(_ bytes: ArraySlice<UInt8>, _ choice: UInt8) async {
        let clock = HurriedClock()
        let keeper = Records(result: records[Int(choice % 8)])
        let custodian = Custodian(
            mailboxes: ["main"], keeper: keeper, clock: clock, executor: EventLoopExecutor.shared)
        keeper.custodian.withLock { $0 = custodian }
        await custodian.opened("main", WatchedMailbox(account: "main"), uidValidity: 1, uidNext: 1, keepsMarks: true)
        await custodian.searched("main")
        for password in passwords { await custodian.arrived(password, .unmarked) }
        guard var client = Client(custodian) else { preconditionFailure("no service") }
        for piece in Pieces(of: bytes, seed: choice) where await client.send(piece) {}
        await client.end(hangsUp: choice & 16 != 0)
        let left = await custodian.statuses
        precondition(left.allSatisfy { $0.state != .claimed }, "a claim that nobody holds")
        await custodian.stop()
        keeper.custodian.withLock { $0 = nil }
    }

    private static let records: [RecordResult] = [
        .done, .done, .done, .notKept, .unknown(reason: Text("x")), .refused(reason: Text("x")), .lost(.used), .gone,
    ]
    static let secret = "kQ7vZ2xW9p"
    // Two mails that are alike would be one.
    private static let passwords = (1...2).map { uid in
        Password(
            id: PasswordID(mailbox: "main", uidValidity: 1, uid: uid), recipient: "a@example.jp",
            secret: Secret("\(secret)\(uid)".utf8), loginURL: "https://login.example/", issuedAt: HurriedClock.start,
            expiresAt: HurriedClock.start + 1e9)
    }
}

/// Does what a `ServerConnection` does, without a socket.
private struct Client {
    private let service: VarlinkService
    private let definitions: [InterfaceDefinition]
    private let peer = Peer(connection: ConnectionID(number: 1), credentials: .init(user: 1, group: 1, process: 1))
    private var decoder: FrameDecoder
    private var conversation: Conversation
    private let limits: VarlinkLimits

    init?(_ custodian: Custodian) {
        var limits = VarlinkLimits { _ in VarlinkError("org.secom-otpd.Handoff.Busy") }
        (limits.messageLength, limits.waitingCalls, limits.pendingCalls) = (4096, 2, 4)
        self.limits = limits
        let info = ServiceInfo(vendor: "v", product: "p", version: "1", url: "https://example.jp/")
        let mailbox = MailboxReport(name: "main", state: "watching")
        guard
            let handoff = try? HandoffInterface(
                version: "1", custodian: custodian, access: { AccessLists() }, mailboxes: { [mailbox] },
                checks: Checks()),
            let service = try? VarlinkService(info, interfaces: [handoff]),
            let own = try? InterfaceDefinition(parsing: ServiceInterface.text)
        else { return nil }
        self.service = service
        definitions = [handoff.definition, own]
        decoder = FrameDecoder(maximumLength: limits.messageLength)
        conversation = Conversation(limits: limits)
    }

    /// False once the service would have hung up.
    mutating func send(_ bytes: ByteBuffer) async -> Bool {
        while !conversation.wantsInput { guard await step() else { return false } }
        decoder.append(bytes)
        guard takeCalls() else { return false }
        // One call at a time, so that others pile up behind it.
        return await step() || conversation.wantsInput
    }

    mutating func end(hangsUp: Bool) async {
        _ = takeCalls()
        if hangsUp { conversation.ended() } else { conversation.inputEnded() }
        while await step() { _ = takeCalls() }
        await service.connectionEnded(peer.connection)
    }

    private mutating func takeCalls() -> Bool {
        do {
            while conversation.hasRoom, let frame = try decoder.next() {
                let message = try frame.withUnsafeReadableBytes { try CallMessage(parsing: $0) }
                conversation.received(message, for: service.route(message), at: .now)
            }
            return true
        } catch {
            conversation.breached()
            return false
        }
    }

    /// Answers one call; false where there is none.
    private mutating func step() async -> Bool {
        guard case .answer(let pending) = conversation.next() else { return false }
        let mode = pending.message.mode
        let outcome = await pending.answer(to: peer) { _ in
            precondition(mode == .more, "several replies to who wants one")
            return .written
        }
        let isOneway = pending.message.mode == .oneway
        if !isOneway { check(outcome.message, to: pending.message) }
        await outcome.afterwards?(isOneway ? .discarded : .written)
        conversation.answered()
        return true
    }

    /// One frame, of bounded length, that says what the interface declares.
    private func check(_ reply: ReplyMessage, to call: CallMessage) {
        var stream = FrameDecoder(maximumLength: 6 * limits.messageLength + 16384)
        stream.append(ByteBuffer(message: reply.json))
        guard let frame = try? stream.next(), stream.count == 0,
            let read = try? frame.withUnsafeReadableBytes({ try ReplyMessage(parsing: $0) })
        else { preconditionFailure("no reply") }
        switch read {
        case .error(let error):
            let declared = definitions.compactMap { definition -> (InterfaceDefinition, [InterfaceDefinition.Field])? in
                let name = error.name.dropFirst(definition.name.count + 1)
                guard error.name == "\(definition.name).\(name)" else { return nil }
                return definition.errors[String(name)].map { (definition, $0) }
            }
            guard let (definition, fields) = declared.first else { preconditionFailure("an undeclared error") }
            if error.name.hasSuffix(".PermissionDenied") { return }
            precondition((try? definition.check(error.parameters, against: fields)) != nil, "another error")
        case .parameters(let parameters, let continues):
            guard let definition = definitions.first(where: { call.method.hasPrefix("\($0.name).") }),
                let method = definition.methods[String(call.method.dropFirst(definition.name.count + 1))]
            else { preconditionFailure("answers what it has not") }
            precondition(!continues, "continues")
            precondition((try? definition.check(parameters, against: method.output)) != nil, "another reply")
        }
        guard !call.method.hasSuffix(".Claim") else { return }
        let text = String(buffer: frame)
        // Unless the client has said it.
        let said = String(decoding: JSON.object(call.json).bytes, as: UTF8.self)
        precondition(!text.contains(FuzzedService.secret) || said.contains(FuzzedService.secret), "tells a password")
    }
}

private final class Records: RecordKeeper {
    let result: RecordResult
    let custodian = Mutex<Custodian?>(nil)
    init(result: RecordResult) { self.result = result }
    func change(_ id: PasswordID, _ change: RecordChange, _ key: MessageKey) {
        let custodian = custodian.withLock { $0 }
        Task(executorPreference: EventLoopExecutor.shared) { [result] in
            await custodian?.recordChanged(id, change, key, result)
        }
    }
    func expectMail(in mailbox: String, for duration: Duration?) {}
    func remember(_ entry: Memory.Entry) {}
}

/// Whoever waits for an hour or less has waited. For the passwords' end nobody does.
private final class HurriedClock: LedgerClock {
    static let start = Date(timeIntervalSince1970: 1_800_000_000)
    private let time = Mutex(Duration.zero)

    var now: Moment {
        let uptime = time.withLock { $0 }
        return Moment(wall: Self.start.addingTimeInterval(uptime / .seconds(1)), uptime: uptime)
    }

    func sleep(until deadline: Duration) async throws {
        if deadline > time.withLock({ $0 + .seconds(7200) }) {
            try await EventLoopExecutor.shared.sleep(for: .seconds(1 << 30))
        }
        time.withLock { $0 = max($0, deadline) }
    }
}

/// Looks at two mailboxes that find nothing.
private struct Checks: MailboxChecks {
    func check(
        _ mailbox: String?, in language: Language, tell: @escaping @Sendable (CheckAnswer) async -> Void
    ) async throws(CheckError) -> CheckAnswer {
        if let mailbox, mailbox != "main" { throw .unknownMailbox(mailbox) }
        if mailbox == nil { await tell(CheckAnswer(lines: ["other"], isOK: false)) }
        return CheckAnswer(lines: ["main"], isOK: true)
    }
}
