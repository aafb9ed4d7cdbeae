/// What happens in a mailbox, in order.
public enum MailboxEvent<Reading: Sendable>: Sendable {
    /// The mailbox is open, and takes marks.
    case opened(OpenedMailbox)
    /// The newest of what came before is known, and what comes is seen.
    case watching
    /// The last of the mailbox, as far back as a mail is of use, is searched, and all that was found there was told as arrived. Once a
    /// session, of an empty mailbox too.
    case searched
    /// A mark was taken and not reported back: from now on the mailbox keeps none.
    case marksNotKept
    /// Mails that were not there before, or were not seen before, or are under the UID of another one.
    case arrived([Arrival<Reading>])
    /// Somebody else changed these messages' marks; or it was not known whether a mark was made, and is now.
    case changed(uidValidity: UInt32, [MarkedMessage])
    /// These messages are no longer in the mailbox.
    case vanished(uidValidity: UInt32, [UInt32])
    /// The server cannot give these messages of the sender's. They are asked for again now and then.
    case unfetchable(uidValidity: UInt32, [UInt32])
    /// The server is throttling, and is left alone for this long, in its session. Reported once, however often it says so in a minute.
    case throttled(IMAPError, for: Duration)
    /// That time is over: marks are taken again.
    case throttlingEnded
    /// The server refused a request; watching continues without it.
    case refused(IMAPError)
    /// The server sent something that made no sense and was left out: what of which response. Reported once.
    case leftOut(String)
    /// The session ended; the next attempt comes after this time. Not told again while the reason stays the same.
    case interrupted(IMAPError, retryIn: Duration)
    /// A session that was told as opened has ended, and every mark has its answer. Told each time.
    case closed
}
