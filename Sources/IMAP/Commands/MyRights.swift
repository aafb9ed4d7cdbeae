extension Command {
    /// MYRIGHTS (RFC 4314, section 3.5): what the user may do with a mailbox, where ACL is offered.
    static func myRights(_ mailbox: MailboxName) -> Command {
        Command(name: .myRights, text: "MYRIGHTS \(mailbox.quoted)")
    }
}
