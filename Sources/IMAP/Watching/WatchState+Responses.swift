/// What the server's responses make of a watch.
extension WatchState {
    mutating func received(_ response: Response, _ now: Moment) -> [WatchAction] {
        switch response {
        case .exists(let number): messages.told(number)
        case .expunge(let number):
            messages.removed(number)
            hasChanges = true
        case .fetch(let fetch):
            if commands.takes(fetch) { commands.add(response) } else { return pushed(fetch, now) }
        case .search: commands.add(response)
        case .id(let name): serverName = name
        case .continuation: guard commands.idleConfirmed() else { return [.end(.breach(.unexpectedContinuation))] }
        case .status(let status) where status.condition == .bye:
            return [.end(.closed(during: commands.phase, code: status.code?.name ?? "BYE"))]
        case .tagged(_, let status):
            guard let (name, purpose, reply) = commands.completed(status) else {
                return [.end(.breach(.unexpectedTag))]
            }
            return completed(name, purpose, reply, now)
        case .greeting: return [.end(.breach(.notAResponse))]
        case .status, .capability, .other: break
        }
        return []
    }

    private mutating func completed(
        _ name: CommandName, _ purpose: Purpose, _ reply: Reply, _ now: Moment
    ) -> [WatchAction] {
        let refusal = IMAPError.refused(name, code: reply.status.code?.name)
        switch purpose {
        case .idle:
            // Offered and refused, or ended by the server as soon as it is asked for: this session does without.
            let isTooShort = commands.isEmpty && now.monotonic < pace.lastAsked.advanced(by: .seconds(1))
            if reply.isRefused || isTooShort { pace.canIdle = false }
            return []
        case .mark(let number, let procedure):
            return [.roundTrip] + carryOut(marks.received(reply, for: number, procedure, &intake.memory), now)
        case .habit(let number, let procedure):
            return [.roundTrip]
                + carryOut(marks.received(name: serverName, for: number, procedure, &intake.memory), now)
        case .notify: isNotified = !reply.isRefused
        case _ where reply.isRefused: return [.end(refusal)]
        case .ask: break
        case .refresh(let rest, let told):
            // Flags that made no sense are not known to have changed; and the message is there.
            let told = told + reply.fetched.compactMap { $0.messageFlags ?? $0.uid.flatMap { memory.kept[$0]?.flags } }
            if let piece = rest.first {
                return [.roundTrip]
                    + send(fetch(piece, .flags), for: .refresh(rest: Array(rest.dropFirst()), told: told), now)
            }
            let (changed, vanished) = intake.memory.refreshed(told)
            return [.roundTrip] + (changed.isEmpty ? [] : [.tell(.changed(changed))])
                + (vanished.isEmpty ? [] : [.tell(.vanished(vanished))])
        case .lastUID: if let last = reply.fetched.compactMap(\.uid).max() { intake.memory.passed(last) }
        case .lastOfMany:
            guard let last = reply.fetched.compactMap(\.uid).max(), last >= memory.nextUID else {
                return [.roundTrip] + search(.all, now)
            }
            let first = memory.nextUID
            intake.memory.passed(last)
            return [.roundTrip] + search(.uids(from: first), now)
        case .search(let isAll):
            backlog.add(found: reply.found.filter(memory.isNew))
            if let last = reply.found.max() { intake.memory.passed(last) }
            return isAll ? [.roundTrip, .tell(.searched)] : [.roundTrip]
        case .found(let bound): return [.roundTrip] + take(reply.fetched, bound: bound, now)
        case .askedArrivals:
            let new = reply.fetched.filter(intake.isArrival)
            messages.looked(at: new.count)
            return [.roundTrip] + take(new, now)
        case .arrivals(let announced):
            let new = reply.fetched.filter(intake.isNew)
            messages.looked(at: new.count - announced)
            // More messages but none of them new: the server counts from somewhere else now.
            return [.roundTrip] + (new.isEmpty ? search(.all, now) : take(new, now))
        }
        return [.roundTrip]
    }

    /// A FETCH that came without being asked for.
    private mutating func pushed(_ fetch: FetchResponse, _ now: Moment) -> [WatchAction] {
        // Without a UID nobody knows of whom it tells. A MODSEQ without flags tells that something changed, not what: taken for "no flags"
        // it would free what another daemon holds.
        guard let told = fetch.messageFlags else {
            hasChanges = true
            return []
        }
        if fetch.body != nil, intake.isArrival(fetch) {
            messages.looked(at: 1)
            return take([fetch], now)
        }
        return intake.memory.told(told) ? [.tell(.changed([told]))] : []
    }

    /// Has messages read, but those that are too old to matter.
    private mutating func take(_ fetched: [FetchResponse], bound: Int = firstBound, _ now: Moment) -> [WatchAction] {
        let before = claims
        let messages = intake.take(fetched, bound: bound, wall: now.wall)
        return (claims == before ? [] : [.tell(.claims(claims))]) + (messages.isEmpty ? [] : [.read(messages)])
    }

    mutating func carryOut(_ step: MarkQueue.Step, _ now: Moment) -> [WatchAction] {
        switch step {
        case .run(let command, let purpose): send(command, for: purpose, now)
        case .answer(let number, let result): [.answer(number, result)]
        }
    }
}
