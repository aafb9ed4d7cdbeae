import FoundationEssentials
import Handoff
import IMAP
import Messages
import Recognition

extension CheckReport {
    /// What would become of one mail from the sender.
    mutating func mail(_ arrival: Arrival<Recognition>, _ now: Date) {
        let what =
            if let issuedAt = arrival.reading.issuedAt {
                Text("uid \(arrival.uid) issued at \(RFC3339.format(issuedAt))")
            } else { Text("uid \(arrival.uid)") }
        switch arrival.reading.verdict {
        case .accepted:
            let isOver = arrival.reading.expiresAt.map { $0 <= now } ?? false
            let state =
                switch arrival.mark {
                case .used: "used"
                case .rejected: "rejected"
                case .none, .claimed, .flagged: isOver ? "expired" : Self.open(arrival.mark)
                }
            good("mail", "\(what): accepted, \(state)")
        case .refused(let refusal):
            note("mail", "\(what): refused: \(refusal.reason.rawValue): \(refusal.detail)")
        }
    }

    private static func open(_ mark: MarkState) -> String {
        switch mark {
        case .claimed: "claimed"
        case .flagged: "flagged"
        case .none, .used, .rejected: "available"
        }
    }
}
