/// What the mail must look like: the `[mail]` table of the configuration. The defaults are SECOM's.
public struct RecognitionRules: Sendable, Equatable {
    /// The only address that From may hold, ASCII case aside.
    public var from = "ra-support@secom.co.jp"
    /// The subject, compared folded in width.
    public var subject = "お客様専用画面ログイン用ワンタイムパスワードのご案内"
    /// What a gateway may put in front of the subject, such as `[EXTERNAL]`: at most one of them, once.
    public var subjectPrefixes: [String] = []
    /// The hosts a login URL may have, ASCII case aside.
    public var loginHosts = ["www.login.secomtrust.net"]
    /// How long a password lives from its issue.
    public var validFor = Duration.seconds(24 * 60 * 60)
    /// Whose Authentication-Results are believed.
    public var authservID: String?
    /// Any one of these must have passed, aligned with From; none means that nothing is asked.
    public var requireAuthentication: [AuthenticationMethod] = []

    /// SECOM's mail, unauthenticated.
    public init() {}
}

/// A method of RFC 8601 that a mail may be asked to have passed.
public enum AuthenticationMethod: String, Sendable, CaseIterable, Codable {
    case dmarc, dkim, spf
}
