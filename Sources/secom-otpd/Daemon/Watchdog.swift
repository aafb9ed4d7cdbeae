import Glibc
import IMAP
import ProcessRuntime

/// Feeds systemd's watchdog (WatchdogSec=), as long as no mailbox's thread hangs, nor the event loop, where this runs and all else
/// does. A slow server is no hang, nor one that is away; and in a suspend all clocks of this stand still, systemd's too.
struct Watchdog {
    private let journal: Journal
    private let notification: ServiceNotification
    private let executor: EventLoopExecutor
    private let interval: Duration

    /// Nil where the unit asks for none. sd_watchdog_enabled(3)
    init?(journal: Journal, notification: ServiceNotification, executor: EventLoopExecutor) {
        defer { for name in ["WATCHDOG_USEC", "WATCHDOG_PID"] { unsetenv(name) } }
        if let pid = getenv("WATCHDOG_PID").map({ String(cString: $0) }), pid_t(pid) != getpid() { return nil }
        guard let text = getenv("WATCHDOG_USEC").map({ String(cString: $0) }), let microseconds = Int64(text),
            microseconds > 0
        else { return nil }
        self.journal = journal
        self.notification = notification
        self.executor = executor
        interval = .microseconds(microseconds / 2)
    }

    /// Until the task is cancelled.
    func run() async {
        while !Task.isCancelled {
            if ThreadPulse.isSteady { notification.alive() } else { journal.hanging() }
            try? await executor.sleep(for: interval)
        }
    }
}
