/// What the watch of an open mailbox does next. A pure value: events in, actions out, no I/O and no clock.
///
/// New mail is fetched by UID from the last one seen. Whatever is missed (a gap in the connection, a UIDNEXT that went back) is found
/// by a search for the sender. What others do to the messages that matter is found by asking for their flags again when the
/// server hints at a change, and whenever IDLE is renewed. That the mailbox is still the one that was opened is asked now and then,
/// whatever the server pushes.
///
/// One piece of work is under way at a time, with IDLE after it at most. When it is done, ``next(_:)`` chooses the next: marks
/// first, since somebody waits for each.
struct WatchState: Sendable {
    struct Settings: Equatable, Sendable {
        /// The mailbox's name, for errors.
        var folder = "INBOX"
        var sender: String
        /// How far back a mail is still of use, in seconds.
        var lookBack: Double = 86_400
        var poll: Duration = .seconds(60)
        var eagerPoll: Duration = .milliseconds(250)
        /// False: the mailbox is never written to.
        var isWritable = true
        var marks: MarkNames
    }

    /// As much of a message as a password mail needs, long transport headers included.
    static let firstBound = 32 * 1024
    /// As much of a message as is ever fetched.
    static let wholeBound = 4 * 1024 * 1024
    /// Messages at the end of a mailbox that are fetched when it is opened, whatever a search knows of them.
    static let newest: UInt32 = 8

    let settings: Settings
    let selected: SelectedMailbox
    let capabilities: Set<String>
    var intake: Intake
    var messages: MessageCount
    var commands = CommandQueue()
    var marks: MarkQueue
    var backlog: Backlog
    var pace: Pace
    var gaps = Gaps()
    var clock: WallClock

    /// What of the opening is still to come, in this order.
    private var opening: [Opening] = [.refresh, .lastUID, .search, .notify]
    private enum Opening: Equatable { case refresh, lastUID, search, notify }
    /// The opening is done.
    private(set) var isWatching = false
    /// It was told that the mailbox is searched.
    private var isSearched = false
    /// Somebody else changed flags or removed messages, and did not say enough of it.
    var hasChanges = false
    /// What changed is not asked for again before this.
    var refreshDue: Deadline?
    /// The pause before that: longer each time that nothing has changed after all.
    var refreshPause = Duration.seconds(1)
    var announcements = Announcements()
    /// The server pushes new mail itself (NOTIFY).
    var isNotified = false
    /// It has stopped that once.
    var hasOverflowed = false
    /// STATUS of the open mailbox is refused, as RFC 3501 lets a server do.
    var hasStatus: Bool
    /// The UIDNEXT that was told last.
    var toldUIDNext: UInt32 = 0
    /// The shortest time that a command took.
    var roundTrip = Duration.seconds(1)
    /// When mail that was announced and not pushed is fetched all the same.
    private var pushDue: Deadline?
    /// Nothing but a mark is sent before this: somebody waits, and a mark of what has just come is on its way.
    var heldUntil: Deadline?
    /// Commands that the server refused while it was throttling.
    var postponed: [(Command, Purpose)] = []
    /// Nor even to idle.
    var isIdleThrottled = false
    /// The server is left alone.
    var isLeftAlone = false

    init(
        _ settings: Settings, capabilities: Set<String>, selected: SelectedMailbox, memory: MailboxMemory,
        at now: Moment
    ) {
        self.settings = settings
        self.capabilities = capabilities
        self.selected = selected
        intake = Intake(uidValidity: selected.uidValidity, lookBack: settings.lookBack, memory: memory)
        intake.memory.opened(
            uidValidity: selected.uidValidity,
            marks: MarkScheme(settings.marks, permanentFlags: selected.permanentFlags))
        hasStatus = !memory.refusals.outlive(.status)
        messages = MessageCount(exists: selected.exists)
        marks = MarkQueue(selected, capabilities: capabilities, isWritable: settings.isWritable)
        backlog = Backlog(exists: selected.searchable)
        pace = Pace(
            poll: settings.poll, eagerPoll: settings.eagerPoll, canIdle: capabilities.contains("IDLE"),
            since: now.monotonic)
        if let until = memory.throttling.until {
            pace.leaveAlone(for: until.remaining(from: now.monotonic), at: now.monotonic)
        }
        clock = WallClock(now)
    }

    // MARK: What it tells

    /// What is known of the mailbox, for the next session too.
    var memory: MailboxMemory { intake.memory }

    var claims: MailboxStatus.Claims {
        guard keepsMarks else { return .memory }
        return selected.numbersChanges && !intake.lacksModSeq && memory.habit.mayProve ? .exclusive : .marked
    }

    func mark(of flags: MessageFlags) -> MarkState { memory.marks.state(of: flags.flags) }
    /// The mailbox keeps marks, and is to be written to.
    var keepsMarks: Bool { settings.isWritable && memory.marks.keepsMarks }

