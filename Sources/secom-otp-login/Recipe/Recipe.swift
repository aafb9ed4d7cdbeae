import Handoff

/// How the login goes: which pages there are, what is filled in and pressed on each, and what their answers look like. Checked.
struct Recipe: Equatable, Sendable {
    /// Where the walk begins.
    var start: String
    /// The page that the mail's login URL leads to, for `--look` alone: a login opens what the mail says.
    var loginPage: String?
    /// The only hosts that the browser may reach.
    var hosts: [String]
    /// Where the daemon listens.
    var socket = HandoffClient.defaultPath
    var accessKey = SecretSource.credential("access-key")
    /// A form with one of these words in a field's name or a button's is left alone, whatever else fits.
    var never: [FoldedText] = []
    /// What a page says that is closed, rather than different.
    var closed: [FoldedText] = []
    /// How long a page may take until it can be read.
    var pageTimeout = Duration.seconds(60)
    /// How long a page must be at rest before it counts as one that does not fit.
    var rest = Duration.seconds(5)
    /// How long the mail may take.
    var mailTimeout = Duration.seconds(600)
    /// To the page on which the password is asked for, and that page last.
    var request: [Step]
    /// What the answer to the request says; no words of its being taken: the mail alone tells.
    var requested = AnswerWords()
    /// From the page of the login URL on.
    var login: [Step]
    /// What the answer to the login says.
    var loggedIn = AnswerWords()
    /// What is run once logged in; empty: nothing.
    var follow: [String] = []
    var followTimeout = Duration.seconds(300)
    /// What is pressed in the end; nil: the session is left open.
    var logout: Press?
    var browser = BrowserSettings()
}

/// One page: what is filled in, and what is pressed then.
struct Step: Equatable, Sendable {
    var fill: [Fill] = []
    var press: Press
    /// Text fields that may stand in the same form and stay empty.
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
    /// What stands at the field; the first of them that is found on the page counts.
    var words: [FoldedText]
    var value: Value
    /// A CSS selector that the field matches, instead of the words.
    var selector: String?
}

/// A button or a link.
struct Press: Equatable, Sendable {
    var words: [FoldedText]
    /// A CSS selector that it matches, instead of the words.
    var selector: String?
    /// Dialogs that ask one of these are answered with yes. No other is answered at all.
    var confirm: [FoldedText] = []
}

/// How an answer is recognised.
struct AnswerWords: Equatable, Sendable {
    /// Text that was not there before.
    var text: [FoldedText] = []
    /// Links and buttons of just this name.
    var controls: [FoldedText] = []
    /// Text that was not there before, and tells of a refusal.
    var refused: [FoldedText] = []
}

/// Where a secret comes from. Never from the recipe itself.
enum SecretSource: Equatable, Sendable {
    /// A systemd credential, by name.
    case credential(String)
    case file(String)
}

/// Which browser, and how it reaches the network.
struct BrowserSettings: Equatable, Sendable {
    var program = "chromium-headless-shell"
    /// `http://HOST:PORT`; nil: none.
    var proxy: String?
    /// Public keys (SHA-256 of the SubjectPublicKeyInfo, in base64) that are trusted beside the system's authorities: that of a
    /// proxy that looks into TLS.
    var trustedKeys: [String] = []
}

extension Recipe {
    /// All selectors, in a fixed order: a page tells by number which of them a control matches.
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
