/// What happens in a mailbox, in its order.
public enum MailboxEvent<Reading: Sendable>: Sendable {
    /// The mailbox is open. UIDs of another UIDVALIDITY mean nothing any more (RFC 3501, section 2.3.1.1).
    case opened(uidValidity: UInt32)
    /// The newest of what came before is known, and what comes is seen.
    case watching
    /// Mails that were not there before, or were not seen before.
    case arrived([Arrival<Reading>])
    /// Somebody else changed these messages' flags.
    case changed(uidValidity: UInt32, [MessageFlags])
    /// These messages are no longer in the mailbox.
    case vanished(uidValidity: UInt32, [UInt32])
    /// The server cannot give these messages of the sender's. They are asked for again now and then.
    case unfetchable(uidValidity: UInt32, [UInt32])
    /// The server refused something that the session does without.
    case refused(IMAPError)
    /// The server sent something that made no sense and was left out: what of which response. Told once.
    case leftOut(String)
    /// The session ended; the next attempt comes after this time. Not told again while the reason stays the same.
    case interrupted(IMAPError, retryIn: Duration)
}
