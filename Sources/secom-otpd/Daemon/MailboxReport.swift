import FoundationEssentials
import Handoff
import IMAP
import Messages

extension MailboxReport {
    /// What Status tells of a mailbox in this state.
    init(_ name: String, _ status: MailboxStatus) {
        let date = { (seconds: Double?) in seconds.map { Date(timeIntervalSince1970: $0) } }
        self.init(
            name: name, state: status.state.rawValue, arrival: status.arrival?.rawValue,
            claims: status.claims?.rawValue,
            lastRoundTripAt: date(status.lastRoundTripAt), lastArrivalAt: date(status.lastArrivalAt),
            nextAttemptAt: date(status.nextAttemptAt), reconnects: status.reconnects,
            error: Self.error(status) ?? (status.isReadOnly ? Text("the folder is read-only: claims fail") : nil))
        advice = (status.error ?? (status.isReadOnly ? .readOnly : nil))?.advice
    }

    /// Why it is not watched; and until when, where the server has enough for now.
    private static func error(_ status: MailboxStatus) -> Text? {
        guard let error = status.error else { return nil }
        switch (error, status.nextAttemptAt) {
        case (.throttled, let next?), (.tooManyConnections, let next?):
            return Text("\(error); until \(RFC3339.format(Date(timeIntervalSince1970: next.rounded())))")
        default: return error.text
        }
    }
}
