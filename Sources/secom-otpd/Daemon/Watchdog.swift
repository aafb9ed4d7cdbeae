import Glibc
import Ledger
import ProcessRuntime

/// Feeds systemd's watchdog (WatchdogSec=), as long as every mailbox lives and the custodian answers: not because this
/// process runs, but because it does its work.
struct Watchdog {
    private let mailboxes: WatchedMailboxes
    private let custodian: Custodian
    private let notification: ServiceNotification
    private let executor: EventLoopExecutor
    private let interval: Duration

    /// Nil where the unit asks for none. sd_watchdog_enabled(3)
    init?(
        mailboxes: WatchedMailboxes, custodian: Custodian, notification: ServiceNotification,
        executor: EventLoopExecutor
    ) {
        defer { for name in ["WATCHDOG_USEC", "WATCHDOG_PID"] { unsetenv(name) } }
        if let pid = getenv("WATCHDOG_PID").map({ String(cString: $0) }), pid_t(pid) != getpid() { return nil }
        guard let text = getenv("WATCHDOG_USEC").map({ String(cString: $0) }), let microseconds = Int64(text),
            microseconds > 0
        else { return nil }
        self.mailboxes = mailboxes
        self.custodian = custodian
        self.notification = notification
        self.executor = executor
        interval = .microseconds(microseconds / 2)
    }

    /// Until the task is cancelled.
    func run() async {
        while !Task.isCancelled {
            _ = await custodian.statuses
            if mailboxes.isAlive { notification.alive() }
            try? await executor.sleep(for: interval)
        }
    }
}
