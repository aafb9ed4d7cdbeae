/// What can be found out about the mailbox to which used mails are moved, without writing to it.
public enum MoveTarget: Equatable, Sendable {
    /// It is there, and nothing speaks against it.
    case there
    /// It is there, and the user has no right to put anything into it (RFC 4314, section 2.1, right `i`), by the server's own word.
    case takesNothing
    /// The server knows none of that name. `similar` are names of some that there are, printable and short.
    case missing(similar: [String])
}

extension Session {
    /// Looks for it by STATUS, and for the rights by MYRIGHTS where the server tells them. Nil where the server does not say.
    func moveTarget(_ name: String) throws(IMAPError) -> MoveTarget? {
        guard let mailbox = MailboxName(name) else { return .missing(similar: []) }
        let status = try execute(.status(mailbox))
        guard status.condition == .ok else {
            guard status.condition == .no, status.state == nil else { return nil }
            // Where that fails, the refusal is what counts.
            let listed = (try? list()) ?? []
            // Some tell the STATUS of no mailbox that they are asked for.
            if listed.contains(where: { MailboxName($0) == mailbox }) { return .there }
            return .missing(similar: Self.similar(to: name, among: listed))
        }
        guard offers("ACL") else { return .there }
        var rights: String?
        let told = try execute(.myRights(mailbox)) { if case .rights(let letters) = $0 { rights = letters } }
        guard told.condition == .ok, let rights else { return .there }
        return rights.contains("i") ? .there : .takesNothing
    }
}
