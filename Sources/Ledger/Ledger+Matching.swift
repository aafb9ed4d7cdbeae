import FoundationEssentials

/// Who gets which password, and when nobody does any more.
extension Ledger {
    /// Gives each claimant in turn the newest password that fits. Where only one has come, the others need no second look:
    /// nothing that is free fits any of them.
    mutating func match(_ now: Date, newcomer: UInt64? = nil) -> [Action] {
        guard !waiting.isEmpty else { return [] }
        var free = entries.values.filter {
            ($0.state == .available || $0.state == .inDoubt) && mailboxes.contains($0.id.mailbox)
                && $0.expiresAt.map { $0 > now } ?? false
        }
        let busy = claiming
        var actions: [Action] = []
        for claimant in waiting where newcomer.map({ $0 == claimant.id }) ?? !busy.contains(claimant.id) {
            if free.isEmpty { break }
            let recipient = claimant.filter.recipient?.lowercased()
            let fitting = free.indices.filter { index in
                (free[index].state == .available || claimant.filter.includesInDoubt)
                    && claimant.filter.fits(free[index], recipient: recipient)
            }
            let newest = fitting.max {
                (free[$0].issuedAt ?? .distantPast, free[$0].id) < (free[$1].issuedAt ?? .distantPast, free[$1].id)
            }
            guard let newest else { continue }
            let entry = free.remove(at: newest)
            let fromDoubt = entry.state == .inDoubt
            entries[entry.id]?.state = .claiming(by: claimant.id, fromDoubt: fromDoubt)
            actions.append(.change(entry.id, fromDoubt ? .confirmClaimed : .claim))
        }
        return actions
    }

    /// Claimants whose time is over; one whose claim is being marked gets its answer first.
    mutating func giveUp(_ now: Date) -> [Action] {
        guard waiting.contains(where: { $0.deadline <= now }) else { return [] }
        let busy = claiming
        var actions: [Action] = []
        waiting.removeAll { claimant in
            guard claimant.deadline <= now, !busy.contains(claimant.id) else { return false }
            actions.append(.refuse(claimant: claimant.id, .noPassword))
            return true
        }
        return actions
    }

    mutating func expire(_ now: Date) -> [Action] {
        var actions: [Action] = []
        let due = entries.values.filter { $0.expiresAt.map { $0 <= now } ?? false }
        for entry in due.sorted(by: { $0.id < $1.id }) {
            guard let expiresAt = entry.expiresAt else { continue }
            // Copies expire together: none takes another's place.
            if !entry.state.isFinal { actions += set(entry.id, .expired) }
            // Told in Status for as long again as it was of use, then forgotten.
            if let issuedAt = entry.issuedAt, now.timeIntervalSince(expiresAt) > expiresAt.timeIntervalSince(issuedAt) {
                forget(entry.id)
            }
        }
        return actions
    }

    /// Forgets one that is over when there are too many, or the oldest that nobody has: a new one is of more use. False: all are
    /// somebody's.
    mutating func makeRoom(in mailbox: String) -> Bool {
        guard entries.count >= Self.entryBound else { return true }
        let those = entries.values.filter { $0.id.mailbox == mailbox }
        guard those.count >= Self.entryBound else { return true }
        let dispensable = those.filter { $0.state.rankToForget != nil }
        guard
            let first = dispensable.min(by: {
                ($0.state.rankToForget ?? 0, $0.issuedAt ?? .distantPast)
                    < ($1.state.rankToForget ?? 0, $1.issuedAt ?? .distantPast)
            })
        else { return false }
        forget(first.id)
        return true
    }
}
