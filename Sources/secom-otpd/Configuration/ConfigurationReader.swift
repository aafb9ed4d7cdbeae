import FoundationEssentials
import Handoff
import IMAP
import Messages
import TOML

/// Reads a configuration file, and reports all of its errors at once.
enum ConfigurationReader {
    /// - Throws: ``ConfigurationError``.
    static func read(_ file: String) throws(ConfigurationError) -> Configuration {
        try parse(contents(of: file), file: file)
    }

    /// The file's text.
    static func contents(of file: String) throws(ConfigurationError) -> String {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw ConfigurationError(
                file: file,
                problems: [.init(message: Text("cannot be read (does it exist, and may this user read it?)"))])
        }
        guard data.count <= 1024 * 1024 else {
            throw ConfigurationError(file: file, problems: [.init(message: Text("is larger than 1 MiB"))])
        }
        guard let text = String(validating: data, as: UTF8.self), !text.utf8.contains(0) else {
            throw ConfigurationError(file: file, problems: [notText(Array(data))])
        }
        return text
    }

    /// Where a file stops to be UTF-8, or what it seems to be.
    private static func notText(_ bytes: [UInt8]) -> ConfigurationError.Problem {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            return .init(message: Text("is UTF-16 text: save it as UTF-8"))
        }
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let line = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil || $0.contains(0) }
        return .init(line: line.map { $0 + 1 }, message: Text("is not UTF-8 text (is it Shift_JIS?): save it as UTF-8"))
    }

    static func parse(_ text: String, file: String) throws(ConfigurationError) -> Configuration {
        let document = TOMLDocument(text, tablesOfMany: ["mailbox"])
        let problems = ConfigurationProblems(canTellWhatIsMissing: document.hasEveryKey)
        tell(document.mistakes, of: text, problems)
        let configuration = read(ConfigurationTable(Text(verbatim: ""), document.root, problems))
        guard problems.found.isEmpty else { throw ConfigurationError(file: file, problems: problems.inOrder) }
        return configuration
    }

    /// What is wrong with the text, with the line where that shows no secret.
    private static func tell(_ mistakes: [TOMLMistake], of text: String, _ problems: ConfigurationProblems) {
        guard !mistakes.isEmpty else { return }
        let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
        for mistake in mistakes {
            let index = mistake.line - 1
            let line = lines.indices.contains(index) ? ConfigurationLine.shown(lines[index]) : nil
            // What is no key of ours may be anything.
            let key = mistake.key.flatMap { ConfigurationKeys.all.contains($0) ? $0 : nil }
            let isSecret = key == "password" || key == "oauth2_token"
            problems.add(
                key.map(Text.init(verbatim:)), mistake.line,
                .clauses(
                    [
                        mistake.message, line.map { Text("the line is: \($0)") },
                        isSecret
                            ? Text(
                                "do not put the secret itself here, only where to find it: { credential = \"NAME\" }")
                            : nil,
                    ].compactMap { $0 }))
        }
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
        for table in tables {
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
        if tables.isEmpty { root.missing("mailbox", "at least one [[mailbox]] is needed") }
        root.finish(known: ConfigurationKeys.tableNames)
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
