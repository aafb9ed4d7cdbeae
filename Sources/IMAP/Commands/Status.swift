extension Command {
    /// STATUS (RFC 3501, section 6.3.10) of the mailbox that is open: not what it is meant for, but the only question whose answer tells
    /// that the mailbox is still the one that was opened.
    static func status(_ mailbox: MailboxName) -> Command {
        Command(name: .status, text: "STATUS \(mailbox.quoted) (MESSAGES UIDNEXT UIDVALIDITY)")
    }
}
