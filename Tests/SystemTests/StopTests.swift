import FoundationEssentials
import Glibc
import Testing
import Trials

/// A stop, and a reload, wait for nobody: not for a command that takes its time, nor for a file that does.
@Suite(.staged) struct StopTests {
    /// Less than the half minute that a command may take; more than a busy machine needs for the rest.
    private static let soon = Duration.seconds(20)

    /// A mailbox whose password command says that it has begun, and takes its time.
    private func slow(_ name: String = "slow") throws -> (mailbox: Configuration.Mailbox, begun: String) {
        let begun = "\(try Stage.require().scratch.path)/\(name).begun"
        var mailbox = Configuration.Mailbox(name, port: 993, user: "user", password: try Stage.require().secret())
        (mailbox.host, mailbox.lines) = ("127.0.0.1", [])
        // It is asked for once there is a connection to log in on.
        mailbox.login = #"password = { command = ["/bin/sh", "-c", "echo $$ >\#(begun); sleep 600"] }"#
        return (mailbox, begun)
    }

    private func started(_ file: String) async throws -> String {
        try await eventually("the command has begun") {
            let text = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
            return text.hasSuffix("\n") ? String(text.dropLast()) : nil
        }
    }

    @Test func aSlowCommandHoldsNoStopUp() async throws {
        let server = try LoginServer { _ in LoginServer.accepted }
        var (mailbox, begun) = try slow()
        (mailbox.port, mailbox.lines) = (server.port, ["tls = \"off\""])
        let daemon = try await Daemon.start(Configuration(mailbox))
        let command = try await started(begun)
        #expect(try await daemon.stop(within: Self.soon) == .status(0))
        try await eventually("the command is gone") { access("/proc/\(command)", F_OK) != 0 }
    }

    @Test func norAReload() async throws {
        let dovecot = try await Dovecot.start()
        let server = try LoginServer { _ in LoginServer.accepted }
        var (mailbox, begun) = try slow()
        (mailbox.port, mailbox.lines) = (server.port, ["tls = \"off\""])
        let daemon = try await Daemon.start(Configuration(mailbox))
        let command = try await started(begun)
        try Configuration(.init("good", on: dovecot)).write(over: daemon)
        let before = daemon.notified.assignments.count
        daemon.process.send(SIGHUP)
        try await eventually("READY=1 after RELOADING=1", within: Self.soon, last: { daemon.log }) {
            let heard = daemon.notified.assignments.dropFirst(before)
            return heard.contains("RELOADING=1") && heard.contains("READY=1")
        }
        try await eventually("the command is gone") { access("/proc/\(command)", F_OK) != 0 }
        #expect(try await daemon.watching().mailboxes.map(\.name) == ["good"])
    }

    /// A configuration on a file server that is gone, and users and groups on one, are read in the same way.
    @Test func aReloadThatHangsHoldsNeitherClaimsNorTheStopUp() async throws {
        let dovecot = try await Dovecot.start()
        let daemon = try await Daemon.start(Configuration(.init(on: dovecot)))
        try await daemon.watching()
        try FileManager.default.removeItem(atPath: daemon.file)
        try #require(mkfifo(daemon.file, 0o600) == 0)
        daemon.process.send(SIGHUP)
        try await eventually("it reads") { daemon.notified.assignments.contains("RELOADING=1") }
        let letter = try Letter()
        try await dovecot.deliver(letter)
        #expect(try await Client(socket: daemon.socket).claim("--wait", "4m").claimed.password == letter.password)
        #expect(try await daemon.stop(within: Self.soon) == .status(0))
    }

    /// The lock that keeps two daemons from removing each other's socket can be taken by whoever may read the directory.
    @Test func nobodyHoldsTheStartUpByTheLock() async throws {
        let dovecot = try await Dovecot.start()
        let holder = open(try Stage.require().scratch.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer { close(holder) }
        try #require(flock(holder, LOCK_EX) == 0)
        let daemon = try await Daemon.start(Configuration(.init(on: dovecot)))
        try await daemon.watching()
    }

    /// A server that says nothing is no hang: systemd is told that all is alive.
    @Test func aSilentServerIsNoHang() async throws {
        let listener = try Listener { connection, _ in while try !Sockets.receive(from: connection).isEmpty {} }
        try Stage.require().atEnd { listener.end() }
        let mailbox = Configuration.Mailbox(
            "main", port: listener.port, user: "user", password: try Stage.require().secret())
        let daemon = try await Daemon.start(Configuration(mailbox), by: ["/usr/bin/env", "WATCHDOG_USEC=200000"])
        try await eventually("the watchdog is fed") {
            daemon.notified.assignments.count { $0 == "WATCHDOG=1" } > 20
        }
    }
}
