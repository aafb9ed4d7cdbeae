/// What the watch of an open mailbox does next. A pure value: events in, actions out, no I/O and no clock of its own.
///
/// New mail is fetched by UID from the last one seen. Whatever is missed (a gap in the connection, a UIDNEXT that went back) is found
/// by a search for the sender. What others do to the messages that matter is found by asking for their flags again when the
/// server hints at a change, and whenever IDLE is renewed.
///
/// One piece of work is under way at a time, with IDLE behind it at the most. When it is done, ``next(_:)`` chooses the next: marks
/// first, since somebody waits for each.
struct WatchState: Sendable {
    struct Settings: Equatable, Sendable {
        var sender: String
        /// How far back a mail is still of use, in seconds.
        var lookBack: Double = 86_400
        var poll: Duration = .seconds(60)
        var eagerPoll: Duration = .milliseconds(250)
        /// False: the mailbox is never written to.
        var isWritable = true
    }

    /// As much of a message as a password mail needs, long transport headers included.
    static let firstBound = 32 * 1024
    /// As much of a message as is ever fetched.
    static let wholeBound = 4 * 1024 * 1024
    /// Messages searched before the mailbox counts as watched: a server reads through a thousand in 3 ms, through all of a large mailbox in
    /// hundreds.
    static let newest: UInt32 = 100

    let settings: Settings
    let selected: SelectedMailbox
    private let capabilities: Set<String>
    var intake: Intake
    var messages: MessageCount
    var commands = CommandQueue()
    var marks: MarkQueue
    var backlog = Backlog()
    var pace: Pace

    /// What of the opening is still to come, in this order.
    private var opening: [Opening] = [.refresh, .lastUID, .search, .notify]
    private enum Opening: Equatable { case refresh, lastUID, search, notify }
    /// The opening is done.
    private(set) var isWatching = false
    /// Somebody else changed flags or removed messages, and did not say enough of it.
    var hasChanges = false
    /// The server pushes new mail itself (NOTIFY).
    var isNotified = false
    /// The server's name (RFC 2971).
    var serverName: String?
    /// When mail that was announced and not pushed is fetched all the same.
    private var pushDue: Deadline?
    /// Nothing but a mark is sent before this: somebody waits, and a mark of what has just come is on its way.
    private var heldUntil: Deadline?

    init(
        _ settings: Settings, capabilities: Set<String>, selected: SelectedMailbox, memory: MailboxMemory,
        at now: Moment
    ) {
        self.settings = settings
        self.capabilities = capabilities
        self.selected = selected
        intake = Intake(uidValidity: selected.uidValidity, lookBack: settings.lookBack, memory: memory)
        intake.memory.opened(uidValidity: selected.uidValidity)
        messages = MessageCount(exists: selected.exists)
        marks = MarkQueue(selected, capabilities: capabilities, isWritable: settings.isWritable)
        pace = Pace(
            poll: settings.poll, eagerPoll: settings.eagerPoll, canIdle: capabilities.contains("IDLE"),
            since: now.monotonic)
    }

    // MARK: What it tells

    /// What is known of the mailbox, for the next session too.
    var memory: MailboxMemory { intake.memory }

    var claims: MailboxStatus.Claims {
        guard settings.isWritable, selected.keepsKeywords else { return .memory }
        return selected.numbersChanges && !intake.lacksModSeq ? .exclusive : .marked
    }

    var arrival: MailboxStatus.Arrival { isNotified ? .notify : pace.canIdle ? .idle : .poll }
    var isReadOnly: Bool { settings.isWritable && selected.isReadOnly }
    /// How much of a new message the server may push at any time; nil where it pushes none.
    var pushes: ResponseStream.Bounds? {
        isNotified ? .init(literal: Self.firstBound, total: Self.firstBound * 64) : nil
    }
    /// DONE has to come before the next command.
    var isIdling: Bool { commands.isIdling }

    /// When ``WatchEvent/deadline`` is due.
    func deadline(_ now: Moment) -> Deadline {
        if let deadline = commands.deadline { return deadline }
        if let heldUntil { return heldUntil }
        // When nobody waits any longer, the pace changes.
        return [pushDue, pace.awaitedUntil].compactMap { $0 }.filter { $0 > now.monotonic }
            .reduce(pace.due(at: now.monotonic), min)
    }

    // MARK: What it does

    mutating func received(_ event: WatchEvent, at now: Moment) -> [WatchAction] {
        var actions: [WatchAction] = []
        switch event {
        case .deadline: break
        case .mark(let number, let subject): marks.add(number, subject)
        case .awaited(let until): pace.awaitedUntil = until
        case .response(let response): actions = received(response, now)
        case .judged(let judgements):
            let (wholes, hasKept) = intake.judged(judgements, wall: now.wall)
            for uid in wholes { backlog.add(whole: uid) }
            if hasKept, pace.isAwaited(at: now.monotonic) {
                heldUntil = now.monotonic.advanced(by: .milliseconds(20))
            }
        }
        if messages.announced == 0 {
            pushDue = nil
        } else if pushDue == nil {
            pushDue = now.monotonic.advanced(by: .seconds(1))
        }
        if case .end = actions.last { return actions }
        return actions + next(now)
    }

