/// What a watch requests from the server.
extension WatchState {
    mutating func send(_ command: Command, for purpose: Purpose, _ now: Moment) -> [WatchAction] {
        send([(command, purpose)], now)
    }

    mutating func send(_ sent: [(Command, Purpose)], _ now: Moment) -> [WatchAction] {
        let endsIdle = commands.isIdling
        if memory.turns.areTaken, sent.count > 1 || endsIdle { return sendOneByOne(sent, now) }
        commands.send(sent, at: now.monotonic)
        for case .found(let uids, _) in sent.map(\.1) { intake.memory.division.began(uids) }
        return [.send(sent.map(\.0), endingIdle: endsIdle)]
    }

    /// To a server that drops what comes with another command, or with DONE.
    private mutating func sendOneByOne(_ sent: [(Command, Purpose)], _ now: Moment) -> [WatchAction] {
        if commands.isIdling {
            postponed = sent + postponed
            commands.send([], at: now.monotonic)
            return [.send([], endingIdle: true)]
        }
        postponed = sent.dropFirst() + postponed
        return send(Array(sent.prefix(1)), now)
    }

    func fetch(_ uids: UIDSet, _ items: FetchItems) -> Command {
        .uidFetch(uids, items, numbersChanges: selected.numbersChanges)
    }

    private var arrivals: Command {
        fetch(UIDSet(from: memory.nextUID, expectedCount: Backlog.batch), .message(bound: Self.firstBound))
    }

    /// Asks for news. Somebody who waits gets new mail in the same flight; the server that pushes it does that anyway. A NOOP's OK
    /// proves nothing of the mailbox: where it is time for that, it is asked for, and first. A server may answer what depends on
    /// nothing before a NOOP that precedes it (RFC 3501, section 5.5; Dovecot puts the NOOP's work off).
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

    /// The server refuses to search.
    var searchesByDates: Bool { memory.refusals.outlive(.search) }

    private mutating func searchCommand(_ among: SearchedSet, _ now: Moment) -> Command {
        messages.lookedAtAll()
        if searchesByDates { return .fetchDates(among) }
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
