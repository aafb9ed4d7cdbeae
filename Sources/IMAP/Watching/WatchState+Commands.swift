/// What a watch requests from the server.
extension WatchState {
    mutating func send(_ command: Command, for purpose: Purpose, _ now: Moment) -> [WatchAction] {
        send([(command, purpose)], now)
    }

    mutating func send(_ sent: [(Command, Purpose)], _ now: Moment) -> [WatchAction] {
        let endsIdle = commands.isIdling
        commands.send(sent, at: now.monotonic)
        for case .found(let uids, _) in sent.map(\.1) { intake.memory.division.began(uids) }
        return [.send(sent.map(\.0), endingIdle: endsIdle)]
    }

    func fetch(_ uids: UIDSet, _ items: FetchItems) -> Command {
        .uidFetch(uids, items, numbersChanges: selected.numbersChanges)
    }

    private var arrivals: Command {
        fetch(UIDSet(from: memory.nextUID, expectedCount: Backlog.batch), .message(bound: Self.firstBound))
    }

    /// Asks for news. Somebody who waits gets new mail in the same flight; the server that pushes it does that anyway. A NOOP's OK
    /// proves nothing of the mailbox: where it is time for that, it is asked for, and first. A server may answer what depends on
    /// nothing before a NOOP that precedes it (RFC 3501, section 5.5; Dovecot puts the NOOP's work off), and answers in
    /// another order end a session here.
    mutating func ask(_ now: Moment) -> [WatchAction] {
        pace.asked(at: now.monotonic)
        var sent: [(Command, Purpose)] = []
        if pace.wantsProof(at: now.monotonic) {
            pace.proved(at: now.monotonic)
            sent.append(
                hasStatus
                    ? (.status(selected.name), .proof) : (fetch(UIDSet(max(memory.nextUID, 2) - 1), .flags), .proof))
        }
        sent.append((.noop, .ask))
        if pace.isAwaited(at: now.monotonic) {
            if !isNotified { sent.append((arrivals, .askedArrivals)) }
        } else {
            // Seldom enough to ask as well what others did.
            hasChanges = !memory.kept.isEmpty
        }
        if pace.canIdle { sent.append((.idle, .idle)) }
        return send(sent, now)
    }

    /// Asks for the flags of the messages that matter, and whether they are still the same where they may not be.
    mutating func refresh(_ uids: UIDSet, _ items: FetchItems, _ now: Moment) -> [WatchAction] {
        let pieces = uids.pieces(of: 500)
        let rest = Array(pieces.dropFirst())
        return send(
            fetch(pieces[0], items), for: .refresh(items, of: Set(memory.kept.keys), rest: rest, told: []), now)
    }

    /// Asks what others changed, once a second at most: some servers hint at a change in each answer.
    mutating func refreshChanges(_ now: Moment) -> [WatchAction]? {
        guard hasChanges, refreshDue.map({ $0 <= now.monotonic }) ?? true else { return nil }
        hasChanges = false
        intake.memory.forgetOld(now: now.wall)
        guard let uids = UIDSet(memory.kept.keys) else { return nil }
        refreshDue = now.monotonic.advanced(by: .seconds(1))
        return refresh(uids, .flags, now)
    }

    /// The next step of the search through the mailbox, for the sender's mails of the time that matters.
    mutating func searchStep(_ now: Moment) -> [(Command, Purpose)] {
        let (among, dates) = backlog.nextStep()
        let step = (searchCommand(among, now), Purpose.searchStep(hasDates: dates != nil))
        return [step] + (dates.map { [(.fetchDates($0), .dates)] } ?? [])
    }

    /// Finds the sender's mails among those that may have been missed.
    mutating func search(_ among: SearchedSet, _ now: Moment) -> [WatchAction] {
        send(searchCommand(among, now), for: .search, now)
    }

    private mutating func searchCommand(_ among: SearchedSet, _ now: Moment) -> Command {
        messages.lookedAtAll()
        return .uidSearch(from: settings.sender, since: now.wall - settings.lookBack, among: among)
    }

    /// What a search did not know and FETCH did not show: the newest are searched once more, and fetched.
    mutating func lookForGaps(_ now: Moment) -> [WatchAction] {
        let exists = messages.exists
        let first = exists > Backlog.firstStep ? exists - Backlog.firstStep + 1 : 1
        let search = (searchCommand(.messages(from: first), now), Purpose.search)
        return send(memory.skipsGaps ? [search] : [search, (arrivals, .gap)], now)
    }

    /// Fetches some of what a search has found, or one message of which all is wanted.
    mutating func fetchBacklog(_ now: Moment) -> [WatchAction]? {
        guard let (uids, bound) = backlog.next() else { return nil }
        return send(fetch(uids, .message(bound: bound)), for: .found(uids.all, bound: bound), now)
    }

    /// Fetches what the server may be unable to give.
    mutating func fetchSuspects(_ now: Moment) -> [WatchAction]? {
        guard let suspects = intake.memory.division.next(at: now.monotonic), let uids = UIDSet(suspects) else {
            return nil
        }
        return send(fetch(uids, .message(bound: Self.firstBound)), for: .found(suspects, bound: Self.firstBound), now)
    }

    /// Fetches what came since the last message seen.
    mutating func fetchArrivals(_ now: Moment) -> [WatchAction] {
        // Too many to take them all in: only the sender's. What comes after the question for the last is announced again.
        if messages.announced > UInt32(Backlog.batch) { return send(.fetchLastUID, for: .lastOfMany, now) }
        let announced = Int(messages.announced)
        // Before the command, not after it: what is announced at its end may not be in its answer.
        messages.lookedAtAll()
        return send(arrivals, for: .arrivals(announced: announced), now)
    }
}
