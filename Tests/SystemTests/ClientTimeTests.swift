import Glibc
import Testing
import Trials

/// No client command outlives its time, whatever the daemon does.
@Suite(.staged) struct ClientTimeTests {
    /// A socket that is served in this manner: see servers/handoff.py.
    private func served(_ manner: String) async throws -> (client: Client, server: Subprocess) {
        let stage = try Stage.require()
        let path = "\(stage.scratch.path)/\(stage.name("h"))"
        let server = try Subprocess("/usr/bin/env", ["python3", Place.server("handoff.py"), path, manner])
        stage.atEnd { server.send(SIGKILL) }
        try await eventually("it listens", last: { server.errors.text }) { server.output.text.hasPrefix("ready") }
        return (Client(socket: path), server)
    }

    /// Runs it, and says whether it took at least and at most so long. On a busy machine the program itself takes its time.
    private func timed(
        _ most: Duration, _ run: () async throws -> Client.Result
    ) async throws -> Client.Result {
        let begun = ContinuousClock.now
        let result = try await run()
        let taken = ContinuousClock.now - begun
        #expect(taken < most + .seconds(30), "\(result)")
        return result
    }

    private static let manners = ["deaf", "silent", "drips", "hangs-up"]

    private func saysWhereToLook(_ result: Client.Result) -> Bool {
        ["journalctl -u secom-otpd", "systemctl start secom-otpd.socket"].allSatisfy(result.errors.contains)
    }

    @Test(arguments: chosen(manners)) func aClaimEndsAfterItsWait(manner: String) async throws {
        let (client, _) = try await served(manner)
        let result = try await timed(.seconds(6)) { try await client.claim("--wait", "1s") }
        #expect(result.exit == .status(69) && saysWhereToLook(result), "\(result)")
        #expect(result.output.isEmpty)
    }

    @Test(arguments: chosen(manners)) func statusAndSettleEnd(manner: String) async throws {
        let (client, _) = try await served(manner)
        async let status = timed(.seconds(15)) { try await client.status() }
        async let settle = timed(.seconds(15)) { try await client.settle("main/1/1", "used") }
        for result in [try await status, try await settle] {
            #expect(result.exit == .status(69) && saysWhereToLook(result), "\(result)")
        }
    }

    @Test(arguments: chosen(["silent", "hangs-up"])) func aCheckEnds(manner: String) async throws {
        let (client, _) = try await served(manner)
        let result = try await timed(.seconds(90)) { try await client.check() }
        #expect(result.exit == .status(69) && saysWhereToLook(result), "\(result)")
    }

    @Test func whileTheDaemonIsStoppedTheyEndToo() async throws {
        let dovecot = try await Dovecot.start()
        let daemon = try await Daemon.start(Configuration(.init(on: dovecot)))
        try await daemon.watching()
        let client = Client(socket: daemon.socket)
        let waiting = try client.starting(["--wait", "3s"])
        try await eventually("the claim waits") { try daemon.connections == 1 }
        kill(daemon.process.pid, SIGSTOP)
        defer { kill(daemon.process.pid, SIGCONT) }
        async let claim = timed(.seconds(5)) { try await client.claim() }
        async let status = timed(.seconds(15)) { try await client.status() }
        async let waited = timed(.seconds(8)) { try await Client.result(of: waiting) }
        for result in [try await claim, try await status, try await waited] {
            #expect(result.exit == .status(69) && saysWhereToLook(result), "\(result)")
        }
    }

    @Test func whatIsBusyIsAskedAgainWithinTheWait() async throws {
        let (client, server) = try await served("busy")
        let result = try await client.claim("--wait", "4m")
        #expect(try result.claimed.password == "made-up-for-this", "\(result)")
        #expect(server.output.lines.dropFirst().prefix(4) == ["Claim", "Claim", "Claim", "Claim"])
        // Without a wait it is told at once, and that it is not for want of a right.
        let refused = try await client.claim()
        #expect(refused.exit == .status(69) && refused.errors.contains("all places are taken"), "\(refused)")
    }

    /// The daemon knows, and goes on trying: the command's own end counts.
    @Test(arguments: chosen([(0, true), (75, false), (3, false)]))
    func whatCannotBeMarkedYetIsWarnedOf(status: Int, isWarned: Bool) async throws {
        let (client, server) = try await served("no-marks")
        let result = try await timed(.seconds(15)) { try await client.claim(running: "exit \(status)") }
        #expect(result.exit == .status(Int32(status)), "\(result)")
        #expect(result.errors.contains("warning: main/1/1 is used") == isWarned, "\(result)")
        #expect(result.errors.contains("the mailbox is away"))
        // It was tried again.
        #expect(server.output.lines.count { $0 == "Settle" } > 1)
    }

    @Test func whoIsNeverToldEndsWith69() async throws {
        let (client, _) = try await served("forgets")
        let result = try await timed(.seconds(15)) { try await client.claim(running: "exit 0") }
        #expect(result.exit == .status(69) && saysWhereToLook(result), "\(result)")
        let (other, _) = try await served("forgets")
        #expect(try await other.claim(running: "exit 3").exit == .status(3))
    }

    @Test func aSettlementWaitsForADaemonThatRestarts() async throws {
        let dovecot = try await Dovecot.start()
        try await dovecot.deliver(Letter())
        let daemon = try await Daemon.start(Configuration(.init(on: dovecot)))
        try await daemon.status("the password is there") { $0.states == ["available"] }
        let pipe = "\(try Stage.require().scratch.path)/pipe"
        try #require(mkfifo(pipe, 0o600) == 0)
        let claim = try Client(socket: daemon.socket).starting(["--", "/bin/sh", "-c", "echo begun; read x <\(pipe)"])
        _ = try await claim.output.line(with: "begun")
        try await daemon.stop()
        // The command ends while there is no daemon.
        try await background {
            let writer = open(pipe, O_WRONLY | O_CLOEXEC)
            guard writer >= 0 else { throw SystemCallFailure(pipe) }
            _ = write(writer, "\n", 1)
            close(writer)
        }
        let next = try await daemon.startAgain()
        #expect(try await Client.result(of: claim).exit == .status(0))
        try await next.status("it is used") { $0.states == ["used"] }
    }
}
