/// How a watch reacts to the server's responses.
extension WatchState {
    mutating func received(_ response: Response, _ now: Moment) -> [WatchAction] {
        switch response {
        case .exists(let number):
            let before = messages.announced
            messages.told(number)
            if messages.announced > before, !isNotified { learn(now) }
        case .expunge(let number):
            messages.removed(number)
            backlog.removed(number)
            hasChanges = true
        case .fetch(let fetch):
            let kept = memory.kept
            guard commands.take(response, isKnown: { kept[$0] != nil }) else { return pushed(fetch, now) }
        // What nobody asked for tells nothing.
        case .search, .mailboxStatus: _ = commands.take(response) { _ in false }
        case .continuation: commands.confirmed()
        case .status(let status): return received(status, now)
        case .tagged(_, let status):
            guard let command = commands.completed(status, at: now.monotonic) else {
                return [.end(.breach(.unexpectedTag))]
            }
            return completed(command, now)
        case .greeting: return [.end(.breach(.notAResponse))]
        case .capability, .list, .rights, .other: break
        }
        return []
    }

    private mutating func received(_ status: StatusResponse, _ now: Moment) -> [WatchAction] {
        if status.condition == .bye {
            return [.end(status.stateError ?? .closed(during: commands.phase, code: status.code?.name ?? "BYE"))]
        }
        if status.code == .plain("NOTIFICATIONOVERFLOW"), isNotified {
            if hasOverflowed { return [.end(.notificationOverflow)] }
            beginAgain()
            return [.tell(.arrival(arrival))]
        }
        if status.condition == .no { intake.memory.complaints.heard(status.code) }
        return []
    }

    /// New mail was told of: is it of use to ask this server?
    private mutating func learn(_ now: Moment) {
        guard isWatching, pace.canIdle,
            pace.isEager(at: now.monotonic, memory.pushes.kind) || memory.pushes.kind == .prompt
        else {
            return
        }
        if commands.isIdling || commands.isAsking { intake.memory.pushes.told(inAnswer: !commands.isIdling) }
    }

    private mutating func completed(_ command: CommandQueue.Completed, _ now: Moment) -> [WatchAction] {
        let reply = command.reply
        let refusal = IMAPError.refusal(of: command.name, reply.completion)
        if command.purpose != .idle { roundTrip = min(roundTrip, max(command.duration, .microseconds(10))) }
        if let error = throttling(command) { return throttled(command, error, now) }
        switch command.purpose {
        case .mark: break
        // Not this command is at fault.
        default: if reply.isRefused, let error = reply.completion.stateError { return [.end(error)] }
        }
        switch command.purpose {
        case .idle:
            // Offered and refused, or ended by the server as soon as it is asked for: this session does without.
            let isTooShort = commands.isEmpty && !command.isDone && command.duration < .seconds(1)
            guard reply.isRefused || isTooShort else { return [] }
            (pace.canIdle, isNotified) = (false, false)
            return [.tell(.arrival(arrival))]
        case .mark(let job):
            let actions = [.roundTrip] + carryOut(marks.received(reply, for: job, &intake.memory), now)
            // It has its answer.
            if reply.isRefused, let error = reply.completion.stateError { return actions + [.end(error)] }
            return actions
        case .sweep: return []
        case .notify:
            isNotified = !reply.isRefused
            return []
        case .found(let uids, let bound) where reply.isRefused: return partly(reply, of: uids, bound: bound, now)
        // What is announced is fetched next. Where nothing is, there may be nothing to be had: some refuse that.
        case .askedArrivals where reply.isRefused: return []
        case .arrivals where reply.isRefused:
            // One of them cannot be fetched. Whether it is the sender's, a search tells.
            return [.tell(.refused(.refused(.uidFetch, code: reply.completion.code?.name)))]
                + send(.fetchLastUID, for: .lastOfMany, now)
        case .gap where reply.isRefused, .dates where reply.isRefused, .lastUID where reply.isRefused: return []
        case .lastOfMany where reply.isRefused:
            announcements.looked(found: false, at: now.monotonic)
            backlog.beginSearch(exists: messages.exists)
            return []
        case .searchStep where isFutile(reply), .search where isFutile(reply): return []
        case .refresh(let items, let asked, let rest, let told)
        where reply.isRefused && memory.refusals.outlive(.refresh):
            return refreshRefused(command.command, items, asked, rest, told, now)
        case .proof where reply.isRefused: return proofRefused(reply, command.name)
        case _ where reply.isRefused:
            intake.memory.refusals.ended(with: command.purpose)
            return [.end(refusal)]
        case .ask: return []
        default:
            // That nothing new is there, a server says of a mailbox that is gone as well.
            if !reply.fetched.isEmpty { pace.proved(at: now.monotonic) }
            if !searchesByDates { intake.memory.refusals.answered(command.purpose) }
            return [.roundTrip] + answered(command, now)
        }
    }

