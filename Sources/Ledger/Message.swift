import FoundationEssentials
import Messages

/// One mail from the sender, as kept by the ledger: which password it contains, and what is recorded about it there.
struct Message: Sendable {
    enum Presence: Equatable, Sendable {
        case there
        /// Not in the mailbox any more.
        case gone
        /// Its number is another message's now: of another account after a reload, or of a mailbox that was restored.
        case replaced
    }

    let id: PasswordID
    /// Whose mailbox it is in.
    var account = ""
    let recipient: String?
    let foldedRecipient: String?
    let issuedAt: Date?
    let expiresAt: Date?
    var internalDate: Int64?
    /// Why it was not accepted, or ``Ledger/tooOld``; nil where it has a password.
    let refusal: String?
    /// What may help against that, for people.
    let detail: Text?
    /// Tells copies of one password; says nothing of it. Nil where the mail was not accepted.
    let fingerprint: Int?
    /// Of the password; nil where none are kept.
    let trace: UInt32?
    /// Gone once it is settled, or some time after it has expired.
    var password: Password?

    var presence = Presence.there
    /// What the mailbox says, as it was told last.
    var record = Record.unmarked
    /// A mark was asked for and the answer was lost: what is told of it next decides.
    var isUncertain = false
    /// What the mailbox is still to be told, and was not yet.
    var debt: Debt?
    /// Why no mark can be made on it.
    var obstacle: Text?
    /// It came before its mailbox was searched: a copy that is used already may still turn up.
    var awaitsSearch = false
    /// Since when its time has been over, by ``Moment/uptime``.
    var expiredSince: Duration?
    /// What was logged of it last.
    var told: PasswordStatus?

    /// A mail that was accepted.
    ///
    /// - Parameter seed: of traces; see ``Memory/seed``.
    init(_ password: Password, as id: PasswordID, internalDate: Int64?, seed: UInt64?) {
        var hasher = Hasher()
        password.secret.withBytes { hasher.combine(bytes: $0) }
        fingerprint = hasher.finalize()
        trace = seed.map { Trace.of(password.secret, seed: $0) }
        (self.id, recipient, self.password) = (id, password.recipient, password)
        foldedRecipient = password.recipient?.lowercased()
        (issuedAt, expiresAt, self.internalDate) = (password.issuedAt, password.expiresAt, internalDate)
        (refusal, detail) = (nil, nil)
    }

    /// A mail that has no password for us.
    init(
        id: PasswordID, recipient: String?, issuedAt: Date?, expiresAt: Date?, internalDate: Int64?, refusal: String,
        detail: Text? = nil
    ) {
        (self.id, self.recipient, foldedRecipient) = (id, recipient, recipient?.lowercased())
        (self.issuedAt, self.expiresAt, self.internalDate) = (issuedAt, expiresAt, internalDate)
        (self.refusal, self.detail, fingerprint, trace, password) = (refusal, detail, nil, nil, nil)
    }

    var isThere: Bool { presence == .there }
    /// Somebody has its password, as far as this message can tell: it is marked as claimed, may be, or is still to be marked.
    var isHeld: Bool { record.isHeld || isUncertain || debt?.change == .claim }
    var key: MessageKey {
        MessageKey(account: account, uidValidity: id.uidValidity, uid: id.uid, internalDate: internalDate)
    }
}

/// A mark that a mailbox has yet to receive: it could not be reached, or the answer was lost.
struct Debt: Equatable, Sendable {
    var change: RecordChange
    /// Asked for, and not answered yet.
    var isUnderWay = false
    /// How often it ended the session, or its answer was lost.
    var failures = 0
    /// Not to be asked for before this, by ``Moment/uptime``.
    var notBefore = Duration.zero

    /// How the daemon's memory writes it down; nil for what need not outlive the process.
    var note: Memory.Note? {
        switch change {
        case .claim: .owedClaimed
        case .settle(let used, _): used ? .owedUsed : .owedRejected
        case .release, .confirmClaimed: nil
        }
    }
}
