import FoundationEssentials
import Testing

/// What a mailbox that cannot be had gets: a reason, patience, and no credential.
@Suite(.staged) struct TrustTests {
    @Test func aStrangeAuthorityIsRefused() async throws {
        let dovecot = try await Dovecot.start()
        var mailbox = Configuration.Mailbox(on: dovecot)
        mailbox.authority = try await Dovecot.strangeAuthority()
        try await refused(mailbox, by: dovecot)
    }

    @Test func aStrangeAuthorityIsRefusedAfterStartTLS() async throws {
        let dovecot = try await Dovecot.start()
        var mailbox = Configuration.Mailbox(on: dovecot)
        mailbox.authority = try await Dovecot.strangeAuthority()
        mailbox.port = dovecot.imapPort
        mailbox.lines = ["tls = \"starttls\""]
        try await refused(mailbox, by: dovecot)
    }

    @Test func anAuthorityThatIsRenewedIsReadAnew() async throws {
        let dovecot = try await Dovecot.start()
        let file = "\(dovecot.directory)/authority.pem"
        let strange = try await String(contentsOfFile: Dovecot.strangeAuthority(), encoding: .utf8)
        try strange.write(toFile: file, atomically: true, encoding: .utf8)
        var mailbox = Configuration.Mailbox(on: dovecot)
        mailbox.authority = file
        try await refused(mailbox, by: dovecot) {
            let own = try String(contentsOfFile: dovecot.authority, encoding: .utf8)
            try own.write(toFile: file, atomically: true, encoding: .utf8)
            try await $0.watching()
        }
    }

    @Test func theSystemsAuthoritiesAreNotEnoughForAPrivateOne() async throws {
        let dovecot = try await Dovecot.start()
        var mailbox = Configuration.Mailbox(on: dovecot)
        mailbox.authority = nil
        try await refused(mailbox, by: dovecot)
    }

    @Test func aCertificateForAnotherNameIsRefused() async throws {
        let dovecot = try await Dovecot.start(names: ["mail.example.co.jp"])
        try await refused(.init(on: dovecot), by: dovecot)
    }

    @Test func aCertificateForAnotherAddressIsRefused() async throws {
        let dovecot = try await Dovecot.start(names: ["localhost", "127.0.0.2"])
        try await refused(.init(on: dovecot), by: dovecot)
    }

    private func refused(
        _ mailbox: Configuration.Mailbox, by dovecot: Dovecot, andThen: (Daemon) async throws -> Void = { _ in }
    ) async throws {
        try await dovecot.deliver(Letter())
        let daemon = try await Daemon.start(Configuration(mailbox))
        let status = try await daemon.status("the mailbox has an error") { $0.mailboxes[0].error != nil }
        let told = try status.mailbox()
        #expect(["retrying", "failed"].contains(told.state))
        #expect(told.error?.lowercased().contains("certificate") == true)
        #expect(told.nextAttemptAt != nil)
        #expect(try await Client(socket: daemon.socket).claim("--wait", "500ms").exit == .status(75))
        #expect(!dovecot.sawCredentials)
        try await appears("certificate", in: daemon.log.lowercased())
        try await andThen(daemon)
    }

    @Test func aRefusedLoginIsNotHammered() async throws {
        let dovecot = try await Dovecot.start(["one@example.co.jp", "two@example.co.jp"])
        var wrong = Configuration.Mailbox("wrong", on: dovecot, user: 0)
        wrong.password = try Stage.require().secret()
        let daemon = try await Daemon.start(Configuration(wrong, .init("right", on: dovecot, user: 1)))
        let before = Date.now
        let status = try await daemon.status("the login is refused") { $0.mailboxes.contains { $0.error != nil } }
        let after = Date.now
        let told = try status.mailbox("wrong")
        #expect(["retrying", "failed"].contains(told.state))
        let next = try Date(#require(told.nextAttemptAt), strategy: .iso8601)
        // Five minutes, give or take: counted from some moment between these two.
        #expect(next.timeIntervalSince(before) >= 270 && next.timeIntervalSince(after) <= 460)

        // The other mailbox is served meanwhile.
        let letter = try Letter()
        try await dovecot.deliver(letter, to: "two@example.co.jp")
        let claim = try await Client(socket: daemon.socket).claim("--wait", "4m")
        #expect(try claim.claimed.password == letter.password)
        try await appears("Password mismatch", in: dovecot.log)
        #expect(dovecot.log.split(separator: "\n").count { $0.contains("Password mismatch") } == 1)
    }

    @Test func anOutageIsToldOnce() async throws {
        let dovecot = try await Dovecot.start()
        let daemon = try await Daemon.start(Configuration(.init(on: dovecot)))
        try await daemon.watching()
        try await dovecot.crash()
        var attempts: Set<String> = []
        var lines = 0
        try await daemon.status("three attempts failed") { status in
            guard let next = status.mailboxes[0].nextAttemptAt else { return false }
            if attempts.isEmpty { lines = daemon.log.split(separator: "\n").count }
            attempts.insert(next)
            return attempts.count > 3
        }
        #expect(daemon.log.split(separator: "\n").count <= lines + 1)
        try await dovecot.startAgain()
        try await daemon.status("it recovers") { $0.mailboxes[0].state == "watching" }
    }

    @Test func aServerThatIsNotThereYet() async throws {
        let dovecot = try await Dovecot.start()
        try await dovecot.crash()
        let daemon = try await Daemon.start(Configuration(.init(on: dovecot)))
        try await daemon.status("the mailbox has an error") { $0.mailboxes[0].error != nil }
        try await dovecot.startAgain()
        let letter = try Letter()
        try await dovecot.deliver(letter)
        let claim = try await Client(socket: daemon.socket).claim("--wait", "4m")
        #expect(try claim.claimed.password == letter.password)
    }
}
