import FoundationEssentials
import Glibc
import Testing

/// Each password to one claimant.
@Suite(.staged) struct ClaimTests {
    /// A server with these letters in it, and a daemon that has read them.
    private func served(_ letters: Letter...) async throws -> (Dovecot, Daemon, Client) {
        let dovecot = try await Dovecot.start()
        for letter in letters { try await dovecot.deliver(letter) }
        let daemon = try await Daemon.start(Configuration(.init(on: dovecot)))
        try await daemon.status("all are read") {
            $0.passwords.count == letters.count && $0.mailboxes[0].state == "watching"
        }
        return (dovecot, daemon, Client(socket: daemon.socket))
    }

    @Test func aWaitingClaimGetsWhatArrives() async throws {
        let (dovecot, daemon, client) = try await served()
        let claim = try client.starting(["--wait", "4m"])
        try await eventually("the claim waits") { try daemon.connections == 1 }
        let letter = try Letter()
        try await dovecot.deliver(letter)
        #expect(try await Client.result(of: claim).claimed.password == letter.password)
        try await daemon.status("it is used") { $0.states == ["used"] }
    }

    @Test func nothingInTimeIs75() async throws {
        let (_, _, client) = try await served()
        #expect(try await client.claim().exit == .status(75))
        let start = ContinuousClock.now
        #expect(try await client.claim("--wait", "1s").exit == .status(75))
        #expect(ContinuousClock.now - start >= .seconds(1))
    }

    @Test func ofTwoWaitingClaimsOneGetsIt() async throws {
        let (dovecot, daemon, client) = try await served()
        let claims = [try client.starting(["--wait", "4m"]), try client.starting(["--wait", "4m"])]
        try await eventually("both claims wait") { try daemon.connections == 2 }
        let letters = [try Letter(), try Letter()]
        try await dovecot.deliver(letters[0])
        try await daemon.status("one claimant has it, and has settled it") { $0.states == ["used"] }
        let first = try await eventually("that one's end") { claims.first { !$0.isRunning } }
        #expect(try await Client.result(of: first).claimed.password == letters[0].password)
        // The other one waits on, for the next.
        let second = try #require(claims.first { $0 !== first })
        #expect(second.isRunning && second.output.text.isEmpty)
        try await dovecot.deliver(letters[1])
        #expect(try await Client.result(of: second).claimed.password == letters[1].password)
    }

    @Test func whoHangsUpWhileWaitingGetsNothing() async throws {
        let (dovecot, daemon, client) = try await served()
        let gone = try client.starting(["--wait", "4m"])
        try await eventually("the claim waits") { try daemon.connections == 1 }
        gone.send(SIGKILL)
        _ = try await gone.ended()
        try await eventually("its connection is gone") { try daemon.connections == 0 }
        let letter = try Letter()
        try await dovecot.deliver(letter)
        #expect(try await client.claim("--wait", "4m").claimed.password == letter.password)
        #expect(gone.output.text.isEmpty)
    }

    @Test func theNewestComesFirst() async throws {
        var (older, newer) = (try Letter(), try Letter())
        older.date = .now - 3600
        newer.date = .now - 60
        let (_, _, client) = try await served(newer, older)
        #expect(try await client.claim().claimed.password == newer.password)
        #expect(try await client.claim().claimed.password == older.password)
        #expect(try await client.claim().exit == .status(75))
    }

    @Test func issuedAfterLeavesTheOldOut() async throws {
        var letter = try Letter()
        letter.date = .now - 3600
        let (dovecot, _, client) = try await served(letter)
        #expect(try await client.claim("--issued-after", "now").exit == .status(75))
        #expect(try await client.claim("--issued-after", (.now - 1800).ISO8601Format()).exit == .status(75))

        let waiting = try client.starting(["--issued-after", (.now - 5).ISO8601Format(), "--wait", "4m"])
        let fresh = try Letter()
        try await dovecot.deliver(fresh)
        #expect(try await Client.result(of: waiting).claimed.password == fresh.password)
        let claimed = try await client.claim("--issued-after", (.now - 7200).ISO8601Format()).claimed
        #expect(claimed.password == letter.password)
    }

    @Test func aRecipientGetsItsOwn() async throws {
        var (mine, other) = (try Letter(), try Letter())
        (mine.to, other.to) = ("mine@example.co.jp", "other@example.co.jp")
        let (_, _, client) = try await served(mine, other)
        #expect(try await client.claim("--recipient", "nobody@example.co.jp").exit == .status(75))
        #expect(try await client.claim("--recipient", "mine@example.co.jp").claimed.password == mine.password)
        #expect(try await client.claim("--recipient", "Other@example.co.jp").claimed.password == other.password)
    }

    @Test func plainIsThePasswordAlone() async throws {
        let letter = try Letter()
        let (_, _, client) = try await served(letter)
        #expect(try await client.claim("--format", "plain").output == "\(letter.password)\n")
    }

    @Test func envIsForAShellToRead() async throws {
        let letter = try Letter()
        let (_, _, client) = try await served(letter)
        let claim = try await client.claim("--format", "env")
        let shell = try Subprocess("/bin/sh", ["-c", "set -a; eval \"$(cat)\"; env"], input: Array(claim.output.utf8))
        let values = try await Client.result(of: shell).output.split(separator: "\n").map {
            $0.drop { $0 != "=" }.dropFirst()
        }
        #expect(values.contains { $0 == letter.password })
        #expect(values.contains { $0 == letter.url })
    }

    @Test func timesAreInUTCAndADayApart() async throws {
        var letter = try Letter()
        letter.date = Date(timeIntervalSince1970: (Date.now.timeIntervalSince1970 - 600).rounded())
        let (_, _, client) = try await served(letter)
        let claimed = try await client.claim().claimed
        #expect(claimed.issuedAt.hasSuffix("Z") && claimed.expiresAt.hasSuffix("Z"))
        let (issued, expires) = (
            try Date(claimed.issuedAt, strategy: .iso8601), try Date(claimed.expiresAt, strategy: .iso8601)
        )
        #expect(issued == letter.date)
        #expect(expires.timeIntervalSince(issued) == 86400)
    }

    @Test func wrongUseIs64() async throws {
        let (_, _, client) = try await served()
        #expect(try await client.claim("--wait", "soon").exit == .status(64))
        #expect(try await client.claim("--format", "xml").exit == .status(64))
        #expect(try await client.claim("--issued-after", "yesterday").exit == .status(64))
        #expect(try await run("secom-otp", "claim", "--sockets", "x").exit == .status(64))
    }

    @Test func noDaemonIs69() async throws {
        let nowhere = Client(socket: "\(try Stage.require().scratch.path)/nowhere")
        #expect(try await nowhere.claim().exit == .status(69))
        #expect(try await run("secom-otp", "status", "--socket", nowhere.socket).exit == .status(69))
    }
}
