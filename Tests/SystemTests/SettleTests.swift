import Glibc
import Testing
import Trials

/// What becomes of a claimed password, in Status and in the mailbox.
@Suite(.staged) struct SettleTests {
    private static let claimed = "$SecomOTPClaimed"

    /// A server with one letter, and a daemon that has read it.
    private func served(_ lines: [String] = []) async throws -> (Dovecot, Daemon, Client) {
        let dovecot = try await Dovecot.start()
        try await dovecot.deliver(Letter())
        var mailbox = Configuration.Mailbox(on: dovecot)
        mailbox.lines = lines
        let daemon = try await Daemon.start(Configuration(mailbox))
        try await daemon.status("the password is there") { $0.states == ["available"] }
        return (dovecot, daemon, Client(socket: daemon.socket))
    }

    @Test func aClaimIsMarkedBeforeItIsHandedOut() async throws {
        let (dovecot, daemon, _) = try await served()
        #expect(try await daemon.status().mailbox().claims == "exclusive")
        let peer = try Peer(daemon)
        let password = try await peer.claim()
        #expect(try await dovecot.flags() == [1: [Self.claimed]])
        #expect(try await daemon.status().password(password.id).state == "claimed")
    }

    @Test(arguments: chosen([("used", "$SecomOTPUsed"), ("rejected", "$SecomOTPRejected")]))
    func settled(outcome: String, keyword: String) async throws {
        let (dovecot, daemon, client) = try await served()
        let peer = try Peer(daemon)
        let password = try await peer.claim()
        #expect(try await client.settle(password.id, outcome).exit == .status(0))
        #expect(try await daemon.status().password(password.id).state == outcome)
        try await eventually("the mailbox says so") {
            try await dovecot.flags() == [1: [Self.claimed, keyword, "\\Seen"]]
        }
        #expect(try await client.claim("--include-in-doubt").exit == .status(75))
        // The same again gets its answer, another outcome does not.
        #expect(try await client.settle(password.id, outcome).exit == .status(0))
        let other = outcome == "used" ? "rejected" : "used"
        #expect(try await client.settle(password.id, other).exit == .status(65))
    }

    @Test func unusedIsAvailableAgain() async throws {
        let (dovecot, daemon, client) = try await served()
        let peer = try Peer(daemon)
        let password = try await peer.claim()
        #expect(try await client.settle(password.id, "unused").exit == .status(0))
        try await daemon.status("it is available") { $0.states == ["available"] }
        try await eventually("the claim's keyword is gone") { try await dovecot.flags() == [1: []] }
        #expect(try await client.claim().claimed.password == password.password)
    }

    @Test func theConnectionsEndLeavesItInDoubt() async throws {
        let (_, daemon, client) = try await served()
        let peer = try Peer(daemon)
        let password = try await peer.claim()
        peer.hangUp()
        try await daemon.status("it is in doubt") { $0.states == ["inDoubt"] }
        #expect(try await client.claim().exit == .status(75))
        #expect(try await client.claim("--include-in-doubt").claimed.password == password.password)
        try await daemon.status("it is used") { $0.states == ["used"] }
    }

    @Test func whatIsInDoubtCanBeSettled() async throws {
        let (_, daemon, client) = try await served()
        let peer = try Peer(daemon)
        let password = try await peer.claim()
        peer.hangUp()
        try await daemon.status("it is in doubt") { $0.states == ["inDoubt"] }
        #expect(try await client.settle(password.id, "unused").exit == .status(0))
        #expect(try await client.claim().claimed.id == password.id)
    }

    @Test func whatWasNotClaimedCannotBeSettled() async throws {
        let (_, daemon, client) = try await served()
        let id = try #require(try await daemon.status().passwords.first).id
        #expect(try await client.settle(id, "used").exit == .status(65))
        #expect(try await client.settle("nonsense", "used").exit == .status(65))
        #expect(try await client.settle(id, "perhaps").exit == .status(64))
        #expect(try await daemon.status().states == ["available"])
    }

    @Test func aKilledClaimantLeavesItInDoubt() async throws {
        let (_, daemon, client) = try await served()
        let claimant = try client.starting(["--", "/bin/sleep", "600"])
        try await daemon.status("it is claimed") { $0.states == ["claimed"] }
        claimant.send(SIGKILL)
        try await daemon.status("it is in doubt") { $0.states == ["inDoubt"] }
    }

    @Test func keepLeavesTheMailUnseen() async throws {
        let (dovecot, _, client) = try await served(["after_use = \"keep\""])
        #expect(try await client.claim().exit == .status(0))
        try await eventually("it is marked used") { try await dovecot.flags() == [1: [Self.claimed, "$SecomOTPUsed"]] }
    }

    @Test func deleteRemovesThatMailAlone() async throws {
        let (dovecot, daemon, client) = try await served(["after_use = \"delete\""])
        try await dovecot.deliver(Array("From: a@example.com\nSubject: x\n\nx\n".utf8))
        try await dovecot.doveadm(
            "flags", "add", "-u", dovecot.users[0].address, "\\Deleted", "mailbox", "INBOX", "uid", "2")
        #expect(try await client.claim().exit == .status(0))
        try await eventually("it is gone", last: { daemon.log }) { try await dovecot.flags() == [2: ["\\Deleted"]] }
    }

    @Test func moveMovesIt() async throws {
        let (dovecot, daemon, client) = try await served(["after_use = { move = \"使用済み\" }"])
        try await dovecot.doveadm("mailbox", "create", "-u", dovecot.users[0].address, "使用済み")
        #expect(try await client.claim().exit == .status(0))
        try await eventually("it is there", last: { daemon.log }) {
            let moved = try await dovecot.flags(in: "使用済み")
            let left = try await dovecot.flags()
            return moved[1]?.contains("$SecomOTPUsed") == true && left.isEmpty
        }
    }

    @Test func inMemoryTheMailboxIsNeverWrittenTo() async throws {
        let dovecot = try await Dovecot.start()
        var configuration = Configuration(.init(on: dovecot))
        configuration.lines = ["[handoff]", "claim_mark = \"memory\""]
        let daemon = try await Daemon.start(configuration)
        // Of what was there before, nobody could tell whether it was given.
        try await daemon.watching()
        try await dovecot.deliver(Letter())
        try await daemon.status("the password is there") { $0.states == ["available"] }
        #expect(try await daemon.status().mailbox().claims == "memory")
        #expect(try await Client(socket: daemon.socket).claim().exit == .status(0))
        try await daemon.status("it is used") { $0.states == ["used"] }
        #expect(try await dovecot.flags() == [1: []])
        #expect(try await Client(socket: daemon.socket).claim().exit == .status(75))
    }
}
