import ConfigurationFile
import Recognition

/// Reads the `[mail]` table.
enum MailRulesReader {
    static func read(_ table: ConfigurationTable) -> RecognitionRules {
        var table = table
        var rules = RecognitionRules()
        rules.from = from(&table) ?? rules.from
        rules.subject = table.string("subject") ?? rules.subject
        rules.subjectPrefixes = table.strings("subject_prefixes") ?? rules.subjectPrefixes
        rules.subjectSuffixes = table.strings("subject_suffixes") ?? rules.subjectSuffixes
        rules.passwordLabels = labels(&table, "password_labels") ?? rules.passwordLabels
        rules.loginURLLabels = labels(&table, "login_url_labels") ?? rules.loginURLLabels
        for label in rules.labelsInBothLists {
            table.problem(
                "login_url_labels",
                "\"\(label)\" is in password_labels too: a label can be in only one of the two lists")
        }
        if let hosts = table.strings("login_hosts", count: 1...64) {
            rules.loginHosts = hosts
            for host in hosts where !isHostName(host) {
                if let fault = StrayCharacter.first(in: host, where: { $0.isBlank || !$0.isASCII }) {
                    table.problem("login_hosts", fault)
                } else {
                    table.problem(
                        "login_hosts",
                        "must be host names, without scheme, port or path; \"\(ConfigurationTable.shown(host))\" is not one"
                    )
                }
            }
        }
        if let paths = table.strings("login_paths", count: 0...64) {
            rules.loginPaths = paths
            for path in paths where !LoginURL.isPath(path) {
                table.problem(
                    "login_paths",
                    "must be URL paths, beginning with / and without ? and #; \"\(path)\" is not one")
            }
        }
        rules.validFor = table.duration("valid_for", in: .seconds(1)...(.seconds(30 * 86_400))) ?? rules.validFor
        authentication(&table, &rules)
        table.finish(known: ConfigurationKeys.mail)
        return rules
    }

    private static func from(_ table: inout ConfigurationTable) -> String? {
        guard let from = table.name("from", bytes: 3...254, hasFullWidth: false) else { return nil }
        let parts = from.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }),
            from.utf8.allSatisfy({ 0x21...0x7E ~= $0 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") })
        else {
            table.problem("from", "must be one plain address, not \"\(from)\"")
            return nil
        }
        return from
    }

    private static func labels(_ table: inout ConfigurationTable, _ key: String) -> [String]? {
        guard let labels = table.strings(key, count: 1...16) else { return nil }
        for label in labels {
            switch RecognitionRules.fault(ofLabel: label) {
            case .colon?: table.problem(key, "\"\(label)\" contains a colon: a label is the text before the colon")
            case .empty?: table.problem(key, "must not contain a label that is only white space")
            case nil: break
            }
        }
        return labels
    }

    private static func authentication(_ table: inout ConfigurationTable, _ rules: inout RecognitionRules) {
        rules.authservID = table.string("authserv_id", bytes: 0...255)
        for name in table.strings("require_authentication") ?? [] {
            if let method = AuthenticationMethod(rawValue: name) {
                rules.requireAuthentication.append(method)
            } else {
                table.problem(
                    "require_authentication", "may contain only \"dmarc\", \"dkim\" and \"spf\", not \"\(name)\"")
            }
        }
        if !rules.requireAuthentication.isEmpty, rules.authservID == nil {
            table.missing(
                "authserv_id", "is needed when require_authentication is set: whose Authentication-Results to trust")
        }
    }

    /// Letters, digits, hyphens and dots (RFC 1123, section 2.1).
    private static func isHostName(_ text: String) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        return text.utf8.count <= 253
            && labels.allSatisfy { label in
                1...63 ~= label.utf8.count && label.first != "-" && label.last != "-"
                    && label.utf8.allSatisfy { byte in
                        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
                            || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
                            || byte == UInt8(ascii: "-")
                    }
            }
    }
}
