import Synchronization
import Varlink

/// An interface that does what tests ask for, and tells what happens to it.
final class TestInterface: VarlinkInterface {
    let definition: InterfaceDefinition
    let waitingMethods: Set<String> = ["Wait"]
    let events: EventLog
    private let gate = Gate()
    private let holders = Mutex<Set<ConnectionID>>([])

    init() throws {
        definition = try InterfaceDefinition(parsing: Self.text)
        events = EventLog()
    }

    /// Lets every call of Wait return that has begun.
    func release() async { await gate.open() }

    func call(_ call: Call) async throws(VarlinkError) -> Reply {
        let text = call.parameters["text"]?.string ?? ""
        switch call.method {
        case "Echo": return Reply(call.parameters)
        case "Note":
            await events.note("note \(text)")
            return Reply()
        case "Hold":
            holders.withLock { _ = $0.insert(call.peer.connection) }
            return Reply()
        case "Wait":
            guard await gate.wait(begun: { [events] in await events.note("waiting \(text)") }) else {
                await events.note("cancelled \(text)")
                throw VarlinkError("org.example.test.Cancelled")
            }
            return Reply(["text": .string(text)]) { [events] delivery in await events.note("\(delivery) \(text)") }
        case "Count":
            let last = call.parameters["to"]?.int ?? 0
            for number in 1..<max(last, 1) {
                let delivery = try await call.send(["number": .int(number)])
                if delivery == .discarded { break }
            }
            return Reply(["number": .int(last)])
        case "Large":
            let size = min(max(call.parameters["to"]?.int ?? 0, 0), 1 << 26)
            return Reply(["text": .string(String(repeating: "x", count: size))]) { [events] delivery in
                await events.note("\(delivery) large")
            }
        case "WhoAmI":
            let credentials = call.peer.credentials
            return Reply([
                "user": .int(Int(credentials.user)), "group": .int(Int(credentials.group)),
                "process": .int(Int(credentials.process)),
                "groups": .array(credentials.supplementaryGroups.map { .int(Int($0)) }),
            ])
        case "Fail": throw VarlinkError("org.example.test.Failed", ["reason": "asked for"])
        default: throw .methodNotImplemented("org.example.test.\(call.method)")
        }
    }

    func holdsSomething(_ connection: ConnectionID) -> Bool { holders.withLock { $0.contains(connection) } }

    func connectionEnded(_ connection: ConnectionID) async { await events.note("ended") }

    static let text = """
        # For tests.
        interface org.example.test
        method Echo(text: string, number: ?int) -> (text: string, number: ?int)
        method Note(text: ?string) -> ()
        method Hold() -> ()
        method Wait(text: ?string) -> (text: string)
        method Count(to: int) -> (number: int)
        method Large(to: int) -> (text: string)
        method WhoAmI() -> (user: int, group: int, process: int, groups: []int)
        method Fail() -> ()
        method Absent() -> ()
        error Failed (reason: string)
        error Cancelled ()
        """
}

/// What happened, in order, to be awaited.
actor EventLog {
    private var events: [String] = []
    private var waiters: [CheckedContinuation<Void, Never>] = []

    func note(_ event: String) {
        events.append(event)
        for waiter in waiters { waiter.resume() }
        waiters = []
    }

    /// Takes the next event, once there is one.
    func next() async -> String {
        while events.isEmpty { await withCheckedContinuation { waiters.append($0) } }
        return events.removeFirst()
    }

    func next(_ count: Int) async -> [String] {
        var taken: [String] = []
        while taken.count < count { taken.append(await next()) }
        return taken
    }

    var isEmpty: Bool { events.isEmpty }
}

/// Holds tasks until it is opened or they are cancelled.
private actor Gate {
    private var waiting: [Int: CheckedContinuation<Bool, Never>] = [:]
    private var begun: [Int: Task<Void, Never>] = [:]
    private var count = 0

    /// False where the task was cancelled. Tells when it has begun to wait, so that `open` is sure to find it.
    func wait(begun: @escaping @Sendable () async -> Void) async -> Bool {
        count += 1
        let number = count
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                waiting[number] = continuation
                let begun = Task { await begun() }
                self.begun[number] = begun
            }
        } onCancel: {
            Task { await self.cancel(number) }
        }
    }

    private func cancel(_ number: Int) async {
        await begun[number]?.value
        waiting.removeValue(forKey: number)?.resume(returning: false)
    }

    func open() {
        for continuation in waiting.values { continuation.resume(returning: true) }
        waiting = [:]
    }
}
