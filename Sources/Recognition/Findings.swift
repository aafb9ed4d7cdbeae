import MIME
import Secrets

/// What the parts of a mail give together: passwords and login URLs, each counted once.
struct Findings {
    /// Up to two different ones: two are as bad as any more.
    private var passwords: [[UInt8]] = []
    private var urls: [LoginURL] = []
    private var urlFault: LoginURL.Fault?
    private var linkDisagrees = false
    /// What stood behind a label and was no password.
    private var nearMiss: String?

    private let hosts: [String]

    init(hosts: [String]) { self.hosts = hosts }

    /// Adds what a plain text says.
    mutating func read(_ text: Bytes) { read(text, of: nil) }

    /// Adds what an HTML page says.
    mutating func read(_ page: HTMLText) {
        read(page.text[...], of: page)
        // A link that shows a login URL must lead there, labelled or not.
        for link in page.links {
            // Its words, whatever white space, line or Japanese stands between them.
            var text = Width.folded(page.text[link.start..<link.end])
            defer { text.wipe() }
            for word in text.split(whereSeparator: { $0 <= 0x20 || $0 >= 0x80 }) where word.count > 8 {
                guard let shown = Self.withoutBrackets(word), let url = try? LoginURL(shown, hosts: hosts) else {
                    continue
                }
                check(link, shows: url)
            }
        }
    }

    private mutating func check(_ link: HTMLText.Link, shows url: LoginURL) {
        do {
            if try LoginURL(link.href, hosts: hosts) != url { linkDisagrees = true }
        } catch {
            urlFault = urlFault ?? error
        }
    }

    private mutating func read(_ text: Bytes, of page: HTMLText?) {
        var labels = Labels(text, isHTML: page != nil)
        while let value = labels.next() {
            switch value.label {
            case .password: readPassword(value)
            case .loginURL: readURL(value, page)
            }
        }
    }

    /// Adds what the others hold beyond these, but where these hold nothing.
    mutating func contradict(with other: Findings) {
        if !passwords.isEmpty { for password in other.passwords { add(password) } }
        if !urls.isEmpty { for url in other.urls { add(url) } }
        urlFault = urlFault ?? other.urlFault
        linkDisagrees = linkDisagrees || other.linkDisagrees
    }

    /// The one password and the one URL, or why not.
    func verdict() throws(Refusal) -> (password: Secret, url: LoginURL) {
        guard let password = passwords.first else {
            throw Refusal(
                .noPassword, nearMiss ?? "no line has the label ワンタイムパスワード, a colon and a password behind it")
        }
        if passwords.count > 1 {
            throw Refusal(.ambiguousPassword, "the mail gives more than one password under its label")
        }
        if let urlFault { throw Refusal(.loginURLNotAllowed, urlFault.detail) }
        if linkDisagrees { throw Refusal(.ambiguousLoginURL, "a link shows the login URL and leads to another") }
        guard let url = urls.first else {
            throw Refusal(.noLoginURL, "no line has the label ログインURL or ログイン用URL, a colon and a URL behind it")
        }
        if urls.count > 1 {
            throw Refusal(.ambiguousLoginURL, "the mail gives more than one login URL under its label")
        }
        return (Secret(password), url)
    }

    /// Overwrites the passwords.
    mutating func wipe() {
        for index in passwords.indices { passwords[index].wipe() }
        passwords = []
    }

    private mutating func add(_ password: [UInt8]) {
        if passwords.count < 2, !passwords.contains(password) { passwords.append(password) }
    }

    private mutating func add(_ url: LoginURL) {
        if urls.count < 2, !urls.contains(url) { urls.append(url) }
    }

    /// 4 to 64 printable ASCII characters without a space, byte for byte.
    private mutating func readPassword(_ value: Labels.Value) {
        let text = value.text
        guard text.allSatisfy({ $0 &- 0x21 < 0x5E }) else {
            nearMiss = "what stands behind the label ワンタイムパスワード is more than printable ASCII without a space"
            return
        }
        guard !Self.isPlainlyURL(text) else {
            nearMiss = "what stands behind the label ワンタイムパスワード is a URL"
            return
        }
        guard 4...64 ~= text.count else {
            nearMiss = "what stands behind the label ワンタイムパスワード is not 4 to 64 characters long"
            return
        }
        // A ruled line below a heading, such as ---- or -=-=, is no password.
        if value.isOnNextLine, text.allSatisfy({ "-=_*#".utf8.contains($0) }), Set(text).count <= 2 { return }
        add(Array(text))
    }

