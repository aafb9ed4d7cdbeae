import ConfigurationFile
import IMAP
import Messages
import TOML

/// Reads one `[[mailbox]]`.
enum MailboxReader {
    static func read(_ table: ConfigurationTable) -> Configuration.Mailbox? {
        var table = table
        defer { table.finish(known: ConfigurationKeys.mailbox) }
        let name = required(&table, "name") { $0.name("name", bytes: 1...64) }
        let endpoint = endpoint(&table)
        let user = required(&table, "user") { $0.name("user", bytes: 1...512, hasFullWidth: false) }
        let login = login(&table)
        let folder = table.string("folder") ?? "INBOX"
        let poll = table.duration("poll", in: .seconds(1)...(.seconds(86_400))) ?? .seconds(60)
        let eagerPoll =
            table.duration("eager_poll", in: .milliseconds(10)...(.seconds(60)), orZero: true) ?? .milliseconds(250)
        let afterUse = afterUse(&table)
        if case .move(let target) = afterUse, isSame(target, folder) {
            table.problem("after_use", "would move mail to the watched folder itself, \"\(folder)\"")
        }
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
        let protection = table.choice("tls", of: Endpoint.Protection.self) ?? .implicit
        let port = table.integer("port", in: 1...65535) ?? (protection == .implicit ? 993 : 143)
        let authorities = table.path("ca_file")
        if let authorities {
            if protection == .off {
                table.problem("ca_file", "is not allowed with tls = \"off\": remove it")
            } else if let fault = ReadableFile.fault(authorities) {
                table.problem(
                    "ca_file",
                    UnitFiles.areShown(authorities)
                        ? "\(authorities) cannot be read: \(fault)"
                        : "\(authorities) cannot be read: \(fault); in its unit the daemon sees only /etc, /run, /usr, /var/lib, /opt and /srv, and what BindReadOnlyPaths= adds"
                )
            }
        }
        guard let host else { return nil }
        if let fault = fault(ofHost: host) {
            table.problem("host", fault)
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
        return endpoint
    }

    private static func fault(ofHost host: String) -> Text? {
        if host.utf8.contains(where: { "/$".utf8.contains($0) }) {
            return host.utf8.contains(UInt8(ascii: "$"))
                ? Text("must be the host name or address itself: variables are not expanded here")
                : Text("must be a host name or address, in ASCII, without imaps:// and without a path")
        }
        guard let fault = StrayCharacter.first(in: host, where: { !(0x21...0x7E ~= $0.value) }) else { return nil }
        return host.unicodeScalars.allSatisfy { $0.halfWidth.isASCII || $0.isBlank }
            ? fault : Text("\(fault): a host name is in ASCII, an international one in its xn-- form")
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
            return inner.credential(kind).map(Configuration.CredentialSource.credential)
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
        case .table: table.problem("after_use", "must have only move, as in { move = \"FOLDER\" }")
        default:
            let instead = ConfigurationTable.instead(value, of: ConfigurationKeys.plainAfterUse)
            table.problem("after_use", "must be one of \(ConfigurationKeys.afterUse), \(instead)")
        }
        return .seen
    }

    /// INBOX is the one name that has no case (RFC 3501, section 5.1).
    private static func isSame(_ left: String, _ right: String) -> Bool {
        left == right || left.uppercased() == "INBOX" && right.uppercased() == "INBOX"
    }
}
