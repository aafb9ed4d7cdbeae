/// What a watch does.
enum WatchAction: Equatable, Sendable {
    /// Sends commands in one write, an IDLE that is under way ended before them.
    case send([Command], endingIdle: Bool = false)
    /// Has messages read; ``WatchEvent/judged(_:)`` then.
    case read([FetchedMessage])
    /// Tells what became of a mark.
    case answer(Int, MarkResult)
    case tell(News)
    /// The server has answered.
    case roundTrip
    /// The session is over.
    case end(IMAPError)

    enum News: Equatable, Sendable {
        /// The newest of what came before is known, and what comes is seen.
        case watching
        /// All of the time that matters is searched, and what was found is read.
        case searched
        /// A mark was not reported back: from now on none is kept.
        case marksNotKept
        /// These messages' marks are others now, or are told for certain.
        case changed([MarkedMessage])
        case vanished([UInt32])
        case claims(MailboxStatus.Claims)
        case arrival(MailboxStatus.ArrivalMethod)
        /// The server cannot give these of the sender's messages.
        case unfetchable([UInt32])
        /// The server is throttling, and is left alone for this long. Not news where it said so a moment ago.
        case throttled(IMAPError, for: Duration, isNews: Bool)
        /// It is asked again.
        case throttlingEnded
        /// The server refused a request; watching continues without it.
        case refused(IMAPError)
    }
}
