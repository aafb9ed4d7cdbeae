import Glibc
import Testing
import Trials

/// What a client that behaves badly gets: its connection ends, and nobody else notices.
@Suite(.staged) struct SocketTests {
    @Test func badClientsDisturbNobody() async throws {
        let dovecot = try await Dovecot.start()
        let daemon = try await Daemon.start(Configuration(.init(on: dovecot)))
        try await daemon.watching()
        let claim = try Client(socket: daemon.socket).starting(["--wait", "4m"])
        try await eventually("the claim waits") { try daemon.connections == 1 }

        let garbage = try Peer(daemon)
        try garbage.send("GET / HTTP/1.1\r\n\r\n")
        let random = try Peer(daemon)
        var generator = Seeded(Seed.choose())
        try? random.send((0..<65536).map { _ in UInt8.random(in: 0...255, using: &generator) })
        let huge = try Peer(daemon)
        // The daemon closes long before all is sent.
        try? huge.send(Array(repeating: UInt8(ascii: "x"), count: 10_000_000))
        let deep = try Peer(daemon)
        try? deep.send(String(repeating: #"{"a":"#, count: 10_000))
        let unfinished = try Peer(daemon)
        try unfinished.send(Array(#"{"method":"org.secom-otpd.Handoff.Cl"#.utf8))
        let hangingUp = try Peer(daemon)
        try hangingUp.send(Array(#"{"method":"#.utf8))
        hangingUp.hangUp()
        for (name, peer) in [("garbage", garbage), ("random", random), ("huge", huge), ("deep", deep)] {
            try await eventually("the end of the \(name) one") { peer.isClosed }
        }

        let letter = try Letter()
        try await dovecot.deliver(letter)
        #expect(try await Client.result(of: claim).claimed.password == letter.password)
        #expect(!unfinished.isClosed)
        try await daemon.watching()
    }

    /// The random clients of `make fuzz-socket`, for a while.
    @Test(.timeLimit(.minutes(15))) func randomClients() async throws {
        let clients = try Subprocess(
            "/usr/bin/python3",
            ["\(Place.tree)/Tests/Soak/socket_fuzz.py", "--seconds", "10", "--programs", Place.programs],
            environment: ["TMPDIR": try Stage.require().scratch.path])
        let exit = try await clients.ended(within: .seconds(600))
        #expect(exit == .status(0), "\(clients.output.text)\(clients.errors.text)")
    }

    @Test func errorsAreTheInterfaces() async throws {
        let dovecot = try await Dovecot.start()
        let daemon = try await Daemon.start(Configuration(.init(on: dovecot)))
        let peer = try Peer(daemon)
        let handoff = "org.secom-otpd.Handoff"
        #expect(try await peer.call("\(handoff).Claim").contains("\(handoff).NoPassword"))
        #expect(try await peer.call("\(handoff).Claim", #"{"mailbox":"x"}"#).contains("\(handoff).UnknownMailbox"))
        #expect(
            try await peer.call("\(handoff).Settle", #"{"id":"x","outcome":"used"}"#).contains("\(handoff).NotClaimed"))
        #expect(try await peer.call("\(handoff).Nothing").contains("org.varlink.service.MethodNotFound"))
        #expect(try await peer.call("org.example.Nothing").contains("org.varlink.service.InterfaceNotFound"))
        #expect(try await peer.call("\(handoff).Claim", #"{"x":1}"#).contains("org.varlink.service.InvalidParameter"))
        #expect(try await peer.call("\(handoff).Claim", #"{"waitSeconds":3601}"#).contains("InvalidParameter"))
        #expect(try await peer.call("\(handoff).Claim", #"{"issuedAfter":"x"}"#).contains("InvalidParameter"))
    }

    @Test func pipelinedCallsAreAnsweredInOrder() async throws {
        let dovecot = try await Dovecot.start()
        let daemon = try await Daemon.start(Configuration(.init(on: dovecot)))
        let peer = try Peer(daemon)
        let calls = [
            #"{"method":"org.varlink.service.GetInfo"}"#, #"{"method":"org.secom-otpd.Handoff.Claim"}"#,
            #"{"method":"org.secom-otpd.Handoff.Status"}"#,
        ]
        try peer.send(calls.joined(separator: "\0"))
        try await eventually("three replies") { peer.messages.count == 3 }
        let messages = peer.messages
        #expect(messages[0].contains("interfaces"))
        #expect(messages[1].contains("NoPassword"))
        #expect(messages[2].contains("mailboxes"))
    }

    @Test(arguments: chosen(["0600", "0660", "0666"])) func theSocketHasItsMode(mode: String) async throws {
        let dovecot = try await Dovecot.start()
        var configuration = Configuration(.init(on: dovecot))
        configuration.socketLines = ["mode = \"\(mode)\""]
        let daemon = try await Daemon.start(configuration)
        var found = stat()
        #expect(stat(daemon.socket, &found) == 0)
        #expect(found.st_mode & 0o7777 == UInt32(mode, radix: 8))
    }

    @Test(.enabled(if: geteuid() == 0, "needs root, to become somebody else")) func whoMayNotClaimIsRefused()
        async throws
    {
        let dovecot = try await Dovecot.start()
        try await dovecot.deliver(Letter())
        var configuration = Configuration(.init(on: dovecot))
        configuration.socketLines = ["mode = \"0666\"", "claim = [\"root\"]", "status = [\"root\", \"nobody\"]"]
        let daemon = try await Daemon.start(configuration)
        try await daemon.status("the password is there") { $0.states == ["available"] }
        func asNobody(_ arguments: String...) async throws -> Client.Result {
            let program = ["--reuid=nobody", "--clear-groups", "--", Place.program("secom-otp")]
            return try await Client.result(of: Subprocess("/usr/bin/setpriv", program + arguments))
        }
        #expect(try await asNobody("claim", "--socket", daemon.socket).exit == .status(77))
        #expect(try await asNobody("settle", "--socket", daemon.socket, "x", "used").exit == .status(77))
        #expect(try await asNobody("status", "--socket", daemon.socket).exit == .status(0))
        #expect(try await daemon.status().states == ["available"])
    }
}
