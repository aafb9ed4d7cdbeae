import Handoff

/// The login, described page by page: what is filled in and pressed on each, and what the answers look like. Already validated.
struct Recipe: Equatable, Sendable {
    /// The URL at which the walk begins.
    var start: String
    /// The page that the mail's login URL leads to. Only for `--look`: a login opens the URL in the mail.
    var loginPage: String?
    /// The only hosts that the browser may reach.
    var hosts: [String]
    /// The path of the daemon's socket.
    var socket = HandoffClient.defaultPath
    var accessKey = SecretSource.credential("access-key")
    /// A form is left alone if the name of one of its fields or of its button contains one of these words, whatever else matches.
    var never: [FoldedText] = []
    /// Words of a page that says that the service is closed for now.
    var closed: [FoldedText] = []
    /// How long a page may take until it can be read. From 1 s to 10 min.
    var pageTimeout = Duration.seconds(60)
    /// How long a page must be at rest before it counts as one that does not match. From 100 ms to 60 s.
    var rest = Duration.seconds(5)
    /// How long the mail may take. From 1 s to 1 h.
    var mailTimeout = Duration.seconds(600)
    /// The steps to the page on which the password is requested; that page is the last one.
    var request: [Step]
    /// What the answer to the request says. Without words of success, only the mail shows that the request was accepted.
    var requested = AnswerWords()
    /// The steps from the page of the login URL on.
    var login: [Step]
    /// What the answer to the login says.
    var loggedIn = AnswerWords()
    /// The command that is run once logged in; empty: none.
    var follow: [String] = []
    /// How long that command may take. From 1 s to 24 h.
    var followTimeout = Duration.seconds(300)
    /// What is pressed at the end; nil: the session is left open.
    var logout: Press?
    var browser = BrowserSettings()
}

/// One page: what is filled in on it, and what is then pressed.
struct Step: Equatable, Sendable {
    var fill: [Fill] = []
    var press: Press
    /// Text fields of the same form that may stay empty.
    var leave: [FoldedText] = []
}

/// One field, and what goes into it.
struct Fill: Equatable, Sendable {
    /// What is filled in.
    enum Value: String, CaseIterable, Sendable {
        case accessKey = "access-key"
        case mail
        case oneTimePassword = "one-time-password"
    }
    /// What the field may be called; the first of these that is found on the page counts.
    var words: [FoldedText]
    var value: Value
    /// A CSS selector that finds the field, instead of the words.
    var selector: String?
}

/// A button or a link.
struct Press: Equatable, Sendable {
    var words: [FoldedText]
    /// A CSS selector that finds it, instead of the words.
    var selector: String?
    /// A dialog whose text contains one of these is answered with yes. No other dialog is answered.
    var confirm: [FoldedText] = []
}

/// How an answer is recognised.
struct AnswerWords: Equatable, Sendable {
    /// Text that was not on the page before, and shows success.
    var text: [FoldedText] = []
    /// Links and buttons with exactly this name, which show success.
    var controls: [FoldedText] = []
    /// Text that was not on the page before, and shows a refusal.
    var refused: [FoldedText] = []
}

/// Where a secret is read from: never the recipe itself.
enum SecretSource: Equatable, Sendable {
    /// A systemd credential, by name.
    case credential(String)
    /// A file, by absolute path.
    case file(String)
}

/// Which browser, and how it reaches the network.
struct BrowserSettings: Equatable, Sendable {
    var program = "chromium-headless-shell"
    /// `http://HOST:PORT`; nil: none.
    var proxy: String?
    /// Public keys (SHA-256 of the SubjectPublicKeyInfo, in base64) that are trusted in addition to the system's authorities, such
    /// as the key of a proxy that inspects TLS.
    var trustedKeys: [String] = []
}

extension Recipe {
    /// All selectors, in a fixed order: the snapshot of a page lists by number which of them a control matches.
    var selectors: [String] {
        var all: [String] = []
        for step in request + login {
            for selector in step.fill.map(\.selector) + [step.press.selector] {
                if let selector, !all.contains(selector) { all.append(selector) }
            }
        }
        if let selector = logout?.selector, !all.contains(selector) { all.append(selector) }
        return all
    }
}
