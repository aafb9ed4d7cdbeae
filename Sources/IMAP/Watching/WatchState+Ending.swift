/// What is left of a session that is over.
extension WatchState {
    /// What became of a mark that was not answered when the session ended.
    mutating func result(of number: Int, _ error: IMAPError) -> MarkResult {
        guard let procedure = commands.procedure(of: number), procedure.mayBeMade else { return .unavailable(error) }
        intake.memory.isUncertain(of: procedure.target.uid)
        return .unknown(error)
    }

    /// The session is over, and not because it was to be: it may have ended by what was fetched.
    mutating func sessionEnded(_ error: IMAPError, at now: Moment) {
        let isTimeout = if case .timeout = error { true } else { false }
        intake.memory.turns.sessionEnded(isHalfAnswered: isTimeout && commands.isHalfAnswered)
        if commands.isFetchingGap { intake.memory.skipsGaps = true }
        intake.memory.division.sessionEnded(at: now.monotonic)
    }

    /// Nobody needs any more what came in part.
    mutating func wipe() { commands.wipe() }
}
