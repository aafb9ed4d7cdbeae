import FoundationEssentials
import Glibc
import Testing
import Trials

/// The mailbox is the only durable store: a restart finds every state in it again.
@Suite(.staged) struct RestartTests {
    @Test(arguments: chosen([SIGTERM, SIGKILL])) func everyStateComesBack(signal: Int32) async throws {
        let dovecot = try await Dovecot.start()
        for minutes in 1...5 {
            var letter = try Letter()
            letter.date = .now - Double(60 * minutes)
            if minutes == 5 { letter.subject = "お知らせ" }
            try await dovecot.deliver(letter)
        }
        var daemon = try await Daemon.start(Configuration(.init(on: dovecot)))
        try await daemon.status("all are read") { $0.passwords.count == 5 }
        let peer = try Peer(daemon)
        let client = Client(socket: daemon.socket)
        let used = try await peer.claim()
        #expect(try await client.settle(used.id, "used").exit == .status(0))
        let rejected = try await peer.claim()
        #expect(try await client.settle(rejected.id, "rejected").exit == .status(0))
        let claimed = try await peer.claim()
        let before = try await daemon.status("four are settled, claimed and refused") {
            $0.states == ["available", "claimed", "refused", "rejected", "used"]
        }
        try await eventually("the mailbox has every mark") {
            let flags = try await dovecot.flags().values.joined()
            return flags.contains("$SecomOTPUsed") && flags.contains("$SecomOTPRejected")
        }

        daemon.process.send(signal)
        let exit = try await daemon.process.ended()
        #expect(exit == (signal == SIGTERM ? .status(0) : .signal(SIGKILL)))
        daemon = try await daemon.startAgain()
        let after = try await daemon.status("all are read again") { $0.passwords.count == 5 }
        #expect(after.states == ["available", "inDoubt", "refused", "rejected", "used"])
        #expect(try after.password(used.id).state == "used")
        #expect(try after.password(rejected.id).state == "rejected")
        #expect(try after.password(claimed.id).state == "inDoubt")
        #expect(Set(after.passwords.map(\.id)) == Set(before.passwords.map(\.id)))

        let again = Client(socket: daemon.socket)
        #expect(try await again.claim().exit == .status(0))
        #expect(try await again.claim().exit == .status(75))
        #expect(try await again.claim("--include-in-doubt").claimed.password == claimed.password)
    }

    /// The newest mails are searched first, and then ten times as many each time.
    @Test func passwordsFarBackInALargeFolderAreFound() async throws {
        let dovecot = try await Dovecot.start()
        var letters: [Letter] = []
        for (number, others) in [40, 900, 150, 99].enumerated() {
            var letter = try Letter()
            letter.date = .now - Double(600 - number)
            letters.append(letter)
            try await dovecot.deliver(letter)
            var newsletter = try Letter()
            newsletter.from = "news@example.co.jp"
            for _ in 0..<others { try await dovecot.place(newsletter) }
            // Files get their UIDs in the order of their names: those before the next letter get theirs now.
            try await dovecot.doveadm("mailbox", "status", "-u", dovecot.users[0].address, "messages", "INBOX")
        }
        let daemon = try await Daemon.start(Configuration(.init(on: dovecot)))
        let status = try await daemon.status("all four are read") { $0.passwords.count == 4 }
        #expect(status.states == ["available", "available", "available", "available"])
        let peer = try Peer(daemon)
        for letter in letters.reversed() {
            #expect(try await peer.claim().password == letter.password)
        }
    }

    @Test func aWaitingClaimEndsWhenTheDaemonStops() async throws {
        let dovecot = try await Dovecot.start()
        let daemon = try await Daemon.start(Configuration(.init(on: dovecot)))
        try await daemon.watching()
        let peer = try Peer(daemon)
        try peer.send(#"{"method":"org.secom-otpd.Handoff.Claim","parameters":{"waitSeconds":240}}"#)
        try await eventually("the claim waits") { try daemon.connections == 1 }
        #expect(try await daemon.stop(within: .seconds(10)) == .status(0))
        try await eventually("the connection's end") { peer.isClosed }
        #expect(peer.messages.allSatisfy { $0.contains(#""error""#) })
        #expect(access(daemon.socket, F_OK) != 0)
    }

    @Test func theClientCommandWaitsOnOverARestart() async throws {
        let dovecot = try await Dovecot.start()
        var daemon = try await Daemon.start(Configuration(.init(on: dovecot)))
        try await daemon.watching()
        let claim = try Client(socket: daemon.socket).starting(["--wait", "4m"])
        try await eventually("the claim waits") { try daemon.connections == 1 }
        try await daemon.stop()
        daemon = try await daemon.startAgain()
        try await eventually("the claim waits again") { try daemon.connections == 1 }
        let letter = try Letter()
        try await dovecot.deliver(letter)
        #expect(try await Client.result(of: claim).claimed.password == letter.password)
    }

    @Test func itSaysThatItStops() async throws {
        let daemon = try await Daemon.start(Configuration(.init(on: try await Dovecot.start())))
        try await daemon.watching()
        #expect(!daemon.notified.assignments.contains("STOPPING=1") && !daemon.log.contains("stopping"))
        try await daemon.stop()
        try await eventually("STOPPING=1") {
            daemon.notified.assignments.suffix(2) == ["STOPPING=1", "STATUS=Stopping"]
        }
        #expect(daemon.log.contains("stopping\n"))
    }

    @Test func itStopsAtOnceWhereNoServerAnswers() async throws {
        let dovecot = try await Dovecot.start()
        try await dovecot.crash()
        let daemon = try await Daemon.start(Configuration(.init(on: dovecot)))
        try await daemon.status("the mailbox has an error") { $0.mailboxes[0].error != nil }
        #expect(try await daemon.stop(within: .seconds(10)) == .status(0))
    }

    @Test func aStaleSocketIsReplaced() async throws {
        let dovecot = try await Dovecot.start()
        let daemon = try await Daemon.start(Configuration(.init(on: dovecot)))
        try await daemon.kill()
        #expect(access(daemon.socket, F_OK) == 0)
        try await daemon.startAgain().watching()
    }
}
