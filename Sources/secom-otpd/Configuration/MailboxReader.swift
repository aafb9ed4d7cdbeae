import FoundationEssentials
import IMAP
import TOML

/// Reads one `[[mailbox]]`.
enum MailboxReader {
    static func read(_ table: ConfigurationTable) -> Configuration.Mailbox? {
        var table = table
        defer { table.finish(known: ConfigurationKeys.mailbox) }
        let name = required(&table, "name") { $0.string("name", bytes: 1...64) }
        let endpoint = endpoint(&table)
        let user = required(&table, "user") { $0.string("user", bytes: 1...512) }
        let login = login(&table)
        let folder = table.string("folder") ?? "INBOX"
        let poll = table.duration("poll", in: .seconds(1)...(.seconds(86_400))) ?? .seconds(60)
        let eagerPoll =
            table.duration("eager_poll", in: .milliseconds(10)...(.seconds(60)), orZero: true) ?? .milliseconds(250)
        let afterUse = afterUse(&table)
        guard let name, let endpoint, let user, let login else { return nil }
        return Configuration.Mailbox(
            name: name, endpoint: endpoint, user: user, login: login, folder: folder, poll: poll, eagerPoll: eagerPoll,
            afterUse: afterUse)
    }

    private static func required<Value>(
        _ table: inout ConfigurationTable, _ key: String, _ read: (inout ConfigurationTable) -> Value?
    ) -> Value? {
        if !table.has(key) { table.missing(key) }
        return read(&table)
    }

    private static func endpoint(_ table: inout ConfigurationTable) -> Endpoint? {
        let host = required(&table, "host") { $0.string("host", bytes: 1...253) }
        let protection = protection(&table)
        let port = table.integer("port", in: 1...65535) ?? (protection == .implicit ? 993 : 143)
        let authorities = table.path("ca_file")
        if let authorities, !FileManager.default.isReadableFile(atPath: authorities) {
            table.problem("ca_file", "\(authorities) cannot be read")
        }
        guard let host else { return nil }
        guard host.utf8.allSatisfy({ 0x21...0x7E ~= $0 && $0 != UInt8(ascii: "/") }) else {
            table.problem(
                "host", "must be a host name or address, in ASCII, without imaps:// and without a path")
            return nil
        }
        let endpoint = Endpoint(host: host, port: port, protection: protection, authorities: authorities)
        let parts = host.split(separator: ":", omittingEmptySubsequences: false)
        if parts.count == 2, let port = parts.last, let name = parts.first {
            table.problem(
                "host", "must be only the host, \"\(name)\": the port goes on a line of its own, port = \(port)")
        }
        if endpoint.name.isEmpty { table.problem("host", "must be a host name or address, not just the DNS root") }
        if protection == .off, !["localhost", "::1"].contains(endpoint.name), !host.hasPrefix("127.") {
            table.problem("tls", "\"off\" is for a server on this machine (localhost, 127.0.0.1, ::1), not for \(host)")
        }
        if protection == .off, authorities != nil { table.problem("ca_file", "has no effect with tls = \"off\"") }
        return endpoint
    }

    private static func protection(_ table: inout ConfigurationTable) -> Endpoint.Protection {
        guard let text = table.string("tls") else { return .implicit }
        if let protection = Endpoint.Protection(rawValue: text) { return protection }
        table.problem(
            "tls", "must be one of \"implicit\", \"starttls\", \"off\", not \"\(ConfigurationTable.shown(text))\"")
        return .implicit
    }

    private static func login(_ table: inout ConfigurationTable) -> Configuration.Login? {
        switch (table.has("password"), table.has("oauth2_token")) {
        case (true, true):
            table.problem("oauth2_token", "cannot be combined with password: remove one of the two")
            _ = table.take("oauth2_token")
            _ = table.take("password")
            return nil
        case (false, false):
            table.missing(
                "password", "is missing, as in password = { credential = \"imap-password\" } (or oauth2_token)")
            return nil
        case (true, false): return source(&table, "password").map(Configuration.Login.password)
        case (false, true): return source(&table, "oauth2_token").map(Configuration.Login.oauth2Token)
        }
    }

    private static func source(_ table: inout ConfigurationTable, _ key: String) -> Configuration.CredentialSource? {
        // Nothing of it is repeated in any error: somebody may have put the secret itself there.
        guard let value = table.take(key) else { return nil }
        guard case .table(let members) = value else {
            table.problem(
                key,
                "must say where the secret is, not contain it: { credential = \"NAME\" }, { file = \"PATH\" } or { command = [...] }"
            )
            return nil
        }
        guard members.count == 1, let (kind, value) = members.first, kinds.contains(kind) else {
            table.problem(key, "must have exactly one of credential, file, command, as in { credential = \"NAME\" }")
            return nil
        }
        var inner = table.inner(key, [kind: value])
        switch kind {
        case "credential":
            guard let name = inner.string(kind, bytes: 1...255) else { return nil }
            // By bytes: contains(_: String) is Foundation's, and brings ICU along, 40 MB of it.
            guard !name.utf8.contains(UInt8(ascii: "/")), name != ".", name != ".." else {
                inner.problem(kind, "must be the name of a credential, without a slash")
                return nil
            }
            return .credential(name)
        case "file": return inner.path(kind, isShown: false).map(Configuration.CredentialSource.file)
        default: return inner.strings(kind, count: 1...64).map(Configuration.CredentialSource.command)
        }
    }

    private static let kinds = ["credential", "file", "command"]

    private static func afterUse(_ table: inout ConfigurationTable) -> Configuration.AfterUse {
        guard let value = table.take("after_use") else { return .seen }
        switch value {
        case .string("seen"): return .seen
        case .string("keep"): return .keep
        case .string("delete"): return .delete
        case .table(let members) where Array(members.keys) == ["move"]:
            var inner = table.inner("after_use", members)
            return inner.string("move").map(Configuration.AfterUse.move) ?? .keep
        default:
            table.problem("after_use", "must be \"seen\", \"keep\", \"delete\" or { move = \"FOLDER\" }")
            return .seen
        }
    }
}
