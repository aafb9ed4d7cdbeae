import FoundationEssentials
import Glibc
import Testing
import Trials

/// SIGHUP: the configuration is read again.
@Suite(.staged) struct ReloadTests {
    private static let addresses = ["a@example.co.jp", "b@example.co.jp", "c@example.co.jp"]

    /// As a shell's background job or nohup(1) leaves them.
    @Test func signalsThatWereIgnoredAreHeard() async throws {
        let dovecot = try await Dovecot.start()
        let daemon = try await Daemon.start(
            Configuration(.init(on: dovecot)), by: ["/usr/bin/env", "--ignore-signal=INT,HUP"])
        try await daemon.reload()
        daemon.process.send(SIGINT)
        #expect(try await daemon.process.ended() == .status(0))
    }

    @Test func mailboxesComeAndGoAndAClaimWaitsOn() async throws {
        let dovecot = try await Dovecot.start(Self.addresses)
        let (a, b, c) = (
            Configuration.Mailbox("a", on: dovecot), Configuration.Mailbox("b", on: dovecot, user: 1),
            Configuration.Mailbox("c", on: dovecot, user: 2)
        )
        let daemon = try await Daemon.start(Configuration(a, b))
        try await daemon.watching()
        let (waiting, inVain) = (try Peer(daemon), try Peer(daemon))
        try waiting.send(claim("a"))
        try inVain.send(claim("b"))
        try await eventually("both claims wait") { try daemon.connections == 2 }

        try Configuration(a, c).write(over: daemon)
        try await daemon.reload()
        try await eventually("who waited for the one that is gone is told") {
            inVain.messages.first?.contains("UnknownMailbox") ?? false
        }
        let status = try await daemon.watching()
        #expect(status.mailboxes.map(\.name) == ["a", "c"])
        #expect(try status.mailbox("a").reconnects == 0)

        // The one that stayed, by the claim that waited all along, and the new one.
        let (first, second) = (try Letter(), try Letter())
        try await dovecot.deliver(first, to: Self.addresses[0])
        try await eventually("the claim is answered") { waiting.messages.first?.contains(first.password) ?? false }
        try await dovecot.deliver(second, to: Self.addresses[2])
        let client = Client(socket: daemon.socket)
        #expect(try await client.claim("--mailbox", "c", "--wait", "4m").claimed.password == second.password)
        #expect(try await client.claim("--mailbox", "b").exit == .status(65))
        func sessions() -> Int { daemon.log.split(separator: "\n").count { $0.contains("mailbox-watching") } }
        try await eventually("three sessions are told", last: { daemon.log }) { sessions() >= 3 }
        #expect(sessions() == 3)
    }

    @Test func aWrongOneIsRefusedAndTheOldOneStays() async throws {
        let dovecot = try await Dovecot.start()
        let mailbox = Configuration.Mailbox(on: dovecot)
        let daemon = try await Daemon.start(Configuration(mailbox))
        try await daemon.watching()
        var wrong = mailbox
        wrong.lines = ["folder = 7", "colour = \"red\""]
        try Configuration(wrong).write(over: daemon)
        try await daemon.reload()
        for key in ["folder", "colour"] { try await appears("): \(key): ", in: daemon.log) }
        #expect(!daemon.log.contains("reloaded"))
        let refused = "STATUS=The new configuration was refused, the previous one stays in effect: "
        #expect(daemon.notified.assignments.last { $0.hasPrefix("STATUS=") }?.hasPrefix(refused) ?? false)
        let letter = try Letter()
        try await dovecot.deliver(letter)
        let client = Client(socket: daemon.socket)
        #expect(try await client.claim("--wait", "4m").claimed.password == letter.password)
        try Configuration(mailbox).write(over: daemon)
        try await daemon.reload()
        #expect(daemon.notified.assignments.last { $0.hasPrefix("STATUS=") } == "STATUS=Watching main")
    }

    /// What the mailbox does not know (claim_mark = "memory") must not be forgotten by being read anew.
    @Test(arguments: chosen(["mailbox", "memory"])) func aChangedOneIsWatchedAnewAndNothingIsGivenTwice(mark: String)
        async throws
    {
        let dovecot = try await Dovecot.start()
        var configuration = Configuration(.init(on: dovecot))
        configuration.lines = ["[handoff]", "claim_mark = \"\(mark)\""]
        let daemon = try await Daemon.start(configuration)
        try await daemon.watching()
        for minutes in 1...3 {
            var letter = try Letter()
            letter.date = .now - Double(60 * minutes)
            try await dovecot.deliver(letter)
        }
        try await daemon.status("all are there") { $0.states == ["available", "available", "available"] }
        let client = Client(socket: daemon.socket)
        let used = try await client.claim().claimed
        let peer = try Peer(daemon)
        let held = try await peer.claim()

        configuration.mailboxes[0].lines = ["poll = \"30s\""]
        configuration.socketLines = ["mode = \"0660\""]
        try configuration.write(over: daemon)
        try await daemon.reload()
        try await appears("reload-incomplete needs-restart=socket.mode", in: daemon.log)
        let status = try await daemon.status("all are there again") { $0.states == ["available", "claimed", "used"] }
        #expect(try status.password(used.id).state == "used")
        #expect(try status.password(held.id).state == "claimed")
        #expect(try await client.settle(held.id, "used").exit == .status(0))
        let last = try await client.claim("--wait", "4m").claimed
        #expect(![used.id, held.id].contains(last.id))
        #expect(try await client.claim().exit == .status(75))
    }

    @Test func whoMayClaimIsReadAgain() async throws {
        let dovecot = try await Dovecot.start()
        var configuration = Configuration(.init(on: dovecot))
        let daemon = try await Daemon.start(configuration)
        let peer = try Peer(daemon)
        #expect(try await peer.call("org.secom-otpd.Handoff.Claim").contains("NoPassword"))
        configuration.socketLines.append("claim = [\"65534\"]")
        try configuration.write(over: daemon)
        try await daemon.reload()
        #expect(try await peer.call("org.secom-otpd.Handoff.Claim").contains("PermissionDenied"))
    }

    /// Whoever renews a credential reloads, for years.
    @Test func reloadsOfTheSameFileTakeNoMemory() async throws {
        let server = try LoginServer { _ in LoginServer.accepted }
        let mailboxes = try (0..<20).map { try server.mailbox("m\($0)") }
        let daemon = try await Daemon.start(Configuration(mailboxes))
        try await daemon.watching()
        func memory() throws -> Int {
            let text = try Proc.text(of: "/proc/\(daemon.process.pid)/smaps_rollup")
            let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("Anonymous:") })
            return try #require(line.split(separator: " ").dropFirst().first.flatMap { Int($0) })
        }
        for _ in 0..<20 { try await daemon.reload() }
        let before = try memory()
        for _ in 0..<100 { try await daemon.reload() }
        #expect(try memory() < before + 1024)
    }

    private func claim(_ mailbox: String) -> String {
        #"{"method":"org.secom-otpd.Handoff.Claim","parameters":{"mailbox":"\#(mailbox)","waitSeconds":240}}"#
    }
}
