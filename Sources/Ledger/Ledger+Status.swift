import FoundationEssentials

/// The contents of Status.
extension Ledger {
    /// All mails, the oldest first.
    public func statuses(now: Moment) -> [PasswordStatus] {
        var ledger = self
        ledger.now = now
        return messages.values.sorted {
            ($0.issuedAt ?? .distantPast, $0.id) < ($1.issuedAt ?? .distantPast, $1.id)
        }.map(ledger.status)
    }

    func status(_ message: Message) -> PasswordStatus {
        let (state, reason) = standing(message)
        return PasswordStatus(
            id: message.id, recipient: message.recipient, state: state, reason: reason, detail: message.detail,
            issuedAt: message.issuedAt,
            expiresAt: message.expiresAt)
    }

    private func standing(_ message: Message) -> (PasswordState, String?) {
        if message.refusal == Self.tooOld {
            switch message.record {
            case .used: return (.used, nil)
            case .rejected: return (.rejected, nil)
            case .unmarked, .claimed, .flagged: return (.expired, nil)
            }
        }
        if let refusal = message.refusal { return (.refused, refusal) }
        guard let (_, custody) = custody(of: message.id) else { return (.refused, Self.expunged) }
        let mark = message.debt?.change == .release ? nil : message.debt.map { _ in Self.notMarked }
        let isFace = message.id == face(custody)
        switch custody.state {
        case .used where isFace || message.record == .used || mark != nil: return (.used, mark)
        case .rejected where isFace || message.record == .rejected || mark != nil: return (.rejected, mark)
        default: break
        }
        if !message.isThere, custody.given == nil { return (.refused, Self.expunged) }
        let isHeld = custody.state == .inDoubt || custody.isHeldHere && !custody.isChanging
        guard isFace || isHeld && mark != nil else { return (.refused, "duplicate") }
        if message.expiredSince != nil || isExpired(message) { return (.expired, nil) }
        switch custody.state {
        case .free: return (.available, nil)
        case .claiming(let attempt): return (attempt.fromDoubt ? .inDoubt : .available, nil)
        case .claimed: return (.claimed, mark)
        case .releasing(let release): return (release.wasInDoubt ? .inDoubt : .claimed, nil)
        case .inDoubt: return (.inDoubt, present(custody).contains { $0.record == .flagged } ? "flagged" : nil)
        case .used: return (.used, mark)
        case .rejected: return (.rejected, mark)
        }
    }

    /// The message that stands for a password.
    private func face(_ custody: Custody) -> PasswordID? {
        if let given = custody.given { return given }
        if case .claiming(let attempt) = custody.state { return attempt.chosen }
        return custody.members.first { messages[$0]?.isThere ?? false } ?? custody.members.first
    }
}
