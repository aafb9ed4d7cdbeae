import FoundationEssentials
import Glibc
import Testing
import Trials

/// Few descriptors: who has them goes on, who has none waits for theirs, and nobody burns a processor.
@Suite(.staged, .enabled(if: access("/usr/bin/prlimit", X_OK) == 0, "needs prlimit(1)")) struct DescriptorTests {
    private func limited(_ count: Int) -> [String] { ["/usr/bin/prlimit", "--nofile=\(count):\(count)"] }

    private func soft(_ pid: pid_t) throws -> String {
        let line = try Proc.text(of: "/proc/\(pid)/limits").split(separator: "\n").first {
            $0.hasPrefix("Max open files")
        }
        return try #require(line).split(whereSeparator: \.isWhitespace).map(String.init)[3]
    }

    /// Seconds of a processor that the process has used. proc(5)
    private func used(_ pid: pid_t) throws -> Double {
        let fields = try Proc.text(of: "/proc/\(pid)/stat").split(separator: ")").last?.split(separator: " ") ?? []
        return try (#require(Double(fields[11])) + #require(Double(fields[12]))) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    @Test func theLimitIsRaisedAndACommandGetsTheOldOne() async throws {
        let server = try LoginServer { _ in LoginServer.accepted }
        let told = "\(try Stage.require().scratch.path)/told"
        var mailbox = Configuration.Mailbox(
            "main", port: server.port, user: "user", password: try Stage.require().secret())
        // The limit is its own a moment after it has begun.
        mailbox.login =
            #"password = { command = ["/bin/sh", "-c", "sleep 1; ulimit -Sn >\#(told).new; mv \#(told).new \#(told); echo x"] }"#
        let daemon = try await Daemon.start(Configuration(mailbox), by: ["/usr/bin/prlimit", "--nofile=200:900"])
        #expect(try soft(daemon.process.pid) == "900")
        try await eventually("the command has told") { access(told, F_OK) == 0 }
        #expect(try String(contentsOfFile: told, encoding: .utf8) == "200\n")
    }

    @Test func idleClientsTakeNoneFromTheMailbox() async throws {
        let dovecot = try await Dovecot.start()
        let daemon = try await Daemon.start(Configuration(.init(on: dovecot)), by: limited(40))
        try await daemon.watching()
        var idle: [Peer] = []
        for _ in 0..<60 { idle.append(try Peer(daemon)) }
        let letter = try Letter()
        try await dovecot.deliver(letter)
        let client = Client(socket: daemon.socket)
        #expect(try await client.claim("--wait", "4m").claimed.password == letter.password)
        // A new session finds its descriptors too.
        try Configuration(.init(on: dovecot)).write(over: daemon)
        try await daemon.reload()
        try await daemon.watching()
        let before = try used(daemon.process.pid)
        try await Task.sleep(for: .seconds(2))
        #expect(try used(daemon.process.pid) - before < 0.5)
        #expect(daemon.log.contains("few-descriptors"))
        #expect(try await daemon.stop(within: .seconds(60)) == .status(0))
        withExtendedLifetime(idle) {}
    }

    @Test func mailboxesWaitForTheirsAndComeToLife() async throws {
        let dovecot = try await Dovecot.start((0..<60).map { "box\($0)@example.co.jp" })
        let mailboxes = (0..<60).map { Configuration.Mailbox("box\($0)", on: dovecot, user: $0) }
        // Only the soft limit can be raised again by whoever is not almighty, and the daemon raises it at the start.
        let daemon = try await Daemon.start(
            Configuration(mailboxes[0]), by: ["/usr/bin/prlimit", "--nofile=1024:4096"])
        func limit(_ count: Int) async throws {
            let prlimit = try Subprocess("/usr/bin/prlimit", ["--pid", "\(daemon.process.pid)", "--nofile=\(count):"])
            try #require(try await prlimit.ended() == .status(0), "\(prlimit.errors.text)")
        }
        try await limit(64)
        try Configuration(mailboxes).write(over: daemon)
        try await daemon.reload()
        func watching(_ status: Status) -> [Status.Mailbox] { status.mailboxes.filter { $0.state == "watching" } }
        let status = try await daemon.status("some are watched, others say why not") { status in
            watching(status).count > 10
                && status.mailboxes.contains { $0.error?.contains("no file descriptors are left") == true }
        }
        let client = Client(socket: daemon.socket)
        #expect(try await client.status().exit == .status(0))
        // One that is watched hears of a claim, and of its mark.
        let name = try #require(watching(status).first).name
        let letter = try Letter()
        try await dovecot.deliver(letter, to: "\(name)@example.co.jp")
        #expect(try await client.claim("--mailbox", name, "--wait", "4m").claimed.password == letter.password)
        print(
            daemon.log.split(separator: "\n").filter { $0.contains("interrupted") && !$0.contains("no descriptor") }
                .prefix(3))
        let before = try used(daemon.process.pid)
        try await Task.sleep(for: .seconds(2))
        print(
            "60 mailboxes, 64 descriptors: \(watching(status).count) watched, \(try used(daemon.process.pid) - before) s of 2 s"
        )
        #expect(try used(daemon.process.pid) - before < 1)

        try await limit(4096)
        try await daemon.watching()
    }

    @Test func withoutAnyTheStopIsObeyed() async throws {
        let dovecot = try await Dovecot.start((0..<100).map { "box\($0)@example.co.jp" })
        let mailboxes = (0..<100).map { Configuration.Mailbox("box\($0)", on: dovecot, user: $0) }
        let daemon = try await Daemon.start(Configuration(mailboxes), by: limited(64))
        try await daemon.status("some are watched") { $0.mailboxes.contains { $0.state == "watching" } }
        #expect(try await daemon.stop(within: .seconds(60)) == .status(0))
    }
}