    /// The next piece of work, where none is under way.
    private mutating func next(_ now: Moment) -> [WatchAction] {
        if let deadline = commands.deadline {
            return deadline <= now.monotonic ? [.end(.timeout(during: commands.phase))] : []
        }
        guard !intake.isReading else { return [] }
        var actions: [WatchAction] = []
        while opening.first != .refresh, let step = marks.start(&intake.memory) {
            heldUntil = nil
            actions += carryOut(step, now)
            if commands.deadline != nil { return actions }
        }
        if let heldUntil, heldUntil > now.monotonic { return actions }
        heldUntil = nil
        return actions + (isWatching ? watch(now) : open(now))
    }

    /// Finds what came, changed and went before the session was there, and asks to be told of what comes.
    private mutating func open(_ now: Moment) -> [WatchAction] {
        while let step = opening.first {
            if let fetches = fetchBacklog(now) { return fetches }
            opening.removeFirst()
            switch step {
            case .refresh:
                intake.memory.forgetOld(now: now.wall)
                if let uids = UIDSet(memory.kept.keys) { return refresh(uids, now) }
            case .lastUID:
                intake.memory.newMailBegins(at: selected.uidNext)
                if selected.uidNext == nil, messages.exists > 0 { return send(.fetchLastUID, for: .lastUID, now) }
            case .search: return searchNewest(Self.newest, now)
            case .notify:
                if capabilities.contains("NOTIFY"), capabilities.contains("IDLE") {
                    let command = Command.notify(bound: Self.firstBound, numbersChanges: selected.numbersChanges)
                    return send(command, for: .notify, now)
                }
            }
        }
        isWatching = true
        return [.tell(.watching)]
    }

    private mutating func watch(_ now: Moment) -> [WatchAction] {
        if messages.announced > 0, !isNotified || pushDue.map({ $0 <= now.monotonic }) ?? false {
            return fetchArrivals(now)
        }
        if let fetches = fetchBacklog(now) { return fetches }
        if hasChanges {
            hasChanges = false
            intake.memory.forgetOld(now: now.wall)
            if let uids = UIDSet(memory.kept.keys) { return refresh(uids, now) }
        }
        // Ten times as far each time: what may be claimed is known soon, and a mark never waits for long.
        if let searched = backlog.searched { return searchNewest(UInt32(clamping: UInt64(searched) * 10), now) }
        if pace.due(at: now.monotonic) <= now.monotonic { return ask(now) }
        if pace.canIdle, !commands.isIdling {
            pace.asked(at: now.monotonic)
            return send([(.idle, .idle)], now)
        }
        return []
    }

    // MARK: Commands

    mutating func send(_ command: Command, for purpose: Purpose, _ now: Moment) -> [WatchAction] {
        send([(command, purpose)], now)
    }

    private mutating func send(_ sent: [(Command, Purpose)], _ now: Moment) -> [WatchAction] {
        let endsIdle = commands.isIdling
        commands.send(sent, until: now.monotonic.advanced(by: Session.commandTimeout))
        return [.send(sent.map(\.0), endingIdle: endsIdle)]
    }

    func fetch(_ uids: UIDSet, _ items: FetchItems) -> Command {
        .uidFetch(uids, items, numbersChanges: selected.numbersChanges)
    }

    /// Asks for news. Somebody who waits gets new mail in the same flight; the server that pushes it does that anyway.
    private mutating func ask(_ now: Moment) -> [WatchAction] {
        pace.asked(at: now.monotonic)
        var sent: [(Command, Purpose)] = [(.noop, .ask)]
        if pace.isAwaited(at: now.monotonic) {
            if !isNotified {
                let uids = UIDSet(from: memory.nextUID, expectedCount: Backlog.batch)
                sent.append((fetch(uids, .message(bound: Self.firstBound)), .askedArrivals))
            }
        } else {
            // Seldom enough to ask as well what others did.
            hasChanges = !memory.kept.isEmpty
        }
        if pace.canIdle { sent.append((.idle, .idle)) }
        return send(sent, now)
    }

    /// Asks for the flags of the messages that matter.
    mutating func refresh(_ uids: UIDSet, _ now: Moment) -> [WatchAction] {
        let pieces = uids.pieces(of: 500)
        return send(fetch(pieces[0], .flags), for: .refresh(rest: Array(pieces.dropFirst()), told: []), now)
    }

    private mutating func searchNewest(_ count: UInt32, _ now: Moment) -> [WatchAction] {
        let among = backlog.searchNewest(count, of: messages.exists)
        return search(among, isAll: among == .all, now)
    }

    /// Finds the sender's mails of the time that matters.
    mutating func search(_ among: SearchedSet, isAll: Bool = false, _ now: Moment) -> [WatchAction] {
        messages.lookedAtAll()
        let command = Command.uidSearch(from: settings.sender, since: now.wall - settings.lookBack, among: among)
        return send(command, for: .search(isAll: isAll), now)
    }

    private mutating func fetchBacklog(_ now: Moment) -> [WatchAction]? {
        backlog.next().map { send(fetch($0.uids, .message(bound: $0.bound)), for: .found(bound: $0.bound), now) }
    }

    /// Fetches what came since the last message seen.
    private mutating func fetchArrivals(_ now: Moment) -> [WatchAction] {
        pushDue = nil
        // Too many to take them all in: only the sender's. What comes after the question for the last is announced again.
        if messages.announced > UInt32(Backlog.batch) { return send(.fetchLastUID, for: .lastOfMany, now) }
        let announced = Int(messages.announced)
        // Before the command, not after it: what is announced at its end may not be in its answer.
        messages.lookedAtAll()
        let uids = UIDSet(from: memory.nextUID, expectedCount: Backlog.batch)
        return send(fetch(uids, .message(bound: Self.firstBound)), for: .arrivals(announced: announced), now)
    }
}
