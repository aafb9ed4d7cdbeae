import FoundationEssentials
import Handoff
import IMAP
import Ledger
import Recognition

/// The mailboxes of one configuration, and the way between them and the custodian.
final class MailboxBoard: Sendable {
    typealias Event = (mailbox: String, event: MailboxEvent<Recognition>)

    private let mailboxes: [String: Mailbox<Recognition>]
    private let afterUse: [String: Configuration.AfterUse]
    private let claimMark: Configuration.ClaimMark
    private let journal: Journal
    /// What happens in all of them, each one's in its order.
    let events: AsyncStream<Event>

    /// Starts to watch all mailboxes.
    init(_ configuration: Configuration, _ record: ReadingRecord?, _ journal: Journal) {
        self.journal = journal
        let (events, continuation) = AsyncStream.makeStream(of: Event.self)
        self.events = events
        claimMark = configuration.claimMark
        var mailboxes: [String: Mailbox<Recognition>] = [:]
        var afterUse: [String: Configuration.AfterUse] = [:]
        let rules = configuration.rules
        for mailbox in configuration.mailboxes {
            afterUse[mailbox.name] = mailbox.afterUse
            mailboxes[mailbox.name] = Mailbox(
                MailboxSettings(mailbox, configuration),
                read: { Self.read($0, PasswordID(mailbox: mailbox.name, $0), rules, record) },
                deliver: { continuation.yield((mailbox.name, $0)) })
        }
        self.mailboxes = mailboxes
        self.afterUse = afterUse
    }

    /// The same under record: a mail that killed the daemon is refused unread.
    private static func read(
        _ message: FetchedMessage, _ id: PasswordID, _ rules: RecognitionRules, _ record: ReadingRecord?
    ) -> Interest<Recognition> {
        guard let record else { return read(message, rules) }
        if record.isPoison(id.description) {
            return .keep(Recognition(refused: Refusal(.malformed, "reading it has taken the daemon down before")))
        }
        return record.reading(id.description) { read(message, rules) }
    }

    /// What a message is, as far as it was fetched.
    static func read(_ message: FetchedMessage, _ rules: RecognitionRules) -> Interest<Recognition> {
        let recognition = Recognition(
            of: message.bytes, internalDate: message.internalDate.map { Date(timeIntervalSince1970: Double($0)) },
            isTruncated: message.isTruncated, rules: rules)
        if recognition.needsMore, !message.isAllThereIs { return .whole }
        return recognition.refusal?.reason == .wrongSender ? .none : .keep(recognition)
    }

    func status(of mailbox: String) -> MailboxStatus? { mailboxes[mailbox]?.status }

    /// All of them live: see ``Mailbox/isAlive``.
    var isAlive: Bool { mailboxes.values.allSatisfy(\.isAlive) }

    /// In the order of their names.
    var reports: [MailboxReport] {
        mailboxes.sorted { $0.key < $1.key }.map { name, mailbox in MailboxReport(name, mailbox.status) }
    }

    func stop() async {
        await withTaskGroup { group in
            for mailbox in mailboxes.values { group.addTask { await mailbox.stop() } }
        }
    }
}

extension MailboxBoard: RecordKeeper {
    func change(_ id: PasswordID, _ change: RecordChange, answer: @escaping @Sendable (RecordResult) -> Void) {
        guard claimMark == .mailbox else { return answer(.done) }
        guard let mailbox = mailboxes[id.mailbox], let afterUse = afterUse[id.mailbox] else {
            return answer(.failed(reason: "the mailbox is not configured any more"))
        }
        mailbox.mark(uidValidity: id.uidValidity, uid: id.uid, Keywords.mark(change, afterUse)) { [journal] result in
            // What was settled stays so; but the mail is not marked, or not where after_use wants it.
            if case .settle = change, case .failed(.refused(let command, let code)) = result {
                journal.notWrittenDown(id, .refused(command: command, code: code))
            }
            answer(Keywords.result(result))
        }
    }

    func await(_ mailbox: String, until date: Date?) {
        mailboxes[mailbox]?.await(for: date.map { .seconds(max($0.timeIntervalSinceNow, 0)) })
    }
}

extension MailboxSettings {
    init(_ mailbox: Configuration.Mailbox, _ configuration: Configuration) {
        let login = mailbox.login
        self.init(
            name: mailbox.name, endpoint: mailbox.endpoint, user: mailbox.user,
            credential: { () throws(CredentialError) in try login.credential() }, folder: mailbox.folder,
            poll: mailbox.poll,
            eagerPoll: mailbox.eagerPoll, sender: configuration.rules.from, lookBack: configuration.rules.validFor,
            isWritable: configuration.claimMark == .mailbox)
    }
}

extension MailboxReport {
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

extension PasswordID {
    init(mailbox: String, _ message: FetchedMessage) {
        self.init(mailbox: mailbox, uidValidity: message.uidValidity, uid: message.flags.uid)
    }
}
