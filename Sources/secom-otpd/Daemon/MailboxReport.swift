import FoundationEssentials
import Handoff
import IMAP

extension MailboxReport {
    /// What Status tells of a mailbox in this state.
    init(_ name: String, _ status: MailboxStatus) {
        let date = { (seconds: Double?) in seconds.map { Date(timeIntervalSince1970: $0) } }
        self.init(
            name: name, state: status.state.rawValue, arrival: status.arrival?.rawValue,
            claims: status.claims?.rawValue,
            lastRoundTripAt: date(status.lastRoundTripAt), lastArrivalAt: date(status.lastArrivalAt),
            nextAttemptAt: date(status.nextAttemptAt), reconnects: status.reconnects,
            error: status.error?.description ?? (status.isReadOnly ? "the folder is read-only: claims fail" : nil))
    }
}
