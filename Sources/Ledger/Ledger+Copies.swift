import FoundationEssentials

/// Several messages with one password: it stands for one.
extension Ledger {
    /// The same mail may come once more: by an alias, by a copy, under a new UIDVALIDITY. Its password is given once: while one of
    /// its entries is anybody's, the others are duplicates; while none is, the first that came stands for all. In one mailbox that
    /// is the one with the lowest UID, whatever the order in which they are read: two daemons choose the same one.
    mutating func standForOne(_ fingerprint: Int?) -> [Action] {
        guard let fingerprint, let family = copies[fingerprint], family.count > 1 else { return [] }
        var isTaken = family.contains { entries[$0]?.state.isAnybodys ?? false }
        var actions: [Action] = []
        for id in family {
            guard let state = entries[id]?.state, state == .available || state == .duplicate else { continue }
            let due: Entry.State = isTaken ? .duplicate : .available
            isTaken = true
            if state != due { actions += set(id, due) }
        }
        return actions
    }

    /// Where a mail stands by its record. What the mailbox calls claimed is a duplicate where the claim is one of ours, on a copy.
    func standing(_ record: Record, _ twins: [Entry]) -> Entry.State {
        record == .claimed && twins.contains { $0.state.isHeldHere } ? .duplicate : Self.state(record)
    }

    func twins(of entry: Entry) -> [Entry] {
        guard let fingerprint = entry.fingerprint else { return [] }
        return (copies[fingerprint] ?? []).filter { $0 != entry.id }.compactMap { entries[$0] }
    }

    mutating func insertCopy(_ entry: Entry) {
        guard let fingerprint = entry.fingerprint else { return }
        let family = copies[fingerprint] ?? []
        let index = family.firstIndex { entry.id.mailbox == $0.mailbox && entry.id < $0 } ?? family.endIndex
        copies[fingerprint, default: []].insert(entry.id, at: index)
    }
}
