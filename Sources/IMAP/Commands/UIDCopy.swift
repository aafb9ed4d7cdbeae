extension Command {
    /// UID COPY (RFC 3501, section 6.4.7) of one message.
    static func uidCopy(_ uid: UInt32, to mailbox: MailboxName) -> Command {
        Command(name: .uidCopy, text: "UID COPY \(uid) \(mailbox.quoted)")
    }
}
