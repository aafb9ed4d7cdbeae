import Glibc
import Testing
import Trials

/// The bounds of the socket, on the built daemon: who goes too far harms themselves alone, and is told so.
@Suite(.staged) struct RoomTests {
    private static let handoff = "org.secom-otpd.Handoff"

    private func daemon(_ socketLines: [String] = ["mode = \"0600\""]) async throws -> (Dovecot, Daemon) {
        let dovecot = try await Dovecot.start()
        var configuration = Configuration(.init(on: dovecot))
        configuration.socketLines = socketLines
        let daemon = try await Daemon.start(configuration)
        try await daemon.watching()
        return (dovecot, daemon)
    }

    @Test func silentConnectionsLockNobodyOut() async throws {
        let (dovecot, daemon) = try await daemon()
        let letter = try Letter()
        try await dovecot.deliver(letter)
        try await daemon.status("the password is there") { $0.states == ["available"] }
        let holder = try Peer(daemon)
        #expect(try await holder.claim().password == letter.password)
        let waiting = try Client(socket: daemon.socket).starting(["--wait", "4m"])
        try await eventually("the claim waits") { try daemon.connections == 2 }
        var silent: [Peer] = []
        for number in 0..<400 {
            silent.append(try Peer(daemon))
            // Some say half of something: what is no call counts as nothing.
            if number % 3 == 0 { try? silent[number].send(Array(#"{"method":"#.utf8)) }
        }
        let client = Client(socket: daemon.socket)
        #expect(try await client.claim().exit == .status(75))
        #expect(try await client.status().exit == .status(0))
        // Who was silent longest has made room; who waits, and who holds a password, has not.
        try await eventually("the first are closed") { silent[0].isClosed && silent[1].isClosed }
        #expect(!silent[399].isClosed && !holder.isClosed)
        let next = try Letter()
        try await dovecot.deliver(next)
        #expect(try await Client.result(of: waiting).claimed.password == next.password)
        try await daemon.status("the first is still claimed") { $0.states == ["claimed", "used"] }
    }

    @Test func whereAllWaitOneMoreIsBusyAndClaimsOnceThereIsRoom() async throws {
        let (dovecot, daemon) = try await daemon()
        var waiting: [Peer] = []
        // The harness has one of the 192 that a user may have.
        for _ in 0..<192 {
            let peer = try Peer(daemon)
            try peer.send(#"{"method":"\#(Self.handoff).Claim","parameters":{"waitSeconds":3600}}"#)
            waiting.append(peer)
        }
        try await eventually("the harness has had to make room") { try daemon.connections == 191 }
        let peer = try Peer(daemon)
        let reply = try await peer.call("\(Self.handoff).Status")
        #expect(reply.contains("\(Self.handoff).Busy") && reply.contains("192 connections"), "\(reply)")
        try await eventually("and is closed") { peer.isClosed }
        let claim = try Client(socket: daemon.socket).starting(["--wait", "4m"])
        let refused = try await Client(socket: daemon.socket).claim()
        #expect(refused.exit == .status(69) && refused.errors.contains("192 connections"), "\(refused)")
        #expect(claim.isRunning)
        waiting.removeAll()
        let letter = try Letter()
        try await dovecot.deliver(letter)
        #expect(try await Client.result(of: claim).claimed.password == letter.password)
    }

    /// One user's three quarters leave room for another.
    @Test(.enabled(if: geteuid() == 0, "needs root, to become somebody else")) func oneUserLocksNoOtherOut()
        async throws
    {
        let (_, daemon) = try await daemon(["mode = \"0666\""])
        var waiting: [Peer] = []
        for _ in 0..<250 {
            let peer = try Peer(daemon)
            try peer.send(#"{"method":"\#(Self.handoff).Claim","parameters":{"waitSeconds":3600}}"#)
            waiting.append(peer)
        }
        let program = ["--reuid=nobody", "--clear-groups", "--", Place.program("secom-otp")]
        let result = try await Client.result(
            of: Subprocess("/usr/bin/setpriv", program + ["claim", "--socket", daemon.socket]))
        #expect(result.exit == .status(75), "\(result)")
    }

    @Test func pastTheOtherBoundsThereIsAnErrorThatNamesThem() async throws {
        let (_, daemon) = try await daemon()
        let long = try Peer(daemon)
        try? long.send(Array(repeating: UInt8(ascii: " "), count: 65537))
        try await eventually("it is told, and closed") {
            long.messages.first?.contains("longer than 65536 bytes") == true && long.isClosed
        }
        let many = try Peer(daemon)
        for _ in 1...17 { try many.send(#"{"method":"\#(Self.handoff).Claim","parameters":{"waitSeconds":1}}"#) }
        try await eventually("all are answered") { many.messages.count == 17 }
        #expect(many.messages[15].contains("NoPassword"))
        #expect(many.messages[16].contains("\(Self.handoff).Busy") && many.messages[16].contains("16 calls"))
    }

    /// Claims that wait ever less, each hung up on: a timer that stood for each would be seen.
    @Test(.timeLimit(.minutes(30))) func fiftyThousandShortClaimsLeaveNothing() async throws {
        let (_, daemon) = try await daemon()
        let script = """
            from socket import AF_UNIX, socket
            from sys import argv
            for number in range(int(argv[2])):
                client = socket(AF_UNIX)
                client.connect(argv[1])
                wait = 3600 - number * 3000 // int(argv[2])
                client.sendall(b'{"method":"org.secom-otpd.Handoff.Claim","parameters":{"waitSeconds":%d}}\\0' % wait)
                client.close()
            """
        func claims(_ count: Int) async throws {
            let process = try Subprocess("/usr/bin/env", ["python3", "-c", script, daemon.socket, "\(count)"])
            #expect(try await process.ended() == .status(0), "\(process.errors.text)")
            try await eventually("all are gone") { try daemon.connections == 0 }
            _ = try await daemon.status()
        }
        func anonymous() throws -> Int {
            let status = try Proc.text(of: "/proc/\(daemon.process.pid)/status").split(separator: "\n")
            let line = try #require(status.first { $0.hasPrefix("RssAnon") })
            return try #require(line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) })
        }
        try await claims(5000)
        let before = try anonymous()
        try await claims(50_000)
        let after = try anonymous()
        print("50 000 short claims: \(before) kB before, \(after) kB after")
        #expect(after - before < 4096, "\(before) kB before, \(after) kB after")
    }
}
