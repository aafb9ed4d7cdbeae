import Glibc
import Testing
import Trials

/// A log that nobody reads holds nothing up: a container's pipe, a stopped journald.
@Suite(.staged) struct LogTests {
    /// What executes the daemon with a standard error that is full, and that nobody reads but who opens the pipe.
    private func deaf() throws -> (pipe: String, command: [String]) {
        let pipe = "\(try Stage.require().scratch.path)/\(try Stage.require().name("log"))"
        try #require(mkfifo(pipe, 0o600) == 0)
        return (pipe, ["/bin/sh", "-c", "exec 3<>\(pipe); head -c 65536 /dev/zero >&3; exec \"$@\" 2>&3 3>&-", "sh"])
    }

    @Test func claimsStatusAndTheStopGoOn() async throws {
        let (pipe, command) = try deaf()
        let dovecot = try await Dovecot.start()
        let daemon = try await Daemon.start(Configuration(.init(on: dovecot)), by: command)
        try await daemon.watching()
        let client = Client(socket: daemon.socket)
        // Each is a line: more than may wait.
        for _ in 0..<1500 {
            var letter = try Letter()
            letter.subject = "お知らせ"
            try await dovecot.place(letter)
        }
        try await daemon.status("all are there") { $0.states.count == 1500 }
        let letter = try Letter()
        try await dovecot.deliver(letter)
        #expect(try await client.claim("--wait", "4m").claimed.password == letter.password)
        try await daemon.reload()
        #expect(try await client.status().exit == .status(0))

        // Once somebody reads, what was lost is told of, and what comes then is there.
        let reader = open(pipe, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        _ = fcntl(reader, F_SETFL, 0)
        let log = Output(readingFrom: reader)
        let line = try await log.line(with: "log-lines-lost", "lines=")
        #expect((Int(line.split(separator: "=").last ?? "") ?? 0) > 0, "\(line)")
        try await daemon.reload()
        _ = try await log.line(with: "reloaded")
        #expect(try await daemon.stop() == .status(0))
    }

    @Test func theStopDoesNotWaitForIt() async throws {
        let (_, command) = try deaf()
        let dovecot = try await Dovecot.start()
        let daemon = try await Daemon.start(Configuration(.init(on: dovecot)), by: command)
        try await daemon.watching()
        #expect(try await daemon.stop(within: .seconds(60)) == .status(0))
    }

    /// A wrong configuration ends the program, though nobody hears why.
    @Test func neitherDoesAStartThatFails() async throws {
        let (_, command) = try deaf()
        let file = try Stage.require().scratch.write("colour = \"red\"\n", to: "wrong.toml")
        let words = command + [Place.program("secom-otpd"), "run", "--config", file]
        let process = try Subprocess(words[0], Array(words.dropFirst()))
        #expect(try await process.ended(within: .seconds(60)) == .status(78))
    }
}
