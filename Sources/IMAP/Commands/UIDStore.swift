extension Command {
    /// UID STORE (RFC 3501, section 6.4.6) of flags that are added to those of one message, or taken off.
    static func uidStore(_ uid: UInt32, add: Bool, _ flags: [String]) -> Command {
        store(uid, "\(add ? "+" : "-")FLAGS (\(flags.joined(separator: " ")))")
    }

    /// The same of one flag, on the condition that nobody has changed the message since (RFC 7162, section 3.1.3). `.SILENT`, so that what
    /// the server tells of our own change differs from what it tells of others', where it tells them apart at all.
    static func uidStore(_ uid: UInt32, unchangedSince modSeq: UInt64, add: Bool, _ flag: String) -> Command {
        store(uid, "(UNCHANGEDSINCE \(modSeq)) \(add ? "+" : "-")FLAGS.SILENT (\(flag))")
    }

    private static func store(_ uid: UInt32, _ rest: String) -> Command {
        Command(name: .uidStore, text: "UID STORE \(uid) \(rest)", uids: uid...uid)
    }
}
