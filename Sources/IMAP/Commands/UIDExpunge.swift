extension Command {
    /// UID EXPUNGE (RFC 4315, section 2.1): removes one message and no other, if it is `\Deleted`.
    static func uidExpunge(_ uid: UInt32) -> Command { Command(name: .uidExpunge, text: "UID EXPUNGE \(uid)") }
}
