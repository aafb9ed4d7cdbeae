/// The commands that are under way, in the order in which they end, and the IDLE behind them. A pure value.
///
/// A NOOP can so be made in the midst of an IDLE, all in one write (DONE, NOOP, IDLE), and the server is never out of IDLE for longer
/// than it takes to answer: what comes meanwhile is pushed without delay.
struct CommandQueue: Sendable {
    private struct Sent {
        let command: Command, purpose: Purpose
        var name: CommandName { command.name }
        var uids: ClosedRange<UInt32>? { command.uids }
        var isArrivals: Bool { if case .arrivals = purpose { true } else { false } }
    }

    /// A command that has ended.
    struct Completed {
        let command: Command
        let purpose: Purpose
        let reply: Reply
        /// Since it was sent, or the one before it ended.
        let duration: Duration
        var name: CommandName { command.name }
    }

    private var sent: [Sent] = []
    /// What the oldest command's answer has told so far.
    private var reply = Reply()
    /// The server has confirmed the IDLE that is last in the queue: only now it may be ended.
    private(set) var isIdling = false
    private var due = Deadline(nanoseconds: 0)
    /// Since when the oldest command is under way.
    private var since = Deadline(nanoseconds: 0)

    var isEmpty: Bool { sent.isEmpty }

    /// When the answers must be there; nil: none is awaited.
    var deadline: Deadline? { sent.isEmpty || isIdling ? nil : due }

    /// What a session that fails now is at.
    var phase: Phase { isIdling ? .waiting : sent.first.map { .command($0.name) } ?? .waiting }

    /// The mark that is being made, where it is the one of this number.
    func procedure(of number: Int) -> MarkProcedure? {
        for case .mark(let job) in sent.map(\.purpose) where job.number == number { return job.procedure }
        return nil
    }

    /// A question is being answered, so that news are no pushes.
    var isAsking: Bool { sent.contains { $0.purpose != .idle } }

    /// Takes commands that are sent in one write, an IDLE that is under way ended before them.
    mutating func send(_ commands: [(Command, Purpose)], at now: Deadline) {
        isIdling = false
        sent += commands.map { Sent(command: $0, purpose: $1) }
        due = now.advanced(by: Session.commandTimeout)
        since = now
    }

    /// The server says `+`. False where no IDLE waits for that.
    mutating func idleConfirmed() -> Bool {
        guard sent.count == 1, sent[0].purpose == .idle, !isIdling else { return false }
        isIdling = true
        return true
    }

    /// Whether a FETCH is an answer to the oldest command: of a message that it asked for. What tells of one that is known already, and
    /// has no body, was not asked for by who wants bodies.
    func takes(_ fetch: FetchResponse, isKnown: (UInt32) -> Bool) -> Bool {
        guard let first = sent.first, let uids = first.uids else { return false }
        guard let uid = fetch.uid else { return reply.hasMessage(fetch.sequenceNumber) }
        guard uids ~= uid else { return false }
        return first.purpose.asksForBodies ? fetch.body != nil || !isKnown(uid) : fetch.body == nil
    }

    /// Messages are being fetched that no search has found.
    var isFetchingGap: Bool {
        sent.first.map { [.gap, .askedArrivals].contains($0.purpose) || $0.isArrivals } ?? false
    }

    /// The oldest command has the server tell numbers.
    var asksForNumbers: Bool { sent.first?.name == .uidSearch }

    /// Overwrites what has come of messages.
    mutating func wipe() {
        for fetch in reply.fetched { fetch.wipe() }
        reply = Reply()
    }

    mutating func add(_ response: Response) { reply.add(response) }

    /// The oldest command has ended. Nil where none is under way.
    mutating func completed(_ status: StatusResponse, at now: Deadline) -> Completed? {
        guard !sent.isEmpty else { return nil }
        let first = sent.removeFirst()
        // A server may end an IDLE by itself.
        if sent.isEmpty { isIdling = false }
        defer { (reply, since) = (Reply(), now) }
        reply.completion = status
        return Completed(
            command: first.command, purpose: first.purpose, reply: reply, duration: now.remaining(from: since))
    }
}
