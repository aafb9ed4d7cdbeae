import ConfigurationFile
import Messages
import TOML

/// Reads a recipe, and finds all of its mistakes at once.
enum RecipeReader {
    /// The maximum number of pages of one procedure.
    private static let stepBound = 16

    /// - Throws: ``ConfigurationError``.
    static func read(_ file: String) throws(ConfigurationError) -> Recipe {
        try parse(ConfigurationText.contents(of: file), file: file)
    }

    static func parse(_ text: String, file: String) throws(ConfigurationError) -> Recipe {
        let (root, problems) = ConfigurationText.root(
            of: text, tablesOfMany: ["request", "login"], keys: RecipeKeys.known)
        guard let recipe = read(root), problems.found.isEmpty else {
            throw ConfigurationError(file: file, problems: problems.inOrder)
        }
        return recipe
    }

    private static func read(_ root: ConfigurationTable) -> Recipe? {
        var root = root
        let hosts = hosts(&root)
        if !root.has("start") { root.missing("start") }
        let start = url(&root, "start", hosts)
        let loginPage = url(&root, "login_page", hosts)
        let request = steps(&root, "request", of: [.accessKey, .mail])
        let login = steps(&root, "login", of: [.accessKey, .oneTimePassword])
        if let request, !request.contains(where: { !$0.fill.isEmpty }) {
            root.missing("request", "must have a step that fills something in")
        }
        if let login, login.count(where: { $0.fill.contains { $0.value == .oneTimePassword } }) != 1 {
            root.missing("login", "must have exactly one step that fills in the one-time-password")
        }
        var recipe = Recipe(start: start ?? "", hosts: hosts ?? [], request: request ?? [], login: login ?? [])
        recipe.loginPage = loginPage
        recipe.socket = root.path("socket", bytes: 1...107) ?? recipe.socket
        recipe.accessKey = secret(&root) ?? recipe.accessKey
        recipe.never = root.words("never") ?? []
        recipe.closed = root.words("closed") ?? []
        recipe.pageTimeout = root.duration("page_timeout", in: .seconds(1)...(.seconds(600))) ?? recipe.pageTimeout
        recipe.rest = root.duration("rest", in: .milliseconds(100)...(.seconds(60))) ?? recipe.rest
        recipe.mailTimeout = root.duration("mail_timeout", in: .seconds(1)...(.seconds(3600))) ?? recipe.mailTimeout
        recipe.requested = answer(root.table("requested"))
        recipe.loggedIn = answer(root.table("logged_in"))
        if recipe.loggedIn.text.isEmpty, recipe.loggedIn.controls.isEmpty {
            root.missing("logged_in", "must have text or controls: nothing else shows that the login succeeded")
        }
        recipe.follow = root.strings("then", count: 0...64) ?? []
        recipe.followTimeout =
            root.duration("then_timeout", in: .seconds(1)...(.seconds(86_400))) ?? recipe.followTimeout
        recipe.logout = root.has("logout") ? press(&root, "logout", orNothing: true) : nil
        recipe.browser = browser(root.table("browser"))
        root.finish(known: RecipeKeys.beginning)
        return start == nil || hosts == nil || request == nil || login == nil ? nil : recipe
    }

    // MARK: - Addresses

    private static func hosts(_ root: inout ConfigurationTable) -> [String]? {
        guard root.has("hosts") else {
            root.missing("hosts")
            return nil
        }
        guard let hosts = root.strings("hosts", count: 1...32) else { return nil }
        for host in hosts where WebAddress("https://\(host)/")?.host != host {
            root.problem("hosts", "\"\(host)\" is not a host name in lower case")
            return nil
        }
        return hosts
    }

    private static func url(_ root: inout ConfigurationTable, _ key: String, _ hosts: [String]?) -> String? {
        guard let url = root.string(key) else { return nil }
        guard let address = WebAddress(url) else {
            root.problem(key, "must be an https URL, not \"\(Shown.line(url))\"")
            return nil
        }
        guard let hosts else { return url }
        guard HostWall(hosts).allows(address) else {
            root.problem(key, "must be an https URL with one of these hosts: \(hosts.joined(separator: ", "))")
            return nil
        }
        return url
    }

    // MARK: - Steps

    private static func steps(
        _ root: inout ConfigurationTable, _ key: String, of allowed: [Fill.Value]
    ) -> [Step]? {
        guard let tables = root.tables(key) else { return nil }
        guard 1...stepBound ~= tables.count else {
            if tables.isEmpty {
                root.missing(key, "at least one [[\(key)]] is needed")
            } else {
                root.problem(key, "must have at most \(stepBound) steps")
            }
            return nil
        }
        let steps = tables.compactMap { step($0, allowed) }
        return steps.count == tables.count ? steps : nil
    }