    /// Whether a search was refused that could have found nothing: in an empty mailbox, or by messages that are not there.
    private func isFutile(_ reply: Reply) -> Bool { reply.isRefused && (messages.exists == 0 || searchesByDates) }

    private mutating func answered(_ command: CommandQueue.Completed, _ now: Moment) -> [WatchAction] {
        let reply = command.reply
        switch command.purpose {
        case .refresh(let items, let asked, let rest, let told):
            // Flags that made no sense are not known to have changed; and the message is there.
            let told =
                told
                + reply.fetched.compactMap { fetch in
                    (fetch.messageFlags ?? fetch.uid.flatMap { memory.kept[$0]?.flags })
                        .map { ToldMessage(flags: $0, identity: fetch.identity) }
                }
            if let piece = rest.first {
                let rest = Array(rest.dropFirst())
                return send(fetch(piece, items), for: .refresh(items, of: asked, rest: rest, told: told), now)
            }
            return refreshed(items, told, of: asked, now)
        case .lastUID: if let last = reply.fetched.compactMap(\.uid).max() { intake.memory.passed(last) }
        case .lastOfMany:
            let last = reply.fetched.compactMap(\.uid).max() ?? 0
            announcements.looked(found: last >= memory.nextUID, at: now.monotonic)
            guard last >= memory.nextUID else {
                backlog.beginSearch(exists: messages.exists)
                return []
            }
            let first = memory.nextUID
            intake.memory.passed(last)
            return search(.uids(from: first), now)
        case .searchStep:
            backlog.stepTook(command.duration, roundTrip: roundTrip)
            take(found: found(by: reply, now))
        case .dates:
            let oldest = now.wall - settings.lookBack - 86_400
            let dates = reply.fetched.compactMap(\.internalDate)
            backlog.stepEnded(isOld: !dates.isEmpty && dates.allSatisfy { Double($0) < oldest })
        case .search: take(found: found(by: reply, now))
        case .found(let uids, let bound):
            let cannot = Set(reply.fetched.filter { !$0.isWhole }.compactMap(\.uid)).intersection(uids)
            guard cannot.isEmpty else { return partly(reply, of: uids, without: cannot, bound: bound, now) }
            intake.memory.division.succeeded(uids)
            return take(reply.fetched, bound: bound, now)
        case .gap:
            let new = wanted(reply, intake.isNew)
            if new.contains(where: intake.isArrival) { gaps.caughtUp() }
            return take(new, now)
        case .askedArrivals:
            let new = wanted(reply, intake.isArrival)
            messages.looked(at: new.count)
            return take(new, now)
        case .arrivals(let announced):
            let new = wanted(reply, intake.isNew)
            messages.looked(at: new.count - announced)
            if new.count < announced { gaps.missed(at: now.monotonic) } else { gaps.caughtUp() }
            announcements.looked(found: !new.isEmpty, at: now.monotonic)
            // More messages but none of them new: not shown yet, or the server counts from somewhere else now.
            if new.isEmpty { backlog.beginSearch(exists: messages.exists) }
            return take(new, now)
        case .proof: return proved(reply, now)
        case .idle, .ask, .notify, .mark, .sweep: break
        }
        return []
    }

    // MARK: Proof

