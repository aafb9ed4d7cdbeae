import FoundationEssentials
import Handoff
import IMAP
import Ledger
import Messages
import ProcessRuntime
import Synchronization

/// The running daemon's own check of its mailboxes, in its sandbox and with its credentials, each on a separate connection and thread:
/// the watches are not affected.
final class DaemonCheck: MailboxChecks {
    /// All of it, however many mailboxes there are: whoever asks has 90 seconds.
    private static let longest: Duration = .seconds(80)
    /// A check is not begun with less: most take a second or two. A command that is asked for a credential may take half a minute, and is
    /// ended by nothing else.
    private static func least(_ mailbox: Configuration.Mailbox) -> Duration {
        switch mailbox.login {
        case .password(.command), .oauth2Token(.command): .seconds(40)
        case .password, .oauth2Token: .seconds(12)
        }
    }
    /// One that is not over by then hangs in a file that cannot be read, and keeps no other waiting.
    private static let givenUp: Duration = .seconds(150)

    private struct State {
        var memory = LookMemory()
        /// Of the check that is under way: its number, and since when.
        var current: (number: Int, since: ContinuousClock.Instant)?
        var number = 0
        var looks: [Int: Ends] = [:]
        var isStopped = false
    }

    /// What ends one look at once.
    private struct Ends {
        let stop = ProbeStop()
        let halt = Halt()
        func signal() {
            stop.signal()
            halt.halt()
        }
    }

    private let mailboxes: WatchedMailboxes
    private let state = Mutex(State())

    init(_ mailboxes: WatchedMailboxes) { self.mailboxes = mailboxes }

    /// Ends every look that is under way; from now on none is begun.
    func stop() {
        let looks = state.withLock { state in
            state.isStopped = true
            return Array(state.looks.values)
        }
        for look in looks { look.signal() }
    }

    func check(
        _ name: String?, in language: Language, tell: @escaping @Sendable (CheckAnswer) async -> Void
    ) async throws(CheckError) -> CheckAnswer {
        let (configuration, generation) = mailboxes.configuration
        let chosen = configuration.mailboxes.filter { name == nil || $0.name == name }
        if let name, chosen.isEmpty { throw .unknownMailbox(name) }
        let number = try begin(generation)
        defer { end(number) }
        let limit = ContinuousClock.now + Self.longest
        let form = CheckForm(mailboxes: chosen.count)
        var preface = CheckReport()
        if name == nil { preface.configuration(configuration) }
        var summary = CheckSummary()
        var last = CheckAnswer(lines: [], isOK: true)
        await Looks.run(chosen, account: Self.lanes(configuration)) { mailbox in
            await self.look(mailbox, configuration, generation, until: limit)
        } tell: { index, checked in
            summary.add(checked)
            let before = index == 0 ? preface.text(in: language) : []
            var lines = before + checked.text(form, isFirst: index == 0 && before.isEmpty, in: language)
            if index == chosen.count - 1 { lines += summary.text(form, in: language) }
            last = CheckAnswer(lines: lines, isOK: !checked.report.isBad)
            if index < chosen.count - 1 { await tell(last) }
        }
        return last
    }

    // MARK: One at a time

    private func begin(_ generation: Int) throws(CheckError) -> Int {
        let now = ContinuousClock.now
        let number: Int? = state.withLock { state in
            if let current = state.current, current.since + Self.givenUp > now { return nil }
            state.number += 1
            state.current = (state.number, now)
            state.memory.configured(generation)
            return state.number
        }
        guard let number else { throw .busy }
        return number
    }

    private func end(_ number: Int) {
        state.withLock { if $0.current?.number == number { $0.current = nil } }
    }

    // MARK: A mailbox

    /// Which mailboxes are looked at one after the other: those of one account, whose server has a limit for its connections, and more
    /// where descriptors are few.
    private static func lanes(_ configuration: Configuration) -> (Configuration.Mailbox) -> String? {
        let count = DescriptorUse(configuration).looks(of: DescriptorLimit.now)
        var lanes: [String: Int] = [:]
        func account(_ mailbox: Configuration.Mailbox) -> String { "\(mailbox.user)\n\(mailbox.endpoint.name)" }
        for mailbox in configuration.mailboxes where lanes[account(mailbox)] == nil {
            lanes[account(mailbox)] = lanes.count % count
        }
        return { [lanes] mailbox in lanes[account(mailbox)].map { "\($0)" } }
    }

    private func look(
        _ mailbox: Configuration.Mailbox, _ configuration: Configuration, _ generation: Int,
        until limit: ContinuousClock.Instant
    ) async -> CheckedMailbox {
        let name = mailbox.name
        // Its file may be on a server: not on the event loop.
        let wantsStamp = state.withLock { $0.memory.wantsStamp(name) }
        let stamp = wantsStamp ? try? await beside("check") { mailbox.login.stamp } : nil
        let status = mailboxes.status(of: name)
        let wall = Date().timeIntervalSince1970
        let decision = state.withLock { $0.memory.decide(name, status, stamp: stamp, now: .now, wall: wall) }
        switch decision {
        case .again(var checked, let age):
            checked.isOf(age: age)
            return checked
        case .heldBack(let error, let until):
            return CheckedMailbox(
                .heldBack(error, until: until), mailbox, configuration, isWatched: isWatched(name), now: Date())
        case .look: break
        }
        guard ContinuousClock.now + Self.least(mailbox) <= limit, let (number, ends) = begin(name) else {
            return CheckedMailbox(.noTime, mailbox, configuration, now: Date())
        }
        let (settings, used) = settings(mailbox, configuration, ends.halt)
        let (rules, poison) = (configuration.rules, mailboxes.poison)
        let probe = await Probe.look(
            settings, afterUse: AfterUse(mailbox.afterUse),
            atMost: min(.seconds(55), ContinuousClock.now.duration(to: limit) - .seconds(5)), stop: ends.stop
        ) { MailReading.read($0, PasswordID(mailbox: name, $0), rules, poison) }
        let checked = CheckedMailbox(
            .looked(probe), mailbox, configuration, isWatched: isWatched(name), now: Date())
        state.withLock {
            $0.looks[number] = nil
            $0.memory.ended(name, checked, probe.error, stamp: used.value, generation: generation, at: .now)
        }
        return checked
    }

    private func isWatched(_ mailbox: String) -> Bool { mailboxes.status(of: mailbox)?.state == .watching }

    /// Nil once the daemon stops.
    private func begin(_ mailbox: String) -> (number: Int, ends: Ends)? {
        state.withLock { state in
            guard !state.isStopped else { return nil }
            let ends = Ends()
            state.number += 1
            state.looks[state.number] = ends
            state.memory.began(mailbox, at: .now)
            return (state.number, ends)
        }
    }

    /// With what the credential that is used looks like from outside, once it is.
    private func settings(
        _ mailbox: Configuration.Mailbox, _ configuration: Configuration, _ halt: Halt
    ) -> (MailboxSettings, UsedStamp) {
        let (login, used) = (mailbox.login, UsedStamp())
        var settings = MailboxSettings(mailbox, configuration, halt: halt)
        settings.credential = { () throws(CredentialError) in
            used.set(login.stamp)
            return try login.credential(halt)
        }
        return (settings, used)
    }
}

/// Noted on the check's own thread.
private final class UsedStamp: Sendable {
    private let stamp = Mutex<[Int]>([])
    func set(_ new: [Int]) { stamp.withLock { $0 = new } }
    var value: [Int] { stamp.withLock { $0 } }
}