    private static func step(_ table: ConfigurationTable, _ allowed: [Fill.Value]) -> Step? {
        var table = table
        defer { table.finish(known: RecipeKeys.step) }
        var fills: [Fill] = []
        let tables = table.tables("fill") ?? []
        for inner in tables {
            guard let fill = fill(inner, allowed) else { continue }
            if fills.contains(where: { $0.value == fill.value }) {
                inner.problem("with", "\"\(fill.value.rawValue)\" is filled in twice")
            }
            fills.append(fill)
        }
        let leave = table.words("leave") ?? []
        guard table.has("press") else {
            table.missing("press")
            return nil
        }
        guard let press = press(&table, "press"), fills.count == tables.count else { return nil }
        return Step(fill: fills, press: press, leave: leave)
    }

    private static func fill(_ table: ConfigurationTable, _ allowed: [Fill.Value]) -> Fill? {
        var table = table
        defer { table.finish(known: RecipeKeys.fill) }
        let selector = table.string("selector")
        let words = table.words("field")
        if words == nil, selector == nil { table.missing("field", "is missing: give field or selector") }
        guard table.has("with") else {
            table.missing("with", "is missing: one of \(Text.quoted(allowed.map(\.rawValue)))")
            return nil
        }
        guard let text = table.string("with") else { return nil }
        // Never repeated in an error: somebody may have written the secret itself there.
        guard let value = Fill.Value(rawValue: text), allowed.contains(value) else {
            table.problem(
                "with",
                "must name what is filled in, not contain it: one of \(Text.quoted(allowed.map(\.rawValue)))"
            )
            return nil
        }
        guard words != nil || selector != nil else { return nil }
        return Fill(words: words ?? [], value: value, selector: selector)
    }

    /// A word, a list of words, or a table with a selector or with dialogs.
    private static func press(_ table: inout ConfigurationTable, _ key: String, orNothing: Bool = false) -> Press? {
        guard table.isTable(key) else {
            guard let words = table.words(key) else { return nil }
            if words.isEmpty, !orNothing { table.problem(key, "must not be empty") }
            return words.isEmpty ? nil : Press(words: words)
        }
        var inner = table.table(key)
        defer { inner.finish(known: RecipeKeys.press) }
        let selector = inner.string("selector")
        let words = inner.words("words") ?? []
        if words.isEmpty, selector == nil { inner.missing("words", "is missing: give words or selector") }
        return Press(words: words, selector: selector, confirm: inner.words("confirm") ?? [])
    }

    // MARK: - The rest

    private static func answer(_ table: ConfigurationTable) -> AnswerWords {
        var table = table
        defer { table.finish(known: RecipeKeys.answer) }
        return AnswerWords(
            text: table.words("text") ?? [], controls: table.words("controls") ?? [],
            refused: table.words("refused") ?? [])
    }

    private static func secret(_ root: inout ConfigurationTable) -> SecretSource? {
        guard let value = root.take("access_key") else { return nil }
        // Never repeated in an error: somebody may have written the secret itself there.
        guard case .table(let members) = value, members.count == 1, let (kind, place) = members.first else {
            root.problem(
                "access_key",
                "must say where the access key is, not contain it: { credential = \"NAME\" } or { file = \"PATH\" }")
            return nil
        }
        var inner = root.inner("access_key", [kind: place])
        switch kind {
        case "credential":
            return inner.credential(kind).map(SecretSource.credential)
        case "file": return inner.path(kind, isShown: false).map(SecretSource.file)
        default:
            inner.problem(kind, "unknown key; known here: \("credential, file")")
            return nil
        }
    }

    private static func browser(_ table: ConfigurationTable) -> BrowserSettings {
        var table = table
        defer { table.finish(known: RecipeKeys.browser) }
        var settings = BrowserSettings()
        settings.program = table.string("program") ?? settings.program
        if let proxy = table.string("proxy") {
            if let address = WebAddress(proxy), address.path == "/", address.port != nil {
                settings.proxy = address.origin
            } else {
                table.problem("proxy", "must be a URL such as \"http://proxy.example.co.jp:8080\"")
            }
        }
        settings.trustedKeys = table.strings("trusted_keys", count: 0...16) ?? []
        for key in settings.trustedKeys where !Self.isDigest(key) {
            table.problem(
                "trusted_keys", "must be SHA-256 digests in base64 (44 characters), not \"\(Shown.line(key))\"")
        }
        return settings
    }

    private static func isDigest(_ text: String) -> Bool {
        text.utf8.count == 44 && text.utf8.last == UInt8(ascii: "=")
            && text.utf8.dropLast().allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"),
                    UInt8(ascii: "+"), UInt8(ascii: "/"):
                    true
                default: false
                }
            }
    }
}

extension ConfigurationTable {
    /// One word, or a list of words; each must have characters that count in a comparison.
    fileprivate mutating func words(_ key: String) -> [FoldedText]? {
        guard has(key) else { return nil }
        guard let texts = isList(key) ? strings(key, count: 0...64) : string(key).map({ [$0] }) else { return nil }
        let words = texts.map(FoldedText.init)
        if let empty = words.first(where: \.isEmpty) {
            problem(key, "must contain text to look for, not only \"\(empty)\"")
        }
        return words
    }
}