    private mutating func proved(_ reply: Reply, _ now: Moment) -> [WatchAction] {
        // 0 is none.
        if let uidValidity = reply.status.uidValidity, uidValidity > 0, uidValidity != selected.uidValidity {
            return [.end(.mailboxReplaced(name: settings.folder))]
        }
        if intake.memory.complaints.heardNothingNew() { return [.end(.mailboxUnsound(name: settings.folder))] }
        // More is there than anybody has told.
        if let uidNext = reply.status.uidNext, uidNext > max(memory.nextUID, toldUIDNext) {
            toldUIDNext = uidNext
            if messages.announced == 0 { gaps.missed(at: now.monotonic) }
        }
        return []
    }

    private mutating func proofRefused(_ reply: Reply, _ name: CommandName) -> [WatchAction] {
        if name == .status, reply.completion.condition == .bad {
            // A client should not ask this of the mailbox that is open; some servers say so.
            hasStatus = false
            return []
        }
        intake.memory.refusals.ended(with: .proof)
        return [.end(.mailboxReplaced(name: settings.folder))]
    }

    // MARK: Messages

    /// What a search has found, or by their dates all that may matter where the server does not search.
    private func found(by reply: Reply, _ now: Moment) -> [UInt32] {
        let oldest = now.wall - settings.lookBack - 86_400
        return reply.found
            + reply.fetched.filter { $0.internalDate.map { Double($0) >= oldest } ?? true }.compactMap(\.uid)
    }

    private mutating func take(found uids: [UInt32]) {
        backlog.add(found: uids.filter(memory.isNew))
        if let last = uids.max() { intake.memory.passed(last) }
    }

    /// A FETCH was refused: what came all the same is taken, and the rest divided.
    private mutating func partly(_ reply: Reply, of uids: [UInt32], bound: Int, _ now: Moment) -> [WatchAction] {
        let came = reply.fetched.filter(\.isWhole)
        return partly(reply, of: uids, without: Set(uids).subtracting(came.compactMap(\.uid)), bound: bound, now)
    }

    /// Some of the messages did not come, or empty.
    private mutating func partly(
        _ reply: Reply, of uids: [UInt32], without rest: Set<UInt32>, bound: Int, _ now: Moment
    ) -> [WatchAction] {
        intake.memory.division.succeeded(uids.filter { !rest.contains($0) })
        intake.memory.division.began(rest.sorted())
        let culprit = intake.memory.division.refused(at: now.monotonic)
        return (culprit.map { [.tell(.unfetchable([$0]))] } ?? []) + take(reply.fetched, bound: bound, now)
    }

    /// A FETCH that came without being asked for.
    private mutating func pushed(_ fetch: FetchResponse, _ now: Moment) -> [WatchAction] {
        // Without a UID nobody knows of whom it tells. A MODSEQ without flags tells that something changed, not what: taken for "no flags"
        // it would free what another daemon holds.
        guard let told = fetch.messageFlags else {
            hasChanges = true
            return []
        }
        if fetch.isWhole, intake.isArrival(fetch) {
            learn(now)
            messages.looked(at: 1)
            return take([fetch], now)
        }
        fetch.wipe()
        return intake.memory.told(told).map { [.tell(.changed([$0]))] } ?? []
    }

    /// Those of the messages that nobody has read yet; the others' bodies are wiped.
    private func wanted(_ reply: Reply, _ isWanted: (FetchResponse) -> Bool) -> [FetchResponse] {
        reply.fetched.filter { fetch in
            if fetch.isWhole, isWanted(fetch) { return true }
            fetch.wipe()
            return false
        }
    }

    /// Has messages read, but those that are too old to matter.
    private mutating func take(_ fetched: [FetchResponse], bound: Int = firstBound, _ now: Moment) -> [WatchAction] {
        let messages = intake.take(fetched, bound: bound, wall: now.wall)
        backlog.remove(messages.map(\.flags.uid))
        return messages.isEmpty ? [] : [.read(messages)]
    }

    mutating func carryOut(_ steps: [MarkQueue.Step], _ now: Moment) -> [WatchAction] {
        for case .run(_, .mark(let job)) in steps where job.procedure.findings.lacksModSeq { intake.numberIsMissing() }
        return steps.flatMap { step -> [WatchAction] in
            switch step {
            case .run(let command, let purpose): send(command, for: purpose, now)
            case .answer(let number, let result): [.answer(number, result)]
            case .tell(let news): [.tell(news)]
            }
        }
    }
}
