import FoundationEssentials
import Secrets

@testable import Ledger

/// Times of the tests: the password is issued at 0 and dies at 1000.
func at(_ seconds: Double) -> Date { Date(timeIntervalSince1970: 1_700_000_000 + seconds) }

func name(_ uid: UInt32, in mailbox: String = "main", _ uidValidity: UInt32 = 1) -> PasswordID {
    PasswordID(mailbox: mailbox, uidValidity: uidValidity, uid: uid)
}

func secret(_ text: String) -> Secret { Secret(text.utf8) }

func password(
    _ id: PasswordID, _ secret: Secret, recipient: String? = nil, issued: Double = 0, expires: Double = 1000
) -> Password {
    Password(
        id: id, recipient: recipient, secret: secret, loginURL: "https://login.example/", issuedAt: at(issued),
        expiresAt: at(expires))
}

func claimant(
    _ id: UInt64, on connection: UInt64? = nil, _ filter: ClaimFilter = ClaimFilter(), until deadline: Double = 100
) -> Claimant {
    Claimant(id: id, connection: connection ?? id, filter: filter, deadline: .seconds(deadline))
}

/// So many seconds by both clocks.
func moment(_ seconds: Double) -> Moment { Moment(wall: at(seconds), uptime: .seconds(seconds)) }

extension Ledger {
    /// With mailboxes that are open and searched.
    init(open mailboxes: [String], keepsMarks: Bool = true) {
        self.init(mailboxes: Set(mailboxes))
        for mailbox in mailboxes {
            _ = opened(
                mailbox, WatchedMailbox(account: mailbox), uidValidity: 1, uidNext: 1, keepsMarks: keepsMarks,
                now: moment(0))
            _ = searched(mailbox, now: moment(0))
        }
    }
}

extension Ledger.Action {
    /// As the tests write it.
    var told: String {
        switch self {
        case .change(let id, let change, _): "\(change) \(id)"
        case .give(let password, let claimant): "give \(password.id) to \(claimant)"
        case .refuse(let claimant, let error): "refuse \(claimant) \(error)"
        case .settled(let call, let error): "settled \(call)" + (error.map { " \($0)" } ?? "")
        case .entered(let id, let state, let reason, _, _): "\(id) \(state)" + (reason.map { " \($0)" } ?? "")
        case .forgotten(let id): "forgotten \(id)"
        case .remember(.note(let key, let note)): "note \(note) \(key.account)/\(key.uidValidity)/\(key.uid)"
        case .remember(.forget(let key)): "forget \(key.account)/\(key.uidValidity)/\(key.uid)"
        case .remember(.forgetful(let account)): "forgetful \(account)"
        case .remember(.seed): "seed"
        case .remember(.spent): "spent"
        case .remember(.unspent): "unspent"
        case .remember(.next(let numbering, let uid)): "next \(numbering.account)/\(numbering.uidValidity)/\(uid)"
        }
    }
}
