import FoundationEssentials

/// What becomes of entries when the server has answered.
extension Ledger {
    /// The record was changed, or not.
    public mutating func recordChanged(
        _ id: PasswordID, _ change: RecordChange, _ result: RecordResult, now: Date
    ) -> [Action] {
        // A password that died while the server was asked is given to nobody.
        expire(now) + answered(id, change, result, now)
    }

    mutating func answered(
        _ id: PasswordID, _ change: RecordChange, _ result: RecordResult, _ now: Date
    ) -> [Action] {
        switch (entries[id]?.state, change) {
        case (.claiming(let claimant, fromDoubt: false), .claim):
            return claimAnswered(id, claimant, fromDoubt: false, result, now)
        case (.claiming(let claimant, fromDoubt: true), .confirmClaimed):
            return claimAnswered(id, claimant, fromDoubt: true, result, now)
        case (.releasing(let wasInDoubt), .release):
            return releaseAnswered(id, wasInDoubt, result, now)
        // Two had it, one in doubt, and the other's word stands in the mailbox: every daemon on it must say the same.
        case (.rejected, .settle) where result == .lost(.used): return enter(id, .used) + [.settled(id, nil)]
        case (_, .settle): return [.settled(id, nil)]
        // It expired meanwhile, and who waited for this one waits for another.
        case (_, .release): return [.settled(id, nil)]
        case (_, .claim), (_, .confirmClaimed): return match(now) + giveUp(now)
        }
    }

    mutating func claimAnswered(
        _ id: PasswordID, _ claimant: UInt64, fromDoubt: Bool, _ result: RecordResult, _ now: Date
    ) -> [Action] {
        switch result {
        case .done:
            guard let index = waiting.firstIndex(where: { $0.id == claimant }), let password = entries[id]?.password
            else {
                // The claimant is gone and the password never left.
                entries[id]?.state = fromDoubt ? .inDoubt : .releasing(wasInDoubt: false)
                return fromDoubt ? match(now) : [.change(id, .release)]
            }
            let connection = waiting.remove(at: index).connection
            return enter(id, .claimed(by: claimant, on: connection, fromDoubt: fromDoubt))
                + [.give(password, to: claimant)]
        case .lost(let record):
            // The claimant goes on waiting, at its place.
            return enter(id, Self.state(record)) + match(now) + giveUp(now)
        case .gone: return enter(id, .expunged) + match(now) + giveUp(now)
        case .failed(let reason):
            entries[id]?.state = fromDoubt ? .inDoubt : .available
            let wasWaiting = waiting.contains { $0.id == claimant }
            waiting.removeAll { $0.id == claimant }
            return (wasWaiting ? [.refuse(claimant: claimant, .markFailed(reason: reason))] : []) + match(now)
        }
    }

    mutating func releaseAnswered(
        _ id: PasswordID, _ wasInDoubt: Bool, _ result: RecordResult, _ now: Date
    ) -> [Action] {
        switch result {
        case .done, .lost(.unmarked): return enter(id, .available) + [.settled(id, nil)] + match(now)
        case .lost(let record): return enter(id, Self.state(record)) + [.settled(id, nil)] + match(now)
        case .gone: return enter(id, .expunged) + [.settled(id, nil)] + match(now)
        case .failed(let reason):
            // Whether the mark is off nobody knows: another daemon may have claimed it since, so it is not tried again unasked.
            return enter(id, .inDoubt) + [.settled(id, .markFailed(reason: reason))] + match(now)
        }
    }
}
