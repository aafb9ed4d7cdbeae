import Messages

/// What the ledger must know about a watched mailbox.
public struct WatchedMailbox: Equatable, Sendable {
    /// Whose mailbox it is: tells accounts apart that have the same numbers. No secret.
    public let account: String
    /// A daemon of ours may take a mail away that it has used: deletes or moves it.
    public let takesAway: Bool

    public init(account: String, takesAway: Bool = false) {
        self.account = account
        self.takesAway = takesAway
    }
}

/// The state of a mailbox's watch.
struct MailboxStanding: Sendable {
    /// As it was opened last; nil before.
    var watched: WatchedMailbox?
    var uidValidity: UInt32?
    /// Marks can be made.
    var isOpen = false
    /// What the last ``Password/expiresAt`` leaves of use was searched.
    var isSearched = false
    /// It has been searched once.
    var hasBeenSearched = false
    /// Messages from this UID on have come since the mailbox was watched; nil while that is not known.
    var newFrom: UInt32?
    /// It keeps marks, as far as is known.
    var keepsMarks = true
    /// The server has enough for now: nothing is asked of it before this, by ``Moment/uptime``.
    var heldUntil = Duration.zero
    var refusals = 0
    /// Why no mark can be made now.
    var absence = Text("the mailbox has not been opened yet")

    /// Asked for marks again after this, each time longer.
    mutating func hold(at uptime: Duration) {
        refusals = min(refusals + 1, 6)
        heldUntil = uptime + .milliseconds(500) * (1 << refusals)
    }
}
