import Handoff
import IMAP
import Ledger
import Recognition
import Synchronization

/// The watched mailboxes, and the connection between them and the custodian.
final class WatchedMailboxes: Sendable {
    private struct Watched: Sendable {
        let configuration: Configuration.Mailbox
        let mailbox: Mailbox<Recognition>
        let halt: Halt

        /// Returns when its thread is done, which is soon.
        func stop() async {
            halt.halt()
            await mailbox.stop()
        }
    }

    private struct State: Sendable {
        var watched: [String: Watched] = [:]
        var configuration: Configuration
        /// How often it has been read again.
        var generation = 0
    }

    private let state: Mutex<State>
    /// The mails that are better left alone.
    let poison: PoisonMessages?
    private let journal: Journal
    private let kept: RuntimeMemory?
    /// What happens in all of them.
    let news = MailboxNews()

    /// Starts to watch all mailboxes.
    init(_ configuration: Configuration, _ poison: PoisonMessages?, _ kept: RuntimeMemory?, _ journal: Journal) {
        self.poison = poison
        self.kept = kept
        self.journal = journal
        state = Mutex(State(configuration: configuration))
        for mailbox in configuration.mailboxes { watch(mailbox, configuration) }
    }

    /// Ends the watch of mailboxes that are gone, begins that of new ones, and begins again that of changed ones. The others
    /// continue undisturbed where they are watched, and are tried again at once where they are not. None waits for another.
    func apply(_ configuration: Configuration) async {
        let (isAllNew, before) = state.withLock { state in
            let before = state.configuration
            let isAllNew = (before.rules, before.claimMark) != (configuration.rules, configuration.claimMark)
            (state.configuration, state.generation) = (configuration, state.generation + 1)
            return (isAllNew, state.watched)
        }
        let after = Dictionary(configuration.mailboxes.map { ($0.name, $0) }) { first, _ in first }
        await withTaskGroup { group in
            for (name, watched) in before where isAllNew || after[name] != watched.configuration {
                group.addTask {
                    await watched.stop()
                    self.news.add(.left, of: name, mayWait: false)
                    if let mailbox = after[name] {
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
        let (rules, poison, news, halt) = (configuration.rules, poison, news, Halt())
        let ours = WatchedMailbox(account: mailbox.account, takesAway: mailbox.afterUse.takesAway)
        let watched = Watched(
            configuration: mailbox,
            mailbox: Mailbox(
                MailboxSettings(mailbox, configuration, halt: halt),
                read: { MailReading.read($0, PasswordID(mailbox: mailbox.name, $0), rules, poison) },
                deliver: { news.add(.mailbox($0, ours), of: mailbox.name, mayWait: true) }), halt: halt)
        state.withLock { $0.watched[mailbox.name] = watched }
    }

    private func mailbox(_ name: String) -> Mailbox<Recognition>? { state.withLock { $0.watched[name]?.mailbox } }
    private var mailboxes: [String: Mailbox<Recognition>] { state.withLock { $0.watched.mapValues(\.mailbox) } }

    /// What is watched by now, and how often that has been read again.
    var configuration: (Configuration, generation: Int) { state.withLock { ($0.configuration, $0.generation) } }

    /// How long a password is of use, in seconds.
    var validFor: Double { state.withLock { Double($0.configuration.rules.validFor.components.seconds) } }

    func status(of mailbox: String) -> MailboxStatus? { self.mailbox(mailbox)?.status }

    /// In the order of their names.
    var reports: [MailboxReport] {
        mailboxes.sorted { $0.key < $1.key }.map { name, mailbox in MailboxReport(name, mailbox.status) }
    }

    func stop() async {
        await withTaskGroup { group in
            for watched in state.withLock({ $0.watched.values }) { group.addTask { await watched.stop() } }
        }
    }
}

extension WatchedMailboxes: RecordKeeper {
    func change(_ id: PasswordID, _ change: RecordChange, _ key: MessageKey) {
        let watched = state.withLock { $0.watched[id.mailbox] }
        let answer = { @Sendable [news, journal] (result: MarkResult) in
            if case .settle = change, case .refused(let error) = result { journal.notWrittenDown(id, error) }
            news.add(.answered(id, change, key, RecordResult(result)), of: id.mailbox, mayWait: false)
        }
        // Another's mailbox has the name by now, or none has.
        guard let watched, watched.configuration.account == key.account else { return answer(.gone) }
        watched.mailbox.mark(
            uidValidity: key.uidValidity, uid: key.uid, internalDate: key.internalDate,
            Mark(change, watched.configuration.afterUse), answer: answer)
    }

    func expectMail(in mailbox: String, for duration: Duration?) { self.mailbox(mailbox)?.expectMail(for: duration) }

    func remember(_ entry: Memory.Entry) { kept?.keep(entry) }
}
