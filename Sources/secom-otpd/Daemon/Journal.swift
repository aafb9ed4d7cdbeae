import Glibc
import Handoff
import IMAP
import Ledger
import Logging
import Messages
import ProcessRuntime
import Recognition

/// Everything that the daemon ever logs: one function per event, with fixed fields. Anything without a function cannot reach the log.
struct Journal: Sendable {
    private let logger: Logger

    init() { logger = Logger(label: "secom-otpd") { _ in JournalLogHandler() } }

    /// Writes what is still to be written, if that goes.
    func flush() { LineOutlet.standardError.flush(within: .seconds(1)) }

    func started(version: String, mailboxes: Int, socket: String) {
        logger.notice(
            "started", metadata: ["version": "\(version)", "mailboxes": "\(mailboxes)", "socket": "\(socket)"])
    }

    /// The configuration was read again. These keys of it count at the next start only.
    func reloaded(mailboxes: Int, needsRestart: [String]) {
        logger.notice("reloaded", metadata: ["mailboxes": "\(mailboxes)"])
        if !needsRestart.isEmpty {
            logger.warning("reload-incomplete", metadata: ["needs-restart": "\(needsRestart.joined(separator: ","))"])
        }
    }

    /// The configuration is wrong in these ways, one a line, and the one before stays.
    func reloadRefused(_ errors: String) {
        for line in errors.split(separator: "\n") {
            logger.error("reload-refused", metadata: ["error": "\(line)"])
        }
    }

    /// A mailbox's thread has stopped responding: the watchdog is no longer fed, and systemd will restart the daemon.
    func hanging() { logger.critical("mailbox-thread-hangs", metadata: ["effect": "the watchdog is no longer fed"]) }

    /// There may be fewer descriptors than mailboxes and clients can need.
    func fewDescriptors(limit: Int, connections: Int) {
        logger.warning(
            "few-descriptors",
            metadata: [
                "limit": "\(limit)", "connections": "\(connections)",
                "effect": "fewer clients are served at once, and mailboxes may have to wait; raise LimitNOFILE=",
            ])
    }

    func stopping() { logger.notice("stopping") }

    func watching(_ mailbox: String, _ status: MailboxStatus) {
        logger.notice(
            "mailbox-watching",
            metadata: [
                "mailbox": "\(mailbox)", "arrival": "\(status.arrival?.rawValue ?? "none")",
                "claims": "\(status.claims?.rawValue ?? "none")",
            ])
        if status.isReadOnly {
            logger.warning(
                "mailbox-read-only",
                metadata: ["mailbox": "\(mailbox)", "effect": "claims fail until the folder is writable"])
        }
    }

    /// The server sent something that made no sense: reported once. It was left out, and the rest of the response counts.
    func leftOut(_ mailbox: String, _ what: String) {
        logger.warning("response-not-understood", metadata: ["mailbox": "\(mailbox)", "left-out": "\(what)"])
    }

    /// The server refused something, and the session continues without it.
    func refused(_ mailbox: String, _ error: IMAPError) {
        logger.warning("mailbox-refusal", metadata: ["mailbox": "\(mailbox)", "error": "\(error)"])
    }

    /// The server is throttling: the session stays, and nothing is asked for this long.
    func throttled(_ mailbox: String, _ error: IMAPError, for duration: Duration) {
        logger.warning(
            "mailbox-throttled",
            metadata: [
                "mailbox": "\(mailbox)", "error": "\(error)",
                "asked-again-in": "\(max(duration.components.seconds, 1))s",
            ])
    }

    /// The server has taken a mark and does not show it: a restart forgets what was claimed.
    func marksNotKept(_ mailbox: String) {
        logger.warning("marks-not-kept", metadata: ["mailbox": "\(mailbox)"])
    }

    func interrupted(_ mailbox: String, _ error: IMAPError, retryIn: Duration) {
        let level: Logger.Level =
            switch error {
            case .loginRefused: .error
            case .tokenRefused: retryIn > .zero ? .error : .warning
            default: .warning
            }
        logger.log(
            level: level, "mailbox-interrupted",
            metadata: [
                "mailbox": "\(mailbox)", "error": "\(error)", "retry-in": "\(max(retryIn.components.seconds, 1))s",
            ])
    }

    /// What the ledger has to say.
    func ledger(_ news: LedgerNews) {
        switch news {
        case .entered(let id, let state, let reason, let detail, let holder):
            entered(id, state, reason: reason, detail: detail, holder: holder)
        case .forgotten(let id):
            logger.warning(
                "password-forgotten",
                metadata: [
                    "mailbox": "\(id.mailbox)", "uid": "\(id.uid)", "password-id": "\(id)",
                    "effect": "too many mails from the sender",
                ])
        }
    }

    /// What is to outlast a restart could not be written into the runtime directory.
    func memoryNotKept(_ error: Int32) {
        logger.warning(
            "memory-not-kept",
            metadata: [
                "error": "\(String(cString: strerror(error)))",
                "effect": "after a restart, mails without a mark are in doubt or handed out again",
            ])
    }

    /// A mail is in this state now. A refusal is a warning: it came from the sender, so perhaps the wording has changed.
    private func entered(_ id: PasswordID, _ state: PasswordState, reason: String?, detail: Text?, holder: Caller?) {
        var fields: Logger.Metadata = [
            "mailbox": "\(id.mailbox)", "uid": "\(id.uid)", "password-id": "\(id)", "state": "\(state.rawValue)",
        ]
        if let reason { fields["reason"] = "\(reason)" }
        if let detail { fields["detail"] = "\(detail)" }
        if let holder {
            fields["claimant-uid"] = "\(holder.user)"
            fields["claimant-pid"] = "\(holder.process)"
        }
        logger.log(level: state == .refused ? .warning : .info, "password", metadata: fields)
    }

    /// The server refused to write down what became of a password, or to do what after_use asks.
    func notWrittenDown(_ id: PasswordID, _ error: IMAPError) {
        logger.warning(
            "settlement-refused",
            metadata: ["mailbox": "\(id.mailbox)", "uid": "\(id.uid)", "password-id": "\(id)", "error": "\(error)"])
    }

    /// What became of passwords that are pushed to the worker's socket.
    func pushed(_ report: WorkerPush.Report) {
        switch report {
        case .unreachable(let reason): logger.warning("worker-unreachable", metadata: ["error": "\(reason)"])
        case .reachable: logger.notice("worker-reachable")
        case .delivered(let id, let outcome):
            logger.info(
                "worker-delivered",
                metadata: [
                    "mailbox": "\(id.mailbox)", "uid": "\(id.uid)", "password-id": "\(id)",
                    "outcome": "\(outcome.rawValue)",
                ])
        case .giveUp(let id, let time):
            logger.warning(
                "worker-silent",
                metadata: [
                    "mailbox": "\(id.mailbox)", "uid": "\(id.uid)", "password-id": "\(id)", "waited": "\(time.text)",
                    "effect": "the password is in doubt",
                ])
        case .broken(let id, let reason):
            logger.warning(
                "worker-broken",
                metadata: [
                    "mailbox": "\(id.mailbox)", "uid": "\(id.uid)", "password-id": "\(id)", "error": "\(reason)",
                ])
        }
    }
}
