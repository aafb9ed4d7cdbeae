import ConfigurationFile
import Handoff
import Messages
import IMAP

/// Reads a configuration file, and reports all of its errors at once.
enum ConfigurationReader {
    /// - Throws: ``ConfigurationError``.
    static func read(_ file: String) throws(ConfigurationError) -> Configuration {
        try parse(ConfigurationText.contents(of: file), file: file)
    }

    static func parse(_ text: String, file: String) throws(ConfigurationError) -> Configuration {
        let (root, problems) = ConfigurationText.root(
            of: text, tablesOfMany: ["mailbox"], keys: ConfigurationKeys.known)
        let configuration = read(root)
        guard problems.found.isEmpty else { throw ConfigurationError(file: file, problems: problems.inOrder) }
        return configuration
    }

    private static func read(_ root: ConfigurationTable) -> Configuration {
        var root = root
        var configuration = Configuration()
        configuration.socket = socket(root.table("socket"))
        var handoff = root.table("handoff")
        configuration.workerSocket = handoff.path("worker_socket", bytes: 1...107)
        configuration.claimMark = handoff.choice("claim_mark", of: Configuration.ClaimMark.self) ?? .mailbox
        configuration.deliveryTimeout =
            handoff.duration("delivery_timeout", in: .seconds(1)...(.seconds(86_400))) ?? configuration.deliveryTimeout
        handoff.finish(known: ConfigurationKeys.handoff)
        configuration.rules = MailRulesReader.read(root.table("mail"))
        let tables = root.tables("mailbox")
        var names: Set<String> = []
        var accounts: [String: String] = [:]
        for table in tables ?? [] {
            guard let mailbox = MailboxReader.read(table) else { continue }
            if !names.insert(mailbox.name).inserted {
                table.problem("name", "an earlier mailbox is already named \"\(mailbox.name)\"")
            }
            // Two watches of one folder would each claim what the other gives.
            if let other = accounts[mailbox.account] {
                table.problem(
                    "folder",
                    "mailbox \"\(other)\" already watches this folder of \(mailbox.user) at \(mailbox.endpoint.name)")
            }
            accounts[mailbox.account] = accounts[mailbox.account] ?? mailbox.name
            configuration.mailboxes.append(mailbox)
        }
        root.finish(known: ConfigurationKeys.tableNames)
        if tables?.isEmpty ?? false { root.missing("mailbox", "at least one [[mailbox]] is needed") }
        return configuration
    }

    private static func socket(_ table: ConfigurationTable) -> Configuration.Socket {
        var table = table
        var socket = Configuration.Socket()
        socket.path = table.path("path", bytes: 1...107) ?? socket.path
        if let text = table.string("mode") {
            if 3...4 ~= text.utf8.count, let mode = UInt32(text, radix: 8), mode <= 0o777 {
                socket.mode = mode
            } else {
                table.problem(
                    "mode", "must be an octal mode such as \"0660\", not \"\(ConfigurationTable.shown(text))\"")
            }
        }
        socket.group = table.string("group")
        if let group = socket.group, Access.groupNumber(group) == nil {
            table.problem(
                "group",
                group.hasPrefix("@") && Access.groupNumber(String(group.dropFirst())) != nil
                    ? "takes a group name without the @: \"\(group.dropFirst())\"" : "there is no group \"\(group)\"")
        }
        socket.claim = accessList(&table, "claim")
        socket.status = accessList(&table, "status")
        table.finish(known: ConfigurationKeys.socket)
        return socket
    }

    private static func accessList(_ table: inout ConfigurationTable, _ key: String) -> [String]? {
        guard let names = table.strings(key, count: 1...256) else { return nil }
        for name in names where !exists(name) { table.problem(key, notThere(name)) }
        return names
    }

    private static func exists(_ name: String) -> Bool { (try? Access([name])) != nil }

    private static func notThere(_ name: String) -> Text {
        if name.hasPrefix("@") {
            let user = String(name.dropFirst())
            return exists(user)
                ? Text("there is no group \"\(user)\"; did you mean the user, \"\(user)\"?")
                : Text("there is no group \"\(user)\"")
        }
        return exists("@\(name)")
            ? Text("there is no user \"\(name)\"; did you mean the group, \"@\(name)\"?")
            : Text("there is no user \"\(name)\"")
    }
}
