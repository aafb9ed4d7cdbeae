import CLinux
import FoundationEssentials
import Handoff
import ProcessRuntime

/// What a person at a terminal sees while a claim waits: one line on standard error, renewed in place. It never keeps the claim waiting, and asks
/// for Status on its own connection; who may not ask is shown how long the wait still is.
actor WaitingDisplay {
    private let path: String
    private let request: HandoffClient.Request
    private let end: ContinuousClock.Instant
    private let terminal: Terminal
    /// A terminal may be stopped (Ctrl-S): who writes there waits.
    private let outlet = LineOutlet(Terminal.errors.descriptor) { _ in LineOutlet.Line([]) }
    private var outlook: ClaimOutlook?
    private var isShown = false

    /// A password that is there already comes sooner: nothing flashes up.
    private static let delay = Duration.milliseconds(400)
    private static let pause = Duration.seconds(1)
    private static let statusPause = Duration.seconds(5)
    private static let statusLimit = Duration.seconds(4)
    /// ECMA-48: to the beginning of the line, and the line away.
    private static let wipe = "\r\u{1B}[K"

    /// - Parameter end: of the wait.
    init(path: String, request: HandoffClient.Request, end: ContinuousClock.Instant, terminal: Terminal) {
        (self.path, self.request, self.end, self.terminal) = (path, request, end, terminal)
    }

    /// Shows it until the task is cancelled; it is wiped then.
    func run() async {
        guard terminal.isRenewable else { return }
        try? await EventLoopExecutor.shared.sleep(for: Self.delay)
        if Task.isCancelled { return }
        linux_restore_terminal_at_end(terminal.descriptor, Self.wipe, -1)
        async let asking: Void = ask()
        while !Task.isCancelled {
            show()
            try? await EventLoopExecutor.shared.sleep(for: Self.pause)
        }
        await asking
        if isShown {
            outlet.write(LineOutlet.Line(Array(Self.wipe.utf8)))
            outlet.flush(within: Self.pause)
        }
        linux_leave_terminal()
    }

    private func show() {
        // In the background it would write into what the shell has there.
        guard terminal.isOurs else { return }
        let left = ContinuousClock.now.duration(to: end)
        let line = ClaimOutlook.waiting(left, for: outlook, width: terminal.columns - 1)
        outlet.write(LineOutlet.Line(Array((Self.wipe + line).utf8)))
        isShown = true
    }

    private func ask() async {
        while !Task.isCancelled {
            do {
                let status = try await ClaimOutlook.status(at: path, within: Self.statusLimit)
                let isFirst = outlook == nil
                outlook = ClaimOutlook(request, status)
                if isFirst, !Task.isCancelled { show() }
            } catch {
                if error.exitStatus == .notAllowed { return }
            }
            try? await EventLoopExecutor.shared.sleep(for: Self.statusPause)
        }
    }
}

extension ClaimOutlook {
    /// Asks the daemon, for no longer than that.
    static func status(at path: String, within limit: Duration) async throws(HandoffClient.Failure) -> DaemonStatus {
        DaemonStatus(
            try await DaemonCall(path: path, limit: limit).run { client throws(HandoffClient.Failure) in
                try await client.status()
            })
    }
}
