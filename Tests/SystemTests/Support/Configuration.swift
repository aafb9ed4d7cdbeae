import FoundationEssentials

/// A daemon's configuration, as a test writes it.
struct Configuration: Sendable {
    struct Mailbox: Sendable {
        var name: String
        var host = "127.0.0.1"
        var port: UInt16
        var authority: String?
        var user: String
        var password: String
        /// Instead of the password.
        var login: String?
        /// Further lines of its table.
        var lines: [String] = []

        /// A user's mailbox on the server, by implicit TLS and trusting the server's own authority.
        init(_ name: String = "main", on dovecot: Dovecot, user: Int = 0) {
            self.name = name
            port = dovecot.imapsPort
            authority = dovecot.authority
            (self.user, password) = (dovecot.users[user].address, dovecot.users[user].password)
        }

        /// A mailbox behind any port of this machine, in the clear unless its lines say otherwise.
        init(_ name: String, port: UInt16, user: String, password: String, protection: String = "off") {
            (self.name, self.port, self.user, self.password) = (name, port, user, password)
            (host, lines) = ("127.0.0.1", ["tls = \"\(protection)\""])
        }
    }

    var mailboxes: [Mailbox]
    /// Lines of the tables before the mailboxes; the socket's path is there already, at the end.
    var lines: [String] = []
    var socketLines = ["mode = \"0600\""]

    init(_ mailboxes: Mailbox...) { self.init(mailboxes) }
    init(_ mailboxes: [Mailbox]) { self.mailboxes = mailboxes }

    /// Writes the configuration, and each password to a file of its own.
    ///
    /// - Returns: the path of the file and that of the socket.
    func write() throws -> (file: String, socket: String) {
        let stage = try Stage.require()
        let socket = "\(stage.scratch.path)/\(stage.name("s"))"
        let file = try stage.scratch.write(try text(socket: socket), to: stage.name("toml"))
        return (file, socket)
    }

    /// Writes it in the place of the one that the daemon was started with.
    func write(over daemon: Daemon) throws {
        try text(socket: daemon.socket).write(toFile: daemon.file, atomically: true, encoding: .utf8)
    }

    private func text(socket: String) throws -> String {
        let stage = try Stage.require()
        var text = lines + ["[socket]", "path = \"\(socket)\""] + socketLines
        for mailbox in mailboxes {
            let password = try stage.file(with: mailbox.password)
            text += [
                "[[mailbox]]", "name = \"\(mailbox.name)\"", "host = \"\(mailbox.host)\"", "port = \(mailbox.port)",
            ]
            text += ["user = \"\(mailbox.user)\"", mailbox.login ?? "password = { file = \"\(password)\" }"]
            if let authority = mailbox.authority { text.append("ca_file = \"\(authority)\"") }
            text += mailbox.lines
        }
        return text.joined(separator: "\n") + "\n"
    }
}
