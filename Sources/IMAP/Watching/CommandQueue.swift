/// The commands that are under way, in the order in which they end, and the IDLE behind them. A pure value.
///
/// A NOOP can so be made in the midst of an IDLE, all in one write (DONE, NOOP, IDLE), and the server is never out of IDLE for longer
/// than it takes to answer: what comes meanwhile is pushed without delay.
struct CommandQueue: Sendable {
    private struct Sent { let name: CommandName, uids: ClosedRange<UInt32>?, purpose: Purpose }

    private var sent: [Sent] = []
    /// What the oldest command's answer has told so far.
    private var reply = Reply()
    /// The server has confirmed the IDLE that is last in the queue: only now it may be ended.
    private(set) var isIdling = false
    private var due = Deadline(nanoseconds: 0)

    var isEmpty: Bool { sent.isEmpty }

    /// When the answers must be there; nil: none is awaited.
    var deadline: Deadline? { sent.isEmpty || isIdling ? nil : due }

    /// What a session that fails now is at.
    var phase: Phase { sent.first.map { .command($0.name) } ?? .waiting }

    /// Takes commands that are sent in one write, an IDLE that is under way ended before them.
    mutating func send(_ commands: [(Command, Purpose)], until deadline: Deadline) {
        isIdling = false
        sent += commands.map { Sent(name: $0.name, uids: $0.uids, purpose: $1) }
        due = deadline
    }

    /// The server says `+`. False where no IDLE waits for that.
    mutating func idleConfirmed() -> Bool {
        guard sent.count == 1, sent[0].purpose == .idle, !isIdling else { return false }
        isIdling = true
        return true
    }

    /// Whether a FETCH is an answer to the oldest command: of a message that it asked for, and with what it asked for.
    func takes(_ fetch: FetchResponse) -> Bool {
        guard let first = sent.first, let uids = first.uids, let uid = fetch.uid, uids ~= uid else { return false }
        return first.purpose.asksForBodies == (fetch.body != nil)
    }

    mutating func add(_ response: Response) { reply.add(response) }

    /// The oldest command has ended: what it was for, and its answer. Nil where none is under way.
    mutating func completed(_ status: StatusResponse) -> (CommandName, Purpose, Reply)? {
        guard !sent.isEmpty else { return nil }
        let first = sent.removeFirst()
        // A server may end an IDLE by itself.
        if sent.isEmpty { isIdling = false }
        defer { reply = Reply() }
        reply.status = status
        return (first.name, first.purpose, reply)
    }
}
