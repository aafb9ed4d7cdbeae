/// What became of a ``Mark``.
public enum MarkResult: Equatable, Sendable {
    case done
    /// The mailbox keeps no marks, or is not to be written to, or has not told this one back: only the caller's memory holds it. What comes
    /// after use was done all the same where it can be, but not in a mailbox that is not to be written to.
    case notKept
    /// Somebody else was there first: the mark as it is.
    case lost(MarkState)
    /// The message is not in the mailbox any more, or its UID is another message's now.
    case gone
    /// Not made, and can be later: there is no session, the server is busy, or the session ended before it was sent.
    case unavailable(IMAPError)
    /// Sent, and the answer was lost: made or not.
    case unknown(IMAPError)
    /// Never: the server will say the same again (RFC 5530, section 3: NOPERM, CANNOT and their kind).
    case refused(IMAPError)
}

extension MarkResult {
    /// Codes by which a server says that it will never do this.
    private static let final: Set<String> = ["NOPERM", "READ-ONLY", "CANNOT", "NONEXISTENT"]

    /// What the refusal of a command means. A bare NO may pass; a BAD says that the server does not understand, which does not.
    static func refusal(of name: CommandName, _ status: StatusResponse) -> MarkResult {
        let error = IMAPError.refusal(of: name, status)
        if status.state != nil { return .unavailable(error) }
        let isFinal = status.condition == .bad || status.isAboutRights || final.contains(status.code?.name ?? "")
        return isFinal ? .refused(error) : .unavailable(error)
    }
}
