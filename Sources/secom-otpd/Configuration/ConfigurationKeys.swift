import Messages

/// All keys of the configuration, and suggestions for unknown ones.
enum ConfigurationKeys {
    static let socket = ["path", "mode", "group", "claim", "status"]
    static let handoff = ["worker_socket", "claim_mark", "delivery_timeout"]
    static let mail = [
        "from", "subject", "subject_prefixes", "subject_suffixes", "password_labels", "login_url_labels", "login_hosts",
        "login_paths", "valid_for", "authserv_id", "require_authentication",
    ]
    static let mailbox = [
        "name", "host", "port", "tls", "ca_file", "user", "password", "oauth2_token", "folder", "poll", "eager_poll",
        "after_use",
    ]

    /// The tables, as their headers are written.
    private static let tables = [
        ("[socket]", socket), ("[handoff]", handoff), ("[mail]", mail), ("[[mailbox]]", mailbox),
    ]
    static let all = Set(tables.flatMap(\.1))
    static let tableNames = ["socket", "handoff", "mail", "mailbox"]

    /// What to do about a key that has no meaning where it is.
    static func advice(on key: String, known: [String]) -> Text {
        if let (header, _) = tables.first(where: { $0.1.contains(key) && $0.1 != known }) {
            return Text("belongs in \(header), below that line")
        }
        if let near = nearest(to: key, in: known) { return Text("unknown key: did you mean \(near)?") }
        for (header, keys) in tables where keys != known {
            if let near = nearest(to: key, in: keys) { return Text("unknown key: did you mean \(near) in \(header)?") }
        }
        return Text("unknown key; known here: \(known.sorted().joined(separator: ", "))")
    }

    /// The one that differs in the fewest letters, and in few.
    static func nearest(to key: String, in known: [String]) -> String? {
        let letters = folded(key)
        guard 2...64 ~= letters.count else { return nil }
        let distances = known.map { (distance(letters, folded($0)), $0) }
        guard let (least, near) = distances.min(by: { $0.0 < $1.0 }), least <= max(1, letters.count / 3) else {
            return nil
        }
        return near
    }

    /// Without what people mix up: capitals, hyphens, a plural.
    private static func folded(_ key: String) -> [Character] {
        let letters = key.lowercased().filter { $0 != "-" && $0 != "_" && $0 != " " }
        return Array(letters.hasSuffix("s") ? letters.dropLast() : letters[...])
    }

    /// Levenshtein's, with two letters in each other's places for one step.
    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var before: [Int] = []
        var last = Array(0...right.count)
        for row in left.indices {
            var next = [row + 1]
            for column in right.indices {
                var least = min(
                    last[column] + (left[row] == right[column] ? 0 : 1), last[column + 1] + 1, next[column] + 1)
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    least = min(least, before[column - 1] + 1)
                }
                next.append(least)
            }
            (before, last) = (last, next)
        }
        return last.last ?? left.count
    }
}