    var arrival: MailboxStatus.ArrivalMethod { isNotified ? .notify : pace.canIdle ? .idle : .poll }
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
        let changesDue = hasChanges ? refreshDue : nil
        let looksDue = messages.announced > 0 ? announcements.nextLook : nil
        return [pushDue, changesDue, looksDue, pace.awaitedUntil, pace.quietUntil, gaps.due, memory.division.nextDue]
            .compactMap { $0 }.filter { $0 > now.monotonic }
            .reduce(pace.due(at: now.monotonic, memory.pushes.kind), min)
    }

    // MARK: What it does

    mutating func received(_ event: WatchEvent, at now: Moment) -> [WatchAction] {
        let before = claims
        var actions: [WatchAction] = []
        if clock.wasSet(now) {
            // What was too old by the wrong clock may not be; and it may have hidden how far to search.
            intake.memory.lookAgainAtOld()
            backlog.beginSearch(exists: messages.exists)
        }
        switch event {
        case .deadline: break
        case .mark(let number, let subject):
            // What is asked for before the new one was told of means the one before.
            if memory.replaced.contains(subject.uid) {
                actions = [.answer(number, .gone)]
            } else {
                marks.add(number, subject)
            }
        case .awaited(let until): pace.awaited(until: until, at: now.monotonic)
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
        if case .end = actions.last {} else { actions += next(now) }
        return claims == before ? actions : [.tell(.claims(claims))] + actions
    }

    /// It is not known yet what changed before the session.
    private var isRefreshPostponed: Bool {
        !isWatching && postponed.contains { if case .refresh = $0.1 { true } else { false } }
    }

    /// The next piece of work, where none is under way.
    private mutating func next(_ now: Moment) -> [WatchAction] {
        if let deadline = commands.deadline {
            return deadline <= now.monotonic ? [.end(.timeout(during: commands.phase))] : []
        }
        guard !intake.isReading else { return [] }
        var actions = tellOfSearch()
        if pace.isQuiet(at: now.monotonic) {
            heldUntil = nil
            return actions + leaveAlone(now)
        }
        actions += leavesAloneNoLonger(now)
        while opening.first != .refresh, !isRefreshPostponed,
            let steps = marks.start(&intake.memory, isSearched: isSearched)
        {
            heldUntil = nil
            actions += carryOut(steps, now)
            if commands.deadline != nil { return actions }
        }
        if let heldUntil, heldUntil > now.monotonic { return actions }
        heldUntil = nil
        actions += takeUpPostponed(now)
        if commands.deadline != nil { return actions }
        return actions + (isWatching ? watch(now) : open(now))
    }

    /// All that the look back holds is searched, and what was found is read: reported once a session.
    private mutating func tellOfSearch() -> [WatchAction] {
        guard !isSearched, !opening.contains(.search), backlog.isDone, !memory.division.hasSuspects, postponed.isEmpty
        else { return [] }
        isSearched = true
        let gone = intake.memory.takeReplaced()
        return (gone.isEmpty ? [] : [.tell(.vanished(gone))]) + [.tell(.searched)]
    }

    /// Finds what came, changed and went before the session was there, and asks to be told of what comes.
    private mutating func open(_ now: Moment) -> [WatchAction] {
        while let step = opening.first {
            if let fetches = fetchBacklog(now) { return fetches }
            opening.removeFirst()
            switch step {
            case .refresh:
                intake.memory.forgetOld(now: now.wall)
                let told = intake.memory.division.takeNews()
                let news: [WatchAction] = told.isEmpty ? [] : [.tell(.unfetchable(told))]
                if let uids = UIDSet(memory.kept.keys) { return news + refresh(uids, .identity, now) }
                if !news.isEmpty { return news + open(now) }
            case .lastUID:
                if selected.uidNext == nil, messages.exists > 0 {
                    intake.memory.newMailBegins(at: nil)
                    return send(.fetchLastUID, for: .lastUID, now)
                }
            case .search: return beginSearch(now)
            case .notify:
                if !hasOverflowed, capabilities.contains("NOTIFY"), capabilities.contains("IDLE") {
                    let command = Command.notify(bound: Self.firstBound, numbersChanges: selected.numbersChanges)
                    return send(command, for: .notify, now)
                }
            }
        }
        isWatching = true
        gaps.opened(at: now.monotonic)
        return [.tell(.watching)]
    }

    /// The newest messages are searched, and fetched besides: a search need not know what came seconds ago. So is what came since the last
    /// session.
    private mutating func beginSearch(_ now: Moment) -> [WatchAction] {
        let known = memory.nextUID
        backlog.add(found: memory.replaced.filter(memory.isNew))
        if let uidNext = selected.uidNext { intake.memory.newMailBegins(at: uidNext) }
        let uidNext = memory.nextUID
        var sent = searchStep(now)
        if messages.exists > 0, uidNext > 1, !memory.skipsGaps {
            let few = uidNext > Self.newest ? uidNext - Self.newest : 1
            let missed = known > 1 && known < uidNext ? max(known, uidNext > 16 ? uidNext - 16 : 1) : uidNext
            let uids = UIDSet(from: min(few, missed), expectedCount: Backlog.batch)
            sent.append((fetch(uids, .message(bound: Self.firstBound)), .gap))
        }
        return send(sent, now)
    }

    private mutating func watch(_ now: Moment) -> [WatchAction] {
        if messages.announced > 0, announcements.mayLook(at: now.monotonic),
            !isNotified || pushDue.map({ $0 <= now.monotonic }) ?? false
        {
            pushDue = nil
            return fetchArrivals(now)
        }
        if let fetches = fetchBacklog(now) { return fetches }
        if let refresh = refreshChanges(now) { return refresh }
        if let fetches = fetchSuspects(now) { return fetches }
        if !backlog.isSearched { return send(searchStep(now), now) }
        if gaps.take(at: now.monotonic) { return lookForGaps(now) }
        if pace.due(at: now.monotonic, memory.pushes.kind) <= now.monotonic { return ask(now) }
        return idle(now)
    }

    mutating func idle(_ now: Moment) -> [WatchAction] {
        guard pace.canIdle, !commands.isIdling else { return [] }
        return send([(.idle, .idle)], now)
    }

    /// The server has forgotten what it was to tell: it is asked to tell again, and what it did not tell is searched for.
    mutating func beginAgain() {
        (isNotified, hasOverflowed, isWatching, opening) = (false, true, false, [.search, .notify])
        backlog.beginSearch(exists: messages.exists)
    }
}
