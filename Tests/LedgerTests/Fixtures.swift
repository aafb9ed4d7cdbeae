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
    Claimant(id: id, connection: connection ?? id, filter: filter, deadline: at(deadline))
}

extension Ledger.Action {
    /// As the tables of the tests write it.
    var told: String {
        switch self {
        case .change(let id, let change): "\(change) \(id)"
        case .give(let password, let claimant): "give \(password.id) to \(claimant)"
        case .refuse(let claimant, let error): "refuse \(claimant) \(error)"
        case .settled(let id, let error): "settled \(id)" + (error.map { " \($0)" } ?? "")
        case .entered(let id, let state, let reason): "\(id) \(state)" + (reason.map { " \($0)" } ?? "")
        }
    }
}
