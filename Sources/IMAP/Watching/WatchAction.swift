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
        /// All that came before is known.
        case searched
        case changed([MessageFlags])
        case vanished([UInt32])
        case claims(MailboxStatus.Claims)
        case arrival(MailboxStatus.Arrival)
        /// The server cannot give these of the sender's messages.
        case unfetchable([UInt32])
        /// The server refused to give new messages, which may be nobody's business.
        case fetchRefused(code: String?)
    }
}
