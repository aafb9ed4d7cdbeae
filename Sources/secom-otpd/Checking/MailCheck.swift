import FoundationEssentials
import Handoff
import IMAP
import Recognition

extension CheckReport {
    /// What would become of one mail from the sender.
    mutating func mail(_ arrival: Arrival<Recognition>, _ now: Date) {
        let issuedAt = arrival.reading.issuedAt.map(RFC3339.format)
        let what = "uid \(arrival.uid)\(issuedAt.map { " issued at \($0)" } ?? "")"
        let japanese = "uid \(arrival.uid)\(issuedAt.map { " 発行 \($0)" } ?? "")"
        switch arrival.reading.verdict {
        case .accepted:
            let isOver = arrival.reading.expiresAt.map { $0 <= now } ?? false
            let state =
                switch arrival.mark {
                case .used: "used"
                case .rejected: "rejected"
                case .none, .claimed, .flagged: isOver ? "expired" : Self.open(arrival.mark)
                }
            good("mail", .init("\(what): accepted, \(state)", "\(japanese): 受理 (\(state))"))
        case .refused(let refusal):
            let reason = "\(refusal.reason.rawValue): \(refusal.detail)"
            note("mail", .init("\(what): refused: \(reason)", "\(japanese): 拒否: \(reason)"))
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
