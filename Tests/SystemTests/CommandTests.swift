import FoundationEssentials
import Glibc
import Testing
import Trials

/// `secom-otp claim -- COMMAND`: what the command gets, and what its end makes of the password.
@Suite(.staged) struct CommandTests {
    /// A daemon that has read one letter.
    private func served() async throws -> (Letter, Daemon, Client) {
        let dovecot = try await Dovecot.start()
        let letter = try Letter()
        try await dovecot.deliver(letter)
        let daemon = try await Daemon.start(Configuration(.init(on: dovecot)))
        try await daemon.status("the password is there") { $0.states == ["available"] }
        return (letter, daemon, Client(socket: daemon.socket))
    }

    @Test(
        arguments: chosen([
            ("exit 0", 0, "used"), ("exit 75", 75, "available"), ("exit 7", 7, "rejected"),
            ("exit 143", 143, "rejected"),
            ("kill -KILL $$", 137, "inDoubt"), ("kill -TERM $$", 143, "inDoubt"),
        ]))
    func itsEndSettlesThePassword(end: String, status: Int, state: String) async throws {
        let (_, daemon, client) = try await served()
        let result = try await client.claim(running: "cat >/dev/null; \(end)")
        #expect(result.exit == .status(Int32(status)), "\(result)")
        try await daemon.status("it is \(state)") { $0.states == [state] }
    }

    @Test func itsInputIsTheJSONWholeAndThenItsEnd() async throws {
        let (letter, _, client) = try await served()
        // Only the end of its input lets it go on.
        let result = try await client.claim(running: "cat; printf end")
        #expect(result.output.hasSuffix("}\nend"))
        let json = Data(result.output.utf8.dropLast(4))
        let claimed = try JSONDecoder().decode(Client.OneTimePassword.self, from: json)
        #expect(claimed.password == letter.password && claimed.loginURL == letter.url)
        #expect(claimed.mailbox == "main" && claimed.recipient == letter.to)
    }

    @Test(arguments: chosen(["exec <&-; exit 0", "exit 0"])) func itNeedNotReadIt(script: String) async throws {
        let (_, daemon, client) = try await served()
        let result = try await client.claim(running: script)
        #expect(result.exit == .status(0) && result.errors.isEmpty, "\(result)")
        try await daemon.status("it is used") { $0.states == ["used"] }
    }

    @Test func itsArgumentsAndEnvironmentHoldNothingOfIt() async throws {
        let (letter, _, client) = try await served()
        let result = try await client.claim(
            running:
                "for p in $$ $PPID; do tr '\\0' '\\n' </proc/$p/cmdline; tr '\\0' '\\n' </proc/$p/environ; done; env; exit 75"
        )
        // It did see its own words and variables.
        #expect(result.output.contains("/bin/sh\n-c\n") && result.output.contains("PWD="), "\(result)")
        let leaked = try Stage.require().secrets(in: "\(result)")
        #expect(leaked.isEmpty)
        #expect(!result.output.contains(letter.url))
        #expect(!result.output.contains("SECOM_OTP_"))
    }

    /// The connection to the daemon above all: the claim is secom-otp's to settle.
    @Test func itHoldsNothingButItsStandardStreams() async throws {
        let (_, _, client) = try await served()
        let result = try await client.claim(
            running: "for n in $(seq 3 1023); do test ! -e /proc/$$/fd/$n || echo $n; done; exit 0")
        #expect(result.output == "" && result.exit == .status(0), "\(result)")
    }

    @Test(arguments: chosen([("/nonexistent/worker", 127), ("secom-otp-no-such-worker", 127), ("/etc/passwd", 126)]))
    func whatCannotBeStartedLeavesItAvailable(command: String, status: Int) async throws {
        let (letter, daemon, client) = try await served()
        let result = try await client.claim("--", command)
        #expect(result.exit == .status(Int32(status)))
        #expect(result.errors.contains(command))
        try await daemon.status("it is available") { $0.states == ["available"] }
        #expect(try await client.claim().claimed.password == letter.password)
    }

    /// To secom-otp alone, as a service manager with KillMode=mixed sends it: the command's own end settles the password.
    @Test(
        arguments: chosen([
            (SIGTERM, "TERM", 75, "available"), (SIGINT, "INT", 0, "used"), (SIGHUP, "HUP", 9, "rejected"),
            (SIGUSR1, "USR1", 0, "used"),
        ]))
    func signalsReachIt(signal: Int32, name: String, status: Int, state: String) async throws {
        let (_, daemon, client) = try await served()
        let script = "trap 'kill $!; echo trapped; exit \(status)' \(name); sleep 600 & echo waiting; wait; echo late"
        let claim = try client.starting(["--", "/bin/sh", "-c", script])
        _ = try await claim.output.line(with: "waiting")
        #expect(try await daemon.status().states == ["claimed"])
        kill(claim.pid, signal)
        let result = try await Client.result(of: claim)
        #expect(result.output == "waiting\ntrapped\n")
        #expect(result.exit == .status(Int32(status)))
        try await daemon.status("it is \(state)") { $0.states == [state] }
    }

    @Test func whatIgnoresASignalGoesOn() async throws {
        let (_, daemon, client) = try await served()
        // Its end is at hand only when the signal has come and gone: what comes by the pipe is read after it.
        let pipe = "\(try Stage.require().scratch.path)/pipe"
        try #require(mkfifo(pipe, 0o600) == 0)
        let script = "trap '' TERM; echo waiting; cat <\(pipe); exit 0"
        let claim = try client.starting(["--", "/bin/sh", "-c", script])
        _ = try await claim.output.line(with: "waiting")
        kill(claim.pid, SIGTERM)
        try await background {
            let writer = open(pipe, O_WRONLY | O_CLOEXEC)
            guard writer >= 0 else { throw SystemCallFailure(pipe) }
            close(writer)
        }
        #expect(try await Client.result(of: claim).exit == .status(0))
        try await daemon.status("it is used") { $0.states == ["used"] }
    }
}
