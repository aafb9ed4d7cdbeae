import FoundationEssentials
import IMAP
import Ledger
import Recognition

/// Takes what the mailboxes tell to the custodian, the journal and systemd.
struct MailboxEventHandler {
    let mailboxes: WatchedMailboxes
    let custodian: Custodian
    let journal: Journal
    let notification: ServiceNotification

    /// Until the task is cancelled.
    func run() async {
        for await event in mailboxes.events {
            switch event {
            case .left(let mailbox):
                await custodian.left(mailbox)
                notification.status(summary)
            case .mailbox(let mailbox, let event): await take(event, mailbox)
            }
        }
    }

    private func take(_ event: MailboxEvent<Recognition>, _ mailbox: String) async {
        switch event {
        case .opened(let uidValidity):
            await custodian.opened(mailbox, uidValidity: uidValidity)
        case .watching:
            if let status = mailboxes.status(of: mailbox) { journal.watching(mailbox, status) }
            notification.status(summary)
        case .arrived(let arrivals):
            for arrival in arrivals { await take(arrival, mailbox) }
        case .changed(let uidValidity, let messages):
            for flags in messages {
                let id = PasswordID(mailbox: mailbox, uidValidity: uidValidity, uid: flags.uid)
                await custodian.changed(id, Keywords.record(flags))
            }
        case .vanished(let uidValidity, let uids):
            for uid in uids {
                await custodian.vanished(PasswordID(mailbox: mailbox, uidValidity: uidValidity, uid: uid))
            }
        case .unfetchable(let uidValidity, let uids):
            // When it was issued nobody knows: it is of use for as long as one that came just now, at the most.
            let expiresAt = Date().addingTimeInterval(mailboxes.validFor)
            for uid in uids {
                await custodian.refused(
                    PasswordID(mailbox: mailbox, uidValidity: uidValidity, uid: uid), reason: Ledger.unfetchable,
                    recipient: nil, issuedAt: nil, expiresAt: expiresAt)
            }
        case .refused(let error): journal.refused(mailbox, error)
        case .leftOut(let what): journal.leftOut(mailbox, what)
        case .interrupted(let error, let retryIn):
            journal.interrupted(mailbox, error, retryIn: retryIn)
            notification.status(summary)
        }
    }

    private func take(_ arrival: Arrival<Recognition>, _ mailbox: String) async {
        let id = PasswordID(mailbox: mailbox, uidValidity: arrival.uidValidity, uid: arrival.flags.uid)
        let recognition = arrival.reading
        switch recognition.verdict {
        case .accepted(let found):
            let issuedAt = found.issuedAt ?? Date()
            let password = Password(
                id: id, recipient: found.recipient, secret: found.password, loginURL: found.loginURL.description,
                issuedAt: issuedAt, expiresAt: found.expiresAt ?? issuedAt)
            await custodian.arrived(password, Keywords.record(arrival.flags))
        case .refused(let refusal):
            await custodian.refused(
                id, reason: refusal.summary, recipient: recognition.recipient, issuedAt: recognition.issuedAt,
                expiresAt: recognition.expiresAt)
        }
    }

    /// What `systemctl status` shows.
    var summary: String {
        let reports = mailboxes.reports
        let watching = reports.filter { $0.state == "watching" }.map(\.name)
        let others = reports.filter { $0.state != "watching" }.map { "\($0.name) (\($0.state))" }
        let names = watching.isEmpty ? "nothing yet" : watching.joined(separator: ", ")
        return "Watching \(names)" + (others.isEmpty ? "" : "; not watching \(others.joined(separator: ", "))")
    }
}
