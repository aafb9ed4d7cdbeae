import Glibc
import Testing

/// While nothing happens, nothing wakes the daemon. One task that names no executor, one `Task.sleep`, would begin Swift's own
/// pool, after which libdispatch wakes the process once a second for good.
@Suite(.staged) struct IdleTests {
    /// Far more than a second.
    private static let quiet = Duration.seconds(30)

    @Test(arguments: [1, 3]) func nothingWakesItOnceItHasDoneAllThatItDoes(mailboxes: Int) async throws {
        // Dovecot says "Still here" to who idles, every 2 minutes.
        let dovecot = try await Dovecot.start(
            (0..<mailboxes).map { "webmaster\($0)@example.co.jp" }, settings: "imap_idle_notify_interval = 1 hour\n")
        let path = "\(try Stage.require().scratch.path)/worker"
        var configuration = Configuration((0..<mailboxes).map { .init("box\($0)", on: dovecot, user: $0) })
        configuration.lines = ["[handoff]", "worker_socket = \"\(path)\""]
        let daemon = try await Daemon.start(configuration)
        try await daemon.watching()

        // A wait in vain, a claim, its settlement, Status, a reload; and a worker that is not there.
        let client = Client(socket: daemon.socket)
        #expect(try await client.claim("--wait", "500ms").exit == .status(75))
        try await dovecot.deliver(Letter())
        #expect(try await client.claim("--wait", "10s").exit == .status(0))
        try await daemon.status("it is used") { $0.states == ["used"] }
        try await daemon.reload()
        try await daemon.watching()

        // The mailboxes' last eager look, their second search 40 s after the opening, the push's last attempt, the end of the claim's time.
        let pid = daemon.process.pid
        var last = try Wakeups(of: pid)
        var calm = ContinuousClock.now
        try await eventually("it is at rest", within: .seconds(240), last: { "\(last)" }) {
            let now = try Wakeups(of: pid)
            if now != last { (last, calm) = (now, .now) }
            return calm.duration(to: .now) > .seconds(35)
        }
        try await Task.sleep(for: Self.quiet)
        let now = try Wakeups(of: pid)
        #expect(now == last, "woken: \(last) before, \(now) after")
        // Those of the signals, of the event loop and of the log, and one for each mailbox.
        #expect(last.threadCount == 3 + mailboxes, "\(last)")
    }
}
