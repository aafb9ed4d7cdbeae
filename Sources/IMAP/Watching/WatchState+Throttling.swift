/// A throttling server is left alone within its session: a new session would cost more commands.
extension WatchState {
    /// That the server has enough, where this is what the answer says.
    func throttling(_ command: CommandQueue.Completed) -> IMAPError? {
        let status = command.reply.completion
        guard command.reply.isRefused else { return nil }
        if status.isThrottled { return status.stateError }
        // "Server Unavailable. 15" is what Exchange says to those who ask too much; but also of one mail that it cannot give, which is found by
        // division, and others of a mailbox that is gone, which a proof is for.
        guard status.told == .unavailable, status.code == nil else { return nil }
        switch command.purpose {
        case .ask, .refresh, .lastUID, .lastOfMany, .searchStep, .search: return .throttled(backOff: status.backOff)
        default: return nil
        }
    }

    /// The server is left alone for as long as it says, and this command sent again then, where it is not one that comes again anyway.
    mutating func throttled(_ command: CommandQueue.Completed, _ error: IMAPError, _ now: Moment) -> [WatchAction] {
        var actions: [WatchAction] = []
        switch command.purpose {
        case .mark(let job):
            actions = [.roundTrip] + carryOut(marks.received(command.reply, for: job, &intake.memory), now)
            // It may be made in part.
            hasChanges = !memory.kept.isEmpty
        case .idle: isIdleThrottled = true
        case .ask, .askedArrivals, .proof: break
        default: postponed.append((command.command, command.purpose))
        }
        // None of the messages is to blame.
        if command.purpose.asksForBodies { intake.memory.division.began([]) }
        for fetch in command.reply.fetched { fetch.wipe() }
        let isNews = intake.memory.throttling.told(error, for: command.reply.completion.backOff, at: now.monotonic)
        let duration = memory.throttling.until?.remaining(from: now.monotonic) ?? .zero
        pace.leaveAlone(for: duration, at: now.monotonic)
        isLeftAlone = true
        return actions + [.tell(.throttled(error, for: duration, isNews: isNews))]
    }

    /// What may continue meanwhile: an IDLE. Marks have their answer, and whoever asked asks again.
    mutating func leaveAlone(_ now: Moment) -> [WatchAction] {
        isLeftAlone = true
        let answers = carryOut(marks.refuseAll(.unavailable(memory.throttling.error)), now)
        return answers + (isIdleThrottled ? [] : idle(now))
    }

    /// The time is over. Whoever wants marks is told so, and comes first: this may be over in a moment.
    mutating func leavesAloneNoLonger(_ now: Moment) -> [WatchAction] {
        guard isLeftAlone else { return [] }
        (isLeftAlone, isIdleThrottled) = (false, false)
        if !memory.kept.isEmpty { heldUntil = now.monotonic.advanced(by: .milliseconds(20)) }
        return [.tell(.throttlingEnded)]
    }

    /// What was refused is asked for again, in its order.
    mutating func takeUpPostponed(_ now: Moment) -> [WatchAction] {
        guard !postponed.isEmpty else { return [] }
        let commands = postponed
        postponed = []
        return send(commands, now)
    }
}
