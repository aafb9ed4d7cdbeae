/// The name of a server's mailbox, which the configuration calls a folder, fit to stand in a command (RFC 3501, section 5.1).
struct MailboxName: Equatable, Sendable {
    /// As people write it.
    let name: String

    /// Nil for one with a NUL or a line end in it, which would begin a command of its own.
    init?(_ name: String) {
        guard !name.utf8.contains(where: { $0 == 0 || $0 == 10 || $0 == 13 }) else { return nil }
        self.name = name
    }

    /// A quoted string in modified UTF-7.
    var quoted: String {
        "\"" + ModifiedUTF7.encode(name).flatMap { $0 == "\"" || $0 == "\\" ? "\\\($0)" : "\($0)" } + "\""
    }
}
