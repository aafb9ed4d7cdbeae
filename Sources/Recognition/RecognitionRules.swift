import MIME

/// What the mail must look like: the `[mail]` table of the configuration. The defaults are SECOM's.
public struct RecognitionRules: Sendable, Equatable {
    /// The only address that From may hold, ASCII case aside.
    public var from = "ra-support@secom.co.jp"
    /// The subject, compared folded in width.
    public var subject = "お客様専用画面ログイン用ワンタイムパスワードのご案内"
    /// What a gateway may put in front of the subject, such as `[EXTERNAL]` or `[otp *]`: at most two, one after the other.
    public var subjectPrefixes: [String] = []
    /// What it may put after the subject: at most one.
    public var subjectSuffixes: [String] = []
    /// What precedes the colon and the password, compared folded in width. None holds a colon.
    public var passwordLabels = ["ワンタイムパスワード"] { didSet { labels = LabelSet(passwordLabels, loginURLLabels) } }
    /// The same of the login URL. No label is in both lists.
    public var loginURLLabels = ["ログインURL", "ログイン用URL"] { didSet { labels = LabelSet(passwordLabels, loginURLLabels) } }
    /// The hosts a login URL may have, ASCII case aside.
    public var loginHosts = ["www.login.secomtrust.net"]
    /// The paths a login URL may have; none means any.
    public var loginPaths: [String] = []
    /// How long a password lives from its issue.
    public var validFor = Duration.seconds(24 * 60 * 60)
    /// Whose Authentication-Results are believed. Empty: those of the topmost field, and only if it names nobody, as
    /// Exchange Online writes it.
    public var authservID: String?
    /// Any one of these must have passed, aligned with From; none means that nothing is asked.
    public var requireAuthentication: [AuthenticationMethod] = []

    /// Both lists of labels, ready to be looked for.
    private(set) var labels: LabelSet

    /// Why a label can be none.
    public enum LabelFault: Sendable {
        case empty, colon
    }

    /// What is wrong with a label, folded in width; nil where nothing is.
    public static func fault(ofLabel label: String) -> LabelFault? {
        let folded = Width.folded(Array(label.utf8)[...])
        return folded.isEmpty ? .empty : folded.contains(UInt8(ascii: ":")) ? .colon : nil
    }

    /// The labels of the login URL that are the password's as well, folded in width.
    public var labelsInBothLists: [String] {
        let passwords = Set(passwordLabels.map { Width.folded(Array($0.utf8)[...]) })
        return loginURLLabels.filter { passwords.contains(Width.folded(Array($0.utf8)[...])) }
    }

    /// SECOM's mail, unauthenticated.
    public init() { labels = LabelSet(passwordLabels, loginURLLabels) }
}

/// A method of RFC 8601 that a mail may be required to have passed.
public enum AuthenticationMethod: String, Sendable, CaseIterable, Codable {
    case dmarc, dkim, spf
}
