import FoundationEssentials
import Glibc
import Testing
import Trials

/// What a waiting claim shows to whoever looks at a terminal, and what it says at its end.
@Suite(.staged) struct WaitingClaimTests {
    private func served(_ letters: Letter..., lines: [String] = []) async throws -> (Dovecot, Daemon) {
        let dovecot = try await Dovecot.start()
        for letter in letters { try await dovecot.deliver(letter) }
        var configuration = Configuration(.init(on: dovecot))
        if !lines.isEmpty { configuration.socketLines = lines }
        let daemon = try await Daemon.start(configuration)
        try await daemon.status("all is read") {
            $0.passwords.count == letters.count && $0.mailboxes[0].state == "watching"
        }
        return (dovecot, daemon)
    }

    private func claim(_ daemon: Daemon, _ arguments: String...) -> [String] {
        ["claim", "--socket", daemon.socket] + arguments
    }

    @Test func onATerminalItShowsWhatItWaitsFor() async throws {
        let (_, daemon) = try await served()
        let sight = try await Onlooker.sight(
            of: Onlooker(streams: "02").starting("secom-otp", claim(daemon, "--wait", "4s")))
        #expect(sight.exit == 75 && sight.output == "")
        let times = sight.shown.matches(of: /\r\u{1B}\[Ksecom-otp: waiting, ([0-9]) s left: main watching/).map(
            \.output.1)
        #expect(Set(times).count > 1, "\(sight)")
        // It is wiped, and what is said at the end begins a line.
        #expect(sight.frames.last == "secom-otp: no matching password arrived in 4 s\r\n", "\(sight)")
    }

    @Test func whatItShowsCostsNothing() async throws {
        let (dovecot, daemon) = try await served()
        let waiting = try Onlooker(streams: "02").starting("secom-otp", claim(daemon, "--wait", "5m"))
        try await eventually("it waits, and has asked") { try daemon.connections == 1 }
        let letters = [try Letter(), try Letter()]
        for letter in letters { try await dovecot.deliver(letter) }
        let sight = try await Onlooker.sight(of: waiting)
        #expect(sight.exit == 0, "\(sight)")
        let claimed = try JSONDecoder().decode(Client.OneTimePassword.self, from: Data(sight.output.utf8))
        #expect(letters.contains { $0.password == claimed.password })
        #expect(try Stage.require().secrets(in: sight.shown).isEmpty)
        try await daemon.status("one is used, the other is there") { $0.states == ["available", "used"] }
    }

    @Test func whereNobodyLooksItSaysOnlyWhyAtItsEnd() async throws {
        let (_, daemon) = try await served()
        let result = try await Client(socket: daemon.socket).claim("--wait", "1s")
        #expect(result.exit == .status(75) && result.output == "")
        #expect(result.errors == "secom-otp: no matching password arrived in 1 s\n")
        // Nobody waited.
        let atOnce = try await Client(socket: daemon.socket).claim()
        #expect(atOnce.errors == "secom-otp: no matching password is available\n")
    }

    @Test(.enabled(if: geteuid() == 0, "needs root, to become somebody else"))
    func whoMayNotAskForTheStatusIsToldNothingOfIt() async throws {
        let (_, daemon) = try await served(
            try Letter(), lines: ["mode = \"0666\"", "claim = [\"nobody\"]", "status = [\"root\"]"])
        let words = ["--reuid=nobody", "--clear-groups", "--", Place.program("secom-otp")]
        let sight = try await Onlooker.sight(
            of: Onlooker(streams: "02").starting(
                "/usr/bin/setpriv", words + claim(daemon, "--wait", "2s", "--recipient", "nobody@example.co.jp")))
        #expect(sight.exit == 75 && sight.output == "")
        #expect(sight.shown.contains("waiting, 2 s left: for a matching password"), "\(sight)")
        #expect(sight.shown.hasSuffix("\u{1B}[Ksecom-otp: no matching password arrived in 2 s\r\n"), "\(sight)")
    }

    @Test func itEndsWithWhy() async throws {
        let letter = try Letter()
        let (_, daemon) = try await served(letter)
        let client = Client(socket: daemon.socket)
        let other = try await client.claim("--recipient", "else@example.co.jp")
        #expect(other.exit == .status(75))
        #expect(other.errors.contains("secom-otp: 1 for another recipient: \(letter.to)\n"), "\(other)")
        let early = try await client.claim("--issued-after", (letter.date + 40).ISO8601Format())
        #expect(early.errors.contains("1 was there, issued 40 s too early for --issued-after\n"), "\(early)")
        #expect(try await client.claim("--", "/bin/sh", "-c", "kill -KILL $$").exit == .status(137))
        let doubtful = try await client.claim("--wait", "1s")
        #expect(doubtful.exit == .status(75) && doubtful.output == "")
        #expect(doubtful.errors.contains("1 in doubt") && doubtful.errors.contains("--include-in-doubt"), "\(doubtful)")
    }

    @Test func aMailboxThatRefusesTheLoginIsNamed() async throws {
        let dovecot = try await Dovecot.start()
        var mailbox = Configuration.Mailbox(on: dovecot)
        mailbox.password = "not this one"
        let daemon = try await Daemon.start(Configuration(mailbox))
        try await daemon.status("it is refused") { $0.mailboxes[0].state == "failed" }
        let sight = try await Onlooker.sight(
            of: Onlooker(columns: 120, streams: "02").starting("secom-otp", claim(daemon, "--wait", "2s")))
        #expect(sight.exit == 75)
        #expect(sight.shown.contains("left: main failed: the server refused the login"), "\(sight)")
        #expect(try #require(sight.lines.last).hasPrefix("secom-otp: main failed: the server refused the login"))
    }

    @Test(arguments: chosen([40, 200])) func itFitsTheTerminal(columns: Int) async throws {
        let (_, daemon) = try await served()
        let sight = try await Onlooker.sight(
            of: Onlooker(columns: columns, streams: "02").starting("secom-otp", claim(daemon, "--wait", "1s")))
        let shown = sight.frames.filter { $0.contains("waiting") }
        #expect(!shown.isEmpty && shown.allSatisfy { $0.prefix { $0 != "\r" }.count < columns }, "\(sight)")
    }

    @Test(arguments: chosen([["TERM": "dumb"], ["TERM": ""]])) func aTerminalThatCannotRenewIsLeftAlone(
        environment: [String: String]
    ) async throws {
        let (_, daemon) = try await served()
        let sight = try await Onlooker.sight(
            of: Onlooker(streams: "02", environment: environment).starting("secom-otp", claim(daemon, "--wait", "2s")))
        #expect(sight.shown == "secom-otp: no matching password arrived in 2 s\r\n")
    }

    /// What the shell has there stays legible.
    @Test func inTheBackgroundItWritesNothingMeanwhile() async throws {
        let (_, daemon) = try await served()
        let script = "set -m; '\(Place.program("secom-otp"))' claim --socket '\(daemon.socket)' --wait 3s & wait"
        let sight = try await Onlooker.sight(of: Onlooker(streams: "02").starting("/bin/bash", ["-c", script]))
        let line = "secom-otp: no matching password arrived in 3 s\r\n"
        // Some shells tell of its end.
        let isTold = sight.shown.hasPrefix(line + "[1]+  Exit 75")
        #expect(sight.shown == line || isTold, "\(sight)")
    }

    @Test func aKeyThatEndsItLeavesTheLineClean() async throws {
        let (_, daemon) = try await served()
        let sight = try await Onlooker.sight(
            of: Onlooker(streams: "02", keys: [("^C", "main watching")]).starting(
                "secom-otp", claim(daemon, "--wait", "5m")))
        #expect(sight.exit == -2)
        #expect(sight.shown.hasSuffix("\r\u{1B}[K"), "\(sight)")
    }

    /// The claim ends in its time, whatever the daemon does, and whoever looks on.
    @Test(arguments: chosen(["deaf", "silent", "drips", "hangs-up"])) func aBadDaemonKeepsNobodyWaiting(
        manner: String
    ) async throws {
        let stage = try Stage.require()
        let path = "\(stage.scratch.path)/\(stage.name("h"))"
        let server = try Subprocess("/usr/bin/env", ["python3", Place.server("handoff.py"), path, manner])
        stage.atEnd { server.send(SIGKILL) }
        try await eventually("it listens", last: { server.errors.text }) { server.output.text.hasPrefix("ready") }
        let begun = ContinuousClock.now
        let sight = try await Onlooker(streams: "02").run("secom-otp", "claim", "--socket", path, "--wait", "1s")
        // On a busy machine the program itself takes its time.
        #expect(ContinuousClock.now - begun < .seconds(6 + 30))
        #expect(sight.exit == 69 && sight.output == "", "\(sight)")
        #expect(sight.shown.contains("journalctl -u secom-otpd"))
    }
}
