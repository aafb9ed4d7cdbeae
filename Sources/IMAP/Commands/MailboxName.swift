/// The name of a server's mailbox, which the configuration calls a folder, fit for use in a command (RFC 3501, section 5.1).
struct MailboxName: Equatable, Sendable {
    /// As written in a command: a quoted string, in modified UTF-7 where the server has it so.
    let quoted: String

    static let inbox = MailboxName(quoted: "\"INBOX\"")

    private init(quoted: String) { self.quoted = quoted }

    /// The name as people write it. Nil for one with a NUL or a line end in it, which would begin a command of its own.
    init?(_ name: String) {
        guard !name.utf8.contains(where: { $0 == 0 || $0 == 10 || $0 == 13 }) else { return nil }
        quoted = Self.quoted(ModifiedUTF7.encode(name))
    }

    /// The name to the byte as the server has listed it.
    init(_ listed: ListedMailbox) { quoted = Self.quoted(String(decoding: listed.name, as: UTF8.self)) }

    private static func quoted(_ name: String) -> String {
        "\"" + name.flatMap { $0 == "\"" || $0 == "\\" ? "\\\($0)" : "\($0)" } + "\""
    }
}
