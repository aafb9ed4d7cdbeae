import FoundationEssentials

/// One mail from the sender, as the ledger keeps it.
struct Entry: Sendable {
    enum State: Equatable, Sendable {
        case available
        case claiming(by: UInt64, fromDoubt: Bool)
        case claimed(by: UInt64, on: UInt64, fromDoubt: Bool)
        case releasing(wasInDoubt: Bool)
        case inDoubt, used, rejected, expired
        /// Another entry stands for this password.
        case duplicate
        /// Gone from the folder before anybody here had it. Another daemon's claimant may have, so no copy takes its place.
        case expunged
        case refused(reason: String)
    }

    let id: PasswordID
    let recipient: String?
    let foldedRecipient: String?
    let issuedAt: Date?
    let expiresAt: Date?
    /// Gone as soon as nobody may have it any more.
    var password: Password?
    /// Tells a second copy of the same mail; says nothing of the password.
    let fingerprint: Int?
    var state: State

    /// A mail that was accepted.
    init(_ password: Password, _ state: State) {
        var hasher = Hasher()
        password.secret.withBytes { hasher.combine(bytes: $0) }
        hasher.combine(password.issuedAt)
        fingerprint = hasher.finalize()
        (id, recipient, self.password) = (password.id, password.recipient, password)
        foldedRecipient = password.recipient?.lowercased()
        (issuedAt, expiresAt, self.state) = (password.issuedAt, password.expiresAt, state)
    }

    /// A mail that has no password for us.
    init(id: PasswordID, recipient: String?, issuedAt: Date?, expiresAt: Date?, state: State) {
        (self.id, self.recipient, foldedRecipient) = (id, recipient, recipient?.lowercased())
        (self.issuedAt, self.expiresAt, self.state) = (issuedAt, expiresAt, state)
        (password, fingerprint) = (nil, nil)
    }

    var status: PasswordStatus {
        let reason: String? =
            switch state {
            case .refused(let code): code
            case .duplicate: "duplicate"
            case .expunged: "expunged"
            default: nil
            }
        return PasswordStatus(
            id: id, recipient: recipient, state: state.shown, reason: reason, issuedAt: issuedAt, expiresAt: expiresAt)
    }
}

extension Entry.State {
    var shown: PasswordState {
        switch self {
        case .available: .available
        case .claiming(_, let fromDoubt): fromDoubt ? .inDoubt : .available
        case .claimed: .claimed
        case .releasing(let wasInDoubt): wasInDoubt ? .inDoubt : .claimed
        case .inDoubt: .inDoubt
        case .used: .used
        case .rejected: .rejected
        case .expired: .expired
        case .duplicate, .expunged, .refused: .refused
        }
    }

    /// Nobody will have it any more.
    var isFinal: Bool {
        switch self {
        case .used, .rejected, .expired, .expunged, .refused: true
        case .available, .claiming, .claimed, .releasing, .inDoubt, .duplicate: false
        }
    }

    /// Somebody has it, may have had it, or is about to.
    var isAnybodys: Bool {
        switch self {
        case .claiming, .claimed, .releasing, .inDoubt, .used, .rejected, .expunged: true
        case .available, .expired, .duplicate, .refused: false
        }
    }

    /// A claimant of this daemon has it, or is about to.
    var isHeldHere: Bool {
        switch self {
        case .claiming, .claimed, .releasing: true
        case .available, .inDoubt, .used, .rejected, .expired, .duplicate, .expunged, .refused: false
        }
    }

    /// Stands in the mailbox, and with no claimant of this daemon.
    var isRecorded: Bool {
        switch self {
        case .inDoubt, .used, .rejected: true
        case .available, .claiming, .claimed, .releasing, .expired, .duplicate, .expunged, .refused: false
        }
    }

    /// Which go first when there are too many; nil: never.
    var rankToForget: Int? {
        switch self {
        case .refused, .expired: 0
        case .duplicate: 1
        case .used, .rejected, .expunged: 2
        case .available: 3
        case .claiming, .claimed, .releasing, .inDoubt: nil
        }
    }
}
