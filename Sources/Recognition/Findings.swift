import MIME
import Messages
import Secrets

/// What the parts of a mail give together: passwords and login URLs, each counted once.
struct Findings {
    /// Up to two different ones: two are as bad as any more.
    private var passwords: [[UInt8]] = []
    private var urls: [LoginURL] = []
    private var urlFault: LoginURL.Fault?
    private var linkDisagrees = false
    /// Whether a line's end may have cut a password.
    private var isPasswordCut = false
    /// What followed a label and was no password.
    private var nearMiss: Text?

    private var seen: Set<Label> = []
    private let rules: RecognitionRules

    init(_ rules: RecognitionRules) { self.rules = rules }

    /// The kinds of labels that no line has.
    var missing: [Label] { [.password, .loginURL].filter { !seen.contains($0) } }

    /// Adds what a plain text says.
    mutating func read(_ text: Bytes) { read(text, of: nil) }

    /// Adds what an HTML page says.
    mutating func read(_ page: HTMLText) {
        read(page.text[...], of: page)
        // A link that shows a login URL must lead there, labelled or not.
        for link in page.links {
            // Its words, whatever white space, line or Japanese is between them.
            var text = Width.folded(page.text[link.start..<link.end])
            defer { text.wipe() }
            for word in text.split(whereSeparator: { $0 <= 0x20 || $0 >= 0x80 }) where word.count > 8 {
                guard let url = try? url(bracketed: word) else { continue }
                check(link, shows: url)
            }
        }
    }

    private mutating func check(_ link: HTMLText.Link, shows url: LoginURL) {
        do throws(LoginURL.Fault) {
            if try self.url(link.href[...]) != url { linkDisagrees = true }
            // What a gateway says the link was before proves nothing, and must not say another thing.
            if let source = link.originalSource, try self.url(source[...]) != url { linkDisagrees = true }
        } catch {
            urlFault = urlFault ?? error
        }
    }

    /// The login URL that a link is, or is in the original.
    private func url(_ link: Bytes) throws(LoginURL.Fault) -> LoginURL {
        if let original = try RewrittenLink.original(in: link) {
            return try LoginURL(original, hosts: rules.loginHosts, paths: rules.loginPaths)
        }
        return try LoginURL(link, hosts: rules.loginHosts, paths: rules.loginPaths)
    }

    /// The login URL of `URL`, `<URL>` or `URL<URL>`, as mailers write links. Nil where the brackets do not match.
    private func url(bracketed text: Bytes) throws(LoginURL.Fault) -> LoginURL? {
        guard let pieces = BracketedLink.pieces(of: text) else { return nil }
        return try url(pieces)
    }

    /// The one login URL that all of these are.
    private func url(_ pieces: [Bytes]) throws(LoginURL.Fault) -> LoginURL? {
        guard let first = pieces.first else { return nil }
        let found = try url(first)
        for piece in pieces.dropFirst() where try url(piece) != found { throw .forbiddenCharacter }
        return found
    }

    private mutating func read(_ text: Bytes, of page: HTMLText?) {
        var labels = Labels(text, rules.labels, isHTML: page != nil)
        while let value = labels.next() {
            switch value.label {
            case .password: readPassword(value, page)
            case .loginURL: readURL(value, page)
            }
        }
        seen.formUnion(labels.seen)
    }

