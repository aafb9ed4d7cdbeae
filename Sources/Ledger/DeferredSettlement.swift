/// What a claimant has said of a message that its mailbox has not shown since the start. It counts as soon as the message is seen, long after
/// the call has been answered: who has used a password says so once.
struct DeferredSettlement: Sendable {
    let id: PasswordID
    let outcome: Outcome
    /// Nil once it is answered.
    var call: Custody.Call?
    /// It is of no use after that, by ``Moment/uptime``.
    let until: Duration
}
