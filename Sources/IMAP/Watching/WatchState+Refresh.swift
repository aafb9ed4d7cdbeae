/// What others did to the messages that matter.
extension WatchState {
    /// Asks for the flags of the messages that matter, and whether they are still the same where they may not be.
    mutating func refresh(_ uids: UIDSet, _ items: FetchItems, _ now: Moment) -> [WatchAction] {
        let pieces = uids.pieces(of: 500)
        let rest = Array(pieces.dropFirst())
        return send(
            fetch(pieces[0], items), for: .refresh(items, of: Set(memory.kept.keys), rest: rest, told: []), now)
    }

    /// Asks what others changed, once a second at most, and less often where nothing was: some servers hint at a change in each answer.
    mutating func refreshChanges(_ now: Moment) -> [WatchAction]? {
        guard hasChanges, refreshDue.map({ $0 <= now.monotonic }) ?? true else { return nil }
        hasChanges = false
        intake.memory.forgetOld(now: now.wall)
        guard let uids = UIDSet(memory.kept.keys) else { return nil }
        if refreshDue.map({ $0.advanced(by: .seconds(60)) <= now.monotonic }) ?? true { refreshPause = .seconds(1) }
        refreshDue = now.monotonic.advanced(by: refreshPause)
        return refresh(uids, .flags, now)
    }

    /// Some refuse to tell of what is gone, so that one message refuses the others': each is asked for alone. What is refused then
    /// counts as it is known; a mark tells.
    mutating func refreshRefused(
        _ command: Command, _ items: FetchItems, _ asked: Set<UInt32>, _ rest: [UIDSet], _ told: [ToldMessage],
        _ now: Moment
    ) -> [WatchAction] {
        let refused = asked.filter { command.uids?.contains($0) ?? false && memory.kept[$0] != nil }
        let isAlone = refused.count < 2
        let all = (isAlone ? [] : UIDSet(refused)?.pieces(of: 1) ?? []) + rest
        let left = isAlone ? asked.subtracting(refused) : asked
        guard let first = all.first else { return refreshed(items, told, of: left, now) }
        return send(fetch(first, items), for: .refresh(items, of: left, rest: Array(all.dropFirst()), told: told), now)
    }

    mutating func refreshed(
        _ items: FetchItems, _ told: [ToldMessage], of asked: Set<UInt32>, _ now: Moment
    ) -> [WatchAction] {
        let forgets = items == .identity && intake.memory.forgets(told)
        let (changed, vanished, replaced) = intake.memory.refreshed(told, of: asked)
        refreshPause =
            changed.isEmpty && vanished.isEmpty && replaced.isEmpty ? min(refreshPause * 2, .seconds(16)) : .seconds(1)
        backlog.add(found: replaced)
        return (forgets ? [.tell(.marksNotKept)] : []) + carryOut(marks.replaced(replaced), now)
            + (changed.isEmpty ? [] : [.tell(.changed(changed))])
            + (vanished.isEmpty ? [] : [.tell(.vanished(vanished))])
    }
}