    /// Adds what the others hold beyond these, but where these hold nothing. What may be cut there was whole here.
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
                .noPassword,
                nearMiss
                    ?? Text("no line has the label \(labels(rules.passwordLabels)) followed by a colon and a password"))
        }
        if passwords.count > 1 {
            throw Refusal(.ambiguousPassword, "the mail contains more than one password under its label")
        }
        if isPasswordCut {
            throw Refusal(
                .ambiguousPassword,
                "the password may be broken across lines: the line below it may be the rest of it")
        }
        if let urlFault { throw Refusal(.loginURLNotAllowed, urlFault.detail) }
        if linkDisagrees { throw Refusal(.ambiguousLoginURL, "a link shows the login URL but leads to another") }
        guard let url = urls.first else {
            throw Refusal(
                .noLoginURL, "no line has the label \(labels(rules.loginURLLabels)) followed by a colon and a URL")
        }
        if urls.count > 1 {
            throw Refusal(.ambiguousLoginURL, "the mail contains more than one login URL under its label")
        }
        // Each alone may end so; that both do is no chance.
        if url.hasNothingBehindPath,
            let remnant = ["=20", "=0D", "="].first(where: {
                url.string.hasSuffix($0) && password.suffix($0.utf8.count).elementsEqual($0.utf8)
            })
        {
            throw Refusal(
                .malformed,
                "the password and the login URL both end in \"\(remnant)\": quoted-printable that was only partly decoded"
            )
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

    /// The labels as an operator reads them, in a few words.
    private func labels(_ labels: [String]) -> Text {
        let (whole, labels) = (labels.prefix(4).joined(separator: " or "), labels.prefix(4).map(Text.init(verbatim:)))
        let cut = shown(whole.utf8, limit: 50)
        return cut == whole ? .alternatives(labels) : Text(verbatim: cut)
    }

    /// 4 to 64 printable ASCII characters without a space, byte for byte.
    private mutating func readPassword(_ value: Labels.Value, _ page: HTMLText?) {
        let text = PasswordValue.bare(value.text)
        guard text.allSatisfy({ $0 &- 0x21 < 0x5E }) else {
            return nearMiss("contains a space or something other than printable ASCII")
        }
        guard !BracketedLink.isPlainlyURL(text) else {
            return nearMiss("is a URL")
        }
        guard PasswordValue.lengths ~= text.count else {
            return nearMiss("is not 4 to 64 characters long")
        }
        guard !PasswordValue.endsInTag(text) else {
            return nearMiss("ends in an HTML tag, as where HTML is labelled text/plain")
        }
        // A ruled line below a heading, such as ---- or -=-=, is no password.
        if value.isOnNextLine, text.allSatisfy({ "-=_*#".utf8.contains($0) }), Set(text).count <= 2 { return }
        add(Array(text))
        let isBelow = !value.isBehindEmpty && page.map { !isApart(value, in: $0) } ?? true
        if isBelow, text.count == value.text.count, PasswordValue.mayContinue(text, in: value.lineBelow) {
            isPasswordCut = true
        }
    }

    private mutating func nearMiss(_ what: Phrase) {
        nearMiss = Text("the value after the label \(labels(rules.passwordLabels)) \(Text(what))")
    }

    private mutating func readURL(_ value: Labels.Value, _ page: HTMLText?) {
        do throws(LoginURL.Fault) {
            let isApart = page.map { self.isApart(value, in: $0) } ?? false
            if !isApart, let tail = value.tail, let joined = joined(value.text, tail) {
                return add(joined, shownIn: value.text.startIndex..<tail.text.endIndex, of: page)
            }
            guard let pieces = BracketedLink.pieces(of: value.text), let first = pieces.first,
                BracketedLink.isMeantAsURL(pieces.count == 1 ? first : value.text, rules.loginHosts),
                let url = try url(pieces)
            else { return }
            if !isApart, URLContinuation.isLikely(value.lineBelow, isBehindEmpty: value.isBehindEmpty) { throw .cut }
            add(url, shownIn: value.text.startIndex..<value.text.endIndex, of: page)
        } catch {
            urlFault = urlFault ?? error
        }
    }

    private mutating func add(_ url: LoginURL, shownIn range: Range<Int>, of page: HTMLText?) {
        add(url)
        for link in page?.links(over: range) ?? [] { check(link, shows: url) }
    }

    /// The URL of two lines that a gateway has made of one, where the configuration says what its path must be, and nothing is
    /// after it.
    private func joined(_ head: Bytes, _ tail: Labels.Tail) -> LoginURL? {
        guard !rules.loginPaths.isEmpty, head.count + tail.text.count <= 8192,
            !URLContinuation.isLikely(tail.lineBelow),
            let url = try? url(bracketed: (head + tail.text)[...]), url.hasNothingBehindPath
        else { return nil }
        return url
    }

    /// Whether the line below is no line of the same text: another row of a table, or a link of its own, such as a button.
    private func isApart(_ value: Labels.Value, in page: HTMLText) -> Bool {
        let line = value.lineBelow
        guard !line.isEmpty, value.text.endIndex <= line.startIndex else { return true }
        return page.isParted(value.text.endIndex..<line.startIndex)
            || page.links(over: line.startIndex..<line.endIndex).contains {
                $0.start >= value.text.endIndex && $0.start <= line.startIndex && $0.end >= line.endIndex
            }
    }
}
