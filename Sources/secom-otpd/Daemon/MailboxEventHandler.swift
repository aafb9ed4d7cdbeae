import FoundationEssentials
import IMAP
import Ledger
import Recognition

/// Passes the mailboxes' events on to the custodian, the journal and systemd.
struct MailboxEventHandler {
    let mailboxes: WatchedMailboxes
    let custodian: Custodian
    let journal: Journal
    let notification: ServiceNotification

    /// Until the task is cancelled. After each event the event loop has its turn: a flood of them keeps no client waiting.
    func run() async {
        while let (mailbox, event) = await mailboxes.news.next() {
            switch event {
            case .left:
                await custodian.left(mailbox)
                notification.status(summary)
            case .answered(let id, let change, let key, let result):
                await custodian.recordChanged(id, change, key, result)
            case .mailbox(let event, let watched): await take(event, mailbox, watched)
            }
            await Task.yield()
        }
    }

    private func take(_ event: MailboxEvent<Recognition>, _ mailbox: String, _ watched: WatchedMailbox) async {
        switch event {
        case .opened(let opened):
            await custodian.opened(
                mailbox, watched, uidValidity: opened.uidValidity, uidNext: opened.uidNext,
                keepsMarks: opened.keepsMarks)
        case .searched: await custodian.searched(mailbox)
        case .marksNotKept:
            journal.marksNotKept(mailbox)
            await custodian.keepsNoMarks(mailbox)
        case .closed:
            let error = mailboxes.status(of: mailbox)?.error
            await custodian.closed(mailbox, reason: error?.text ?? IMAPError.notConnected.text)
        case .watching:
            if let status = mailboxes.status(of: mailbox) { journal.watching(mailbox, status) }
            notification.status(summary)
        case .arrived(let arrivals):
            for arrival in arrivals {
                await take(arrival, mailbox)
                await Task.yield()
            }
        case .changed(let uidValidity, let messages):
            for message in messages {
                let id = PasswordID(mailbox: mailbox, uidValidity: uidValidity, uid: message.uid)
                await custodian.changed(id, Record(message.mark))
            }
        case .vanished(let uidValidity, let uids):
            for uid in uids {
                await custodian.vanished(PasswordID(mailbox: mailbox, uidValidity: uidValidity, uid: uid))
            }
        case .unfetchable(let uidValidity, let uids):
            // When it was issued nobody knows: it is of use for as long as one that came just now, at most.
            let expiresAt = Date().addingTimeInterval(mailboxes.validFor)
            for uid in uids {
                await custodian.refused(
                    PasswordID(mailbox: mailbox, uidValidity: uidValidity, uid: uid), reason: Ledger.unfetchable,
                    recipient: nil, issuedAt: nil, expiresAt: expiresAt)
            }
        case .throttled(let error, let duration): journal.throttled(mailbox, error, for: duration)
        case .throttlingEnded: await custodian.takesMarksAgain(mailbox)
        case .refused(let error): journal.refused(mailbox, error)
        case .leftOut(let what): journal.leftOut(mailbox, what)
        case .interrupted(let error, let retryIn):
            journal.interrupted(mailbox, error, retryIn: retryIn)
            notification.status(summary)
        }
    }

    private func take(_ arrival: Arrival<Recognition>, _ mailbox: String) async {
        let id = PasswordID(mailbox: mailbox, uidValidity: arrival.uidValidity, uid: arrival.uid)
        let recognition = arrival.reading
        switch recognition.verdict {
        case .accepted where arrival.isTooOld:
            await custodian.expired(
                id, Record(arrival.mark), recipient: recognition.recipient, issuedAt: recognition.issuedAt,
                expiresAt: recognition.expiresAt, internalDate: arrival.internalDate)
        case .accepted(let found):
            let issuedAt = found.issuedAt ?? Date()
            let password = Password(
                id: id, recipient: found.recipient, secret: found.password, loginURL: found.loginURL.description,
                issuedAt: issuedAt, expiresAt: found.expiresAt ?? issuedAt)
            await custodian.arrived(password, Record(arrival.mark), internalDate: arrival.internalDate)
        case .refused(let refusal):
            await custodian.refused(
                id, reason: refusal.reason.rawValue, detail: refusal.remedy, recipient: recognition.recipient,
                issuedAt: recognition.issuedAt, expiresAt: recognition.expiresAt, internalDate: arrival.internalDate)
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
