/// The commands that are under way, in the order in which they end, and the IDLE after them. A pure value.
///
/// A NOOP can so be made in the midst of an IDLE, all in one write (DONE, NOOP, IDLE), and the server is never out of IDLE for longer
/// than it takes to answer: what comes meanwhile is pushed without delay.
struct CommandQueue: Sendable {
    private struct Sent {
        let command: Command, purpose: Purpose
        /// What its answer has told so far.
        var reply = Reply()
        /// It is an IDLE, and was ended from here.
        var isDone = false
        var name: CommandName { command.name }
        var uids: ClosedRange<UInt32>? { command.uids }
        var isArrivals: Bool { if case .arrivals = purpose { true } else { false } }

        /// Whether a FETCH may be an answer to it: of a message that it asked for, with what it asked for. What tells of one that is known
        /// already, and has no body, was not asked for by who wants bodies; what tells no date, not by who wants dates.
        func asked(for fetch: FetchResponse, _ isKnown: (UInt32) -> Bool) -> Bool {
            guard let uids else { return false }
            guard let uid = fetch.uid else { return reply.hasMessage(fetch.sequenceNumber) }
            guard uids ~= uid else { return false }
            if purpose == .dates { return fetch.internalDate != nil && fetch.body == nil }
            return purpose.asksForBodies ? fetch.body != nil || !isKnown(uid) : fetch.body == nil
        }
    }

    /// A command that has ended.
    struct Completed {
        let command: Command
        let purpose: Purpose
        let reply: Reply
        /// It is an IDLE, and was ended from here.
        let isDone: Bool
        /// Since it was sent, or the one before it ended.
        let duration: Duration
        var name: CommandName { command.name }
    }

    private var sent: [Sent] = []
    /// The server has confirmed the IDLE that is last in the queue: only now it may be ended.
    private(set) var isIdling = false
    /// It was confirmed while others before it were still under way.
    private var isConfirmedEarly = false
    private var due = Deadline(nanoseconds: 0)
    /// Since when the oldest command is under way.
    private var since = Deadline(nanoseconds: 0)

    /// What was sent in the last write, DONE included, and how much of it has ended.
    private var flight = (count: 0, ended: 0)

    /// Some of what was sent in one write has been answered, and some not.
    var isHalfAnswered: Bool { flight.ended > 0 && flight.ended < flight.count }

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
        flight = (commands.count + (isIdling ? 1 : 0), 0)
        if isIdling { sent[sent.count - 1].isDone = true }
        (isIdling, isConfirmedEarly) = (false, false)
        sent += commands.map { Sent(command: $0, purpose: $1) }
        due = now.advanced(by: Session.commandTimeout)
        since = now
    }

    /// The server says `+`. It counts for an IDLE alone: some say it again to keep the connection alive, or where nothing waits for it.
    mutating func confirmed() {
        guard sent.last?.purpose == .idle else { return }
        isIdling = sent.count == 1
        isConfirmedEarly = !isIdling
    }

    /// Takes a response that is an answer: to the oldest command that asked for it, which need not be the oldest of all. A server may work on
    /// commands side by side that do not depend on one another (RFC 3501, section 5.5), and Dovecot tells what a FETCH has found before
    /// the SEARCH in front of it has ended. False where nobody asked.
    mutating func take(_ response: Response, isKnown: (UInt32) -> Bool) -> Bool {
        let asker = sent.firstIndex { command in
            switch response {
            case .fetch(let fetch): command.asked(for: fetch, isKnown)
            case .search: command.name == .uidSearch
            case .mailboxStatus: command.name == .status
            default: false
            }
        }
        guard let asker else { return false }
        sent[asker].reply.add(response)
        return true
    }

    /// Messages are being fetched that no search has found.
    var isFetchingGap: Bool {
        sent.first.map { [.gap, .askedArrivals].contains($0.purpose) || $0.isArrivals } ?? false
    }

    /// Overwrites what has come of messages.
    mutating func wipe() {
        for index in sent.indices {
            for fetch in sent[index].reply.fetched { fetch.wipe() }
            sent[index].reply = Reply()
        }
    }

    /// The oldest command has ended. Nil where none is under way.
    mutating func completed(_ status: StatusResponse, at now: Deadline) -> Completed? {
        guard !sent.isEmpty else { return nil }
        var first = sent.removeFirst()
        // A server may end an IDLE by itself.
        if sent.isEmpty { (isIdling, isConfirmedEarly) = (false, false) }
        if sent.count == 1, isConfirmedEarly { (isIdling, isConfirmedEarly) = (true, false) }
        defer { since = now }
        flight.ended += 1
        first.reply.completion = status
        return Completed(
            command: first.command, purpose: first.purpose, reply: first.reply, isDone: first.isDone,
            duration: now.remaining(from: since))
    }
}
