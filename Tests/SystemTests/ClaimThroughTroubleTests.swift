import FoundationEssentials
import Glibc
import Testing
import Trials

/// What becomes of a claim while servers, links and the daemon come and go.
@Suite(.staged) struct ClaimThroughTroubleTests {
    private static let used = "$SecomOTPUsed"

    /// A mailbox behind the proxy, in the clear.
    private func mailbox(
        _ dovecot: Dovecot, user: Int = 0, named name: String = "main", behind proxy: CuttingProxy
    ) -> Configuration.Mailbox {
        .init(
            name, port: proxy.port, user: dovecot.users[user].address, password: dovecot.users[user].password)
    }

    /// - Parameter isThere: the mail came before the outage; else it comes in it.
    @Test(arguments: chosen([true, false])) func itsServerIsAwayForAWhile(isThere: Bool) async throws {
        let dovecot = try await Dovecot.start()
        let daemon = try await Daemon.start(Configuration(.init(on: dovecot)))
        try await daemon.watching()
        let letter = try Letter()
        if isThere {
            try await dovecot.deliver(letter)
            try await daemon.status("it is there") { $0.states == ["available"] }
        }
        try await dovecot.crash()
        try await daemon.status("it is known to be away") { $0.mailboxes[0].error != nil }
        let claim = try Client(socket: daemon.socket).starting(["--wait", "40s"])
        try await eventually("the claim waits") { try daemon.connections == 1 }
        if !isThere { try await dovecot.place(letter) }
        // So long is the outage that is meant.
        try await Task.sleep(for: .seconds(6))
        #expect(claim.isRunning)
        try await dovecot.startAgain()
        let result = try await Client.result(of: claim)
        #expect(try result.exit == .status(0) && result.claimed.password == letter.password, "\(result)")
        try await eventually("it is marked") { try await dovecot.flags()[1]?.contains(Self.used) ?? false }
    }

    @Test func theLinkIsCutBeforeTheMark() async throws {
        let dovecot = try await Dovecot.start()
        let proxy = try CuttingProxy(to: dovecot.imapPort, .before, at: "UID STORE")
        let letter = try Letter()
        try await dovecot.deliver(letter)
        let daemon = try await Daemon.start(Configuration(mailbox(dovecot, behind: proxy)))
        try await daemon.status("it is there") { $0.states == ["available"] }
        // What was sent may have arrived: only the mailbox can tell that it has not.
        let result = try await Client(socket: daemon.socket).claim("--wait", "40s")
        #expect(try result.exit == .status(0) && result.claimed.password == letter.password, "\(result)")
        #expect(proxy.isDone)
    }

    /// In doubt is what the server has marked; there is another one, or there is none.
    @Test(arguments: chosen([true, false])) func theLinkIsCutBehindTheMark(isAlone: Bool) async throws {
        let dovecot = try await Dovecot.start()
        let proxy = try CuttingProxy(to: dovecot.imapPort, .behind, at: "UID STORE")
        var (older, newer) = (try Letter(), try Letter())
        older.date = .now - 60
        newer.date = .now - 30
        try await dovecot.deliver(newer)
        if !isAlone { try await dovecot.deliver(older) }
        let daemon = try await Daemon.start(Configuration(mailbox(dovecot, behind: proxy)))
        try await daemon.status("all are there") { $0.states.count == (isAlone ? 1 : 2) }
        let client = Client(socket: daemon.socket)
        let result = try await client.claim("--wait", isAlone ? "10s" : "40s")
        #expect(proxy.isDone)
        if isAlone {
            #expect(result.exit == .status(75) && result.errors.contains("in doubt"), "\(result)")
        } else {
            #expect(try result.exit == .status(0) && result.claimed.password == older.password, "\(result)")
        }
        let status = try await daemon.watching()
        #expect(status.states == (isAlone ? ["inDoubt"] : ["inDoubt", "used"]))
        #expect(try await client.claim("--include-in-doubt").claimed.password == newer.password)
    }

    /// Nobody has told that the link is dead, and its mailbox has a newer password.
    @Test func aDeadMailboxStandsBesideIt() async throws {
        let dovecot = try await Dovecot.start(["a@example.co.jp", "b@example.co.jp"])
        let proxy = try CuttingProxy(to: dovecot.imapPort)
        var (older, newer) = (try Letter(), try Letter())
        older.date = .now - 60
        newer.date = .now - 30
        try await dovecot.deliver(older, to: "a@example.co.jp")
        try await dovecot.deliver(newer, to: "b@example.co.jp")
        let daemon = try await Daemon.start(
            Configuration(.init("alive", on: dovecot), mailbox(dovecot, user: 1, named: "dead", behind: proxy)))
        try await daemon.status("both are there") { $0.states == ["available", "available"] }
        proxy.hush()
        let result = try await Client(socket: daemon.socket).claim("--wait", "40s")
        #expect(try result.exit == .status(0) && result.claimed.password == older.password, "\(result)")
    }

    /// As an upgrade of the package does it; or a crash.
    @Test(
        arguments: chosen([SIGTERM, SIGKILL].flatMap { signal in [true, false].map { (signal, $0) } }))
    func theDaemonIsRestartedUnderACommand(signal: Int32, endsMeanwhile: Bool) async throws {
        let dovecot = try await Dovecot.start()
        try await dovecot.deliver(Letter())
        var daemon = try await Daemon.start(Configuration(.init(on: dovecot)))
        try await daemon.status("it is there") { $0.states == ["available"] }
        let pipe = "\(try Stage.require().scratch.path)/pipe"
        try #require(mkfifo(pipe, 0o600) == 0)
        let script = "cat >/dev/null; echo waiting; cat <\(pipe); exit 0"
        let claim = try Client(socket: daemon.socket).starting(["--", "/bin/sh", "-c", script])
        _ = try await claim.output.line(with: "waiting")
        daemon.process.send(signal)
        _ = try await daemon.process.ended()
        func endCommand() async throws {
            try await background {
                let writer = open(pipe, O_WRONLY | O_CLOEXEC)
                guard writer >= 0 else { throw SystemCallFailure(pipe) }
                close(writer)
            }
        }
        if endsMeanwhile { try await endCommand() }
        daemon = try await daemon.startAgain()
        if !endsMeanwhile {
            try await daemon.status("it is in doubt") { $0.states == ["inDoubt"] }
            try await endCommand()
        }
        let result = try await Client.result(of: claim)
        #expect(result.exit == .status(0), "\(result)")
        #expect(try await dovecot.flags()[1]?.contains(Self.used) == true)
        #expect(try await daemon.status().states == ["used"])
    }
}
