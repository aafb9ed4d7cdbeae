public import FoundationEssentials
public import Secrets

/// A one-time password and where to use it.
public struct Password: Sendable {
    public let id: PasswordID
    /// The address that the mail was sent to.
    public let recipient: String?
    public let secret: Secret
    public let loginURL: String
    public let issuedAt: Date
    /// After this the password opens nothing.
    public let expiresAt: Date

    public init(id: PasswordID, recipient: String?, secret: Secret, loginURL: String, issuedAt: Date, expiresAt: Date) {
        self.id = id
        self.recipient = recipient
        self.secret = secret
        self.loginURL = loginURL
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
    }
}

/// What became of a claimed password.
public enum Outcome: String, CaseIterable, Sendable { case used, rejected, unused }

/// What the mailbox itself says of a password: the only durable store.
public enum Record: Equatable, Sendable { case unmarked, claimed, used, rejected }

/// A change of that record, to be made on the server.
public enum RecordChange: Equatable, Sendable {
    /// From unmarked to claimed, and only by one.
    case claim
    /// None: see that it is still no more than claimed.
    case confirmClaimed
    case release
    case settle(used: Bool)
}

/// What became of a ``RecordChange``.
public enum RecordResult: Equatable, Sendable {
    case done
    /// Somebody else was there first: the record as it is.
    case lost(Record)
    /// The mail is gone.
    case gone
    case failed(reason: String)
}
