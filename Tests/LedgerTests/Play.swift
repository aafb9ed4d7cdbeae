import FoundationEssentials
import Secrets
import Trials

@testable import Ledger

/// A ledger that is played with: each event returns what it wanted done, as the tests write it, the log left out.
struct Play {
    var ledger: Ledger
    var seconds = 1.0

    /// Mailboxes that are open and searched.
    init(_ mailboxes: String..., keepsMarks: Bool = true, takesAway: Bool = false, memory: Memory = Memory()) {
        ledger = Ledger(mailboxes: Set(mailboxes), memory: memory)
        for mailbox in mailboxes {
            _ = open(mailbox, keepsMarks: keepsMarks, takesAway: takesAway)
            _ = searched(mailbox)
        }
    }

    private var now: Moment { moment(seconds) }

    private func told(_ actions: [Ledger.Action]) -> [String] {
        actions.compactMap { if case .entered = $0 { nil } else { $0.told } }
    }

    mutating func open(
        _ mailbox: String, account: String? = nil, uidValidity: UInt32 = 1, uidNext: UInt32? = 1,
        keepsMarks: Bool = true,
        takesAway: Bool = false
    ) -> [String] {
        told(
            ledger.opened(
                mailbox, WatchedMailbox(account: account ?? mailbox, takesAway: takesAway), uidValidity: uidValidity,
                uidNext: uidNext, keepsMarks: keepsMarks, now: now))
    }
    mutating func searched(_ mailbox: String) -> [String] { told(ledger.searched(mailbox, now: now)) }
    mutating func closed(_ mailbox: String) -> [String] { told(ledger.closed(mailbox, reason: "away", now: now)) }
    mutating func takesMarksAgain(_ mailbox: String) -> [String] { told(ledger.takesMarksAgain(mailbox, now: now)) }
    mutating func left(_ mailbox: String) -> [String] { told(ledger.left(mailbox, now: now)) }

    mutating func arrived(
        _ id: PasswordID, _ word: String = "abcdefghij", _ record: Record = .unmarked, date: Int64? = nil,
        recipient: String? = nil, issued: Double = 0
    ) -> [String] {
        told(
            ledger.arrived(
                password(id, secret(word), recipient: recipient, issued: issued), record, internalDate: date, now: now))
    }
    mutating func changed(_ id: PasswordID, _ record: Record) -> [String] {
        told(ledger.changed(id, record, now: now))
    }
    mutating func vanished(_ id: PasswordID) -> [String] { told(ledger.vanished(id, now: now)) }

    mutating func claim(_ number: UInt64, _ filter: ClaimFilter = ClaimFilter(), wait: Double = 100) -> [String] {
        told(ledger.claim(claimant(number, filter, until: seconds + wait), now: now))
    }
    mutating func settle(_ id: PasswordID, _ outcome: Outcome, call: UInt64 = 1) -> [String] {
        told(ledger.settle("\(id)", outcome, call: call, now: now))
    }
    mutating func hangUp(_ connection: UInt64) -> [String] { told(ledger.connectionEnded(connection, now: now)) }

    /// The server's answer to a change of this mail's record.
    mutating func answer(_ id: PasswordID, _ change: RecordChange, _ result: RecordResult) -> [String] {
        guard let key = ledger.messages[id]?.key else { return ["\(id) is not known"] }
        return told(ledger.recordChanged(id, change, key, result, now: now))
    }
    mutating func pass(_ duration: Double) -> [String] {
        seconds += duration
        return told(ledger.tick(now: now))
    }

    /// Given to this claimant, its mark made.
    mutating func give(_ id: PasswordID, to number: UInt64 = 1) -> [String] {
        _ = claim(number)
        return answer(id, .claim, .done)
    }

    func state(_ id: PasswordID) -> String {
        guard let status = ledger.statuses(now: now).first(where: { $0.id == id }) else { return "unknown" }
        return "\(status.state)" + (status.reason.map { " \($0)" } ?? "")
    }
}
