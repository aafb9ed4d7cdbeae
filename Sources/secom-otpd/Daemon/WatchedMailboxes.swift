import FoundationEssentials
import Handoff
import IMAP
import Ledger
import Recognition
import Synchronization

/// The mailboxes that are watched, and the way between them and the custodian.
final class WatchedMailboxes: Sendable {
    enum Event: Sendable {
        case mailbox(String, MailboxEvent<Recognition>)
        /// The configuration has it no longer, or has changed it: it is watched no longer, or anew after this.
        case left(String)
    }

    private struct Watched: Sendable {
        let configuration: Configuration.Mailbox
        let mailbox: Mailbox<Recognition>
    }

    private struct State: Sendable {
        var watched: [String: Watched] = [:]
        var rules: RecognitionRules
        var claimMark: Configuration.ClaimMark
        /// What was settled and is not marked yet.
        var owed: [PasswordID: (change: RecordChange, isRepeated: Bool)] = [:]
    }

    private let state: Mutex<State>
    private let poison: PoisonMessages?
    private let journal: Journal
    /// What happens in all of them, each one's in its order.
    let events: AsyncStream<Event>
    private let continuation: AsyncStream<Event>.Continuation

    /// Starts to watch all mailboxes.
    init(_ configuration: Configuration, _ poison: PoisonMessages?, _ journal: Journal) {
        self.poison = poison
        self.journal = journal
        (events, continuation) = AsyncStream.makeStream(of: Event.self)
        state = Mutex(State(rules: configuration.rules, claimMark: configuration.claimMark))
        for mailbox in configuration.mailboxes { watch(mailbox, configuration) }
    }

    /// Ends the watch of mailboxes that are gone, begins that of new ones, and begins anew that of changed ones. The others
    /// go on undisturbed where they are watched, and are tried again at once where they are not. None waits for another.
    func apply(_ configuration: Configuration) async {
        let (isAllNew, before) = state.withLock { state in
            let isAllNew = (state.rules, state.claimMark) != (configuration.rules, configuration.claimMark)
            (state.rules, state.claimMark) = (configuration.rules, configuration.claimMark)
            return (isAllNew, state.watched)
        }
        let after = Dictionary(configuration.mailboxes.map { ($0.name, $0) }) { first, _ in first }
        await withTaskGroup { group in
            for (name, watched) in before where isAllNew || after[name] != watched.configuration {
                group.addTask {
                    await watched.mailbox.stop()
                    self.continuation.yield(.left(name))
                    if let mailbox = after[name] {
                        if !mailbox.isSameFolder(as: watched.configuration) { self.forgetWhatIsOwed(in: name) }
                        self.watch(mailbox, configuration)
                    } else {
                        self.state.withLock { _ = $0.watched.removeValue(forKey: name) }
                    }
                }
            }
            for (name, watched) in before where !isAllNew && after[name] == watched.configuration {
                watched.mailbox.tryAgain()
            }
            for (name, mailbox) in after where before[name] == nil { watch(mailbox, configuration) }
        }
    }

    private func watch(_ mailbox: Configuration.Mailbox, _ configuration: Configuration) {
        let (rules, poison, continuation) = (configuration.rules, poison, continuation)
        let watched = Watched(
            configuration: mailbox,
            mailbox: Mailbox(
                MailboxSettings(mailbox, configuration),
                read: { MailReading.read($0, PasswordID(mailbox: mailbox.name, $0), rules, poison) },
                deliver: { continuation.yield(.mailbox(mailbox.name, $0)) }))
        state.withLock { $0.watched[mailbox.name] = watched }
    }

    private func mailbox(_ name: String) -> Mailbox<Recognition>? { state.withLock { $0.watched[name]?.mailbox } }
    private var mailboxes: [String: Mailbox<Recognition>] { state.withLock { $0.watched.mapValues(\.mailbox) } }

    /// How long a password is of use, in seconds.
    var validFor: Double { state.withLock { Double($0.rules.validFor.components.seconds) } }

    func status(of mailbox: String) -> MailboxStatus? { self.mailbox(mailbox)?.status }

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

extension WatchedMailboxes: RecordKeeper {
    func change(_ id: PasswordID, _ change: RecordChange, answer: @escaping @Sendable (RecordResult) -> Void) {
        let (claimMark, watched) = state.withLock { ($0.claimMark, $0.watched[id.mailbox]) }
        guard let watched else { return answer(.failed(reason: "the mailbox is not configured any more")) }
        guard claimMark == .mailbox else { return answer(.done) }
        mark(id, change, isRepeated: false, in: watched, answer)
    }

    private func mark(
        _ id: PasswordID, _ change: RecordChange, isRepeated: Bool, in watched: Watched,
        _ answer: @escaping @Sendable (RecordResult) -> Void
    ) {
        let mark = Mark(change, watched.configuration.afterUse, isRepeated: isRepeated)
        watched.mailbox.mark(uidValidity: id.uidValidity, uid: id.uid, mark) { [weak self, journal] result in
            if case .settle = change {
                switch result {
                case .unavailable: self?.state.withLock { $0.owed[id] = (change, isRepeated) }
                case .unknown: self?.state.withLock { $0.owed[id] = (change, true) }
                // What was settled stays so; but the mail is not marked.
                case .refused(let error): journal.notWrittenDown(id, error)
                case .done, .notKept, .lost, .gone: break
                }
            }
            answer(RecordResult(result))
        }
    }

    private func forgetWhatIsOwed(in mailbox: String) {
        state.withLock { $0.owed = $0.owed.filter { $0.key.mailbox != mailbox } }
    }

    /// Marks what could not be marked when it was settled.
    func markWhatIsOwed(in mailbox: String) {
        let (owed, watched) = state.withLock { state in
            let owed = state.owed.filter { $0.key.mailbox == mailbox }
            for id in owed.keys { state.owed[id] = nil }
            return (owed, state.watched[mailbox])
        }
        guard let watched else { return }
        for (id, (change, isRepeated)) in owed { mark(id, change, isRepeated: isRepeated, in: watched) { _ in } }
    }

    func expectMail(in mailbox: String, until date: Date?) {
        self.mailbox(mailbox)?.expectMail(for: date.map { .seconds(max($0.timeIntervalSinceNow, 0)) })
    }
}
