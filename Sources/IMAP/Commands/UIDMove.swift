extension Command {
    /// UID MOVE (RFC 6851, section 3.2) of one message.
    static func uidMove(_ uid: UInt32, to mailbox: MailboxName) -> Command {
        Command(name: .uidMove, text: "UID MOVE \(uid) \(mailbox.quoted)")
    }
}