    private mutating func readURL(_ value: Labels.Value, _ page: HTMLText?) {
        guard let text = Self.withoutBrackets(value.text), Self.looksLikeURL(text, hosts) else { return }
        do throws(LoginURL.Fault) {
            let url = try LoginURL(text, hosts: hosts)
            if URLContinuation.isLikely(value.lineBelow), page.map({ isApart(value, in: $0) }) != true { throw .cut }
            add(url)
            for link in page?.links(over: text.startIndex..<text.endIndex) ?? [] { check(link, shows: url) }
        } catch {
            urlFault = urlFault ?? error
        }
    }

    /// Whether the line below is no line of the same text: another row of a table, or a link of its own, such as a button.
    private func isApart(_ value: Labels.Value, in page: HTMLText) -> Bool {
        let line = value.lineBelow
        return page.isParted(value.text.endIndex..<line.startIndex)
            || page.links(over: line.startIndex..<line.endIndex).contains {
                $0.start >= value.text.endIndex && $0.start <= line.startIndex && $0.end >= line.endIndex
            }
    }

    /// Whether nobody would take this for a password: in brackets or without, it says where it leads.
    private static func isPlainlyURL(_ text: Bytes) -> Bool {
        let start = text.drop { "<([".utf8.contains($0) }.prefix(12).map(\.lowercased)
        return start.starts(with: "www.".utf8) || start.starts(with: "mailto:".utf8)
            || start.drop(while: \.isASCIILetter).starts(with: "://".utf8) && start.first?.isASCIILetter == true
    }

    /// `<URL>` without its brackets, of either width; of `URL<URL>`, as mailers make of links, one URL. Brackets that do
    /// not match are nobody's URL.
    private static func withoutBrackets(_ text: Bytes) -> Bytes? {
        let wide = ("＜".utf8, "＞".utf8)
        if text.starts(with: wide.0) {
            guard text.count > wide.0.count, text.suffix(wide.1.count).elementsEqual(wide.1) else { return nil }
            return Width.trimmed(text.dropFirst(wide.0.count).dropLast(wide.1.count))
        }
        var pieces: [Bytes] = []
        var depth = 0
        var start = text.startIndex
        for index in text.indices where text[index] == UInt8(ascii: "<") || text[index] == UInt8(ascii: ">") {
            pieces.append(Width.trimmed(text[start..<index]))
            start = index + 1
            depth += text[index] == UInt8(ascii: "<") ? 1 : -1
            // Four brackets are `<URL<URL>>`.
            if depth < 0 || pieces.count > 4 { return text }
        }
        guard depth == 0 else { return nil }
        pieces.append(Width.trimmed(text[start...]))
        pieces.removeAll(where: \.isEmpty)
        guard let first = pieces.first, pieces.allSatisfy({ $0.elementsEqual(first) }) else { return text }
        return first
    }

    /// Whether somebody means this to be followed, well-formed or not: it must be an allowed URL then. Prose is not.
    private static func looksLikeURL(_ text: Bytes, _ hosts: [String]) -> Bool {
        let start = Width.folded(text.prefix(400)).map(\.lowercased)
        let scheme = start.prefix { $0.isASCIILetter || $0.isASCIIDigit || "+-.".utf8.contains($0) }
        if !scheme.isEmpty, start.dropFirst(scheme.count).first == UInt8(ascii: ":") { return true }
        if start.starts(with: "//".utf8) || start.starts(with: "\\\\".utf8) || start.starts(with: "www.".utf8) {
            return true
        }
        if start.indices.contains(where: { start[$0...].starts(with: "://".utf8) }) { return true }
        return hosts.contains { start.starts(with: $0.utf8.map(\.lowercased)) }
    }
}
