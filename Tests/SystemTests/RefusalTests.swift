import FoundationEssentials
import Testing
import Trials

/// A mail that is not the one: a recorded refusal with its reason.
@Suite(.staged) struct RefusalTests {
    @Test func eachRefusalHasItsReason() async throws {
        let dovecot = try await Dovecot.start()
        var (news, phishing, stranger) = (try Letter(), try Letter(), try Letter())
        news.subject = "サービス停止のお知らせ"
        phishing.url = "https://www.login.secomtrust.net.example.com/login.do"
        stranger.from = "ra-support@secom.example.com"
        var empty = try Letter()
        empty.password = ""
        for letter in [news, phishing, stranger, empty] { try await dovecot.deliver(letter) }
        // From the sender by name alone, and bytes that are no mail at all.
        try await dovecot.deliver(Array("From: \"ra-support@secom.co.jp\" <a@example.com>\nSubject: x\n\nx\n".utf8))
        var random = Seeded(Seed.choose())
        try await dovecot.deliver((0..<5000).map { _ in UInt8.random(in: 1...255, using: &random) })
        let good = try Letter()
        try await dovecot.deliver(good)

        let daemon = try await Daemon.start(Configuration(.init(on: dovecot)))
        let status = try await daemon.status("all are read") {
            $0.states.contains("available") && $0.mailboxes[0].state == "watching"
        }
        let reasons = status.passwords.filter { $0.state == "refused" }.compactMap(\.reason).sorted()
        #expect(reasons == ["login-url-not-allowed", "no-password", "wrong-subject"])
        #expect(status.states == ["available", "refused", "refused", "refused"])
        for reason in reasons { try await appears(reason, in: daemon.log) }

        let client = Client(socket: daemon.socket)
        #expect(try await client.claim().claimed.password == good.password)
        #expect(try await client.claim("--include-in-doubt").exit == .status(75))
    }

    @Test func whatIsOlderThanADayIsNotHandedOut() async throws {
        let dovecot = try await Dovecot.start()
        var (old, good) = (try Letter(), try Letter())
        old.date = .now - 25 * 3600
        good.date = .now - 23 * 3600
        try await dovecot.deliver(old)
        try await dovecot.deliver(good)
        let daemon = try await Daemon.start(Configuration(.init(on: dovecot)))
        let status = try await daemon.status("both are read") {
            $0.states.contains("available") && $0.passwords.count == 2
        }
        #expect(status.states == ["available", "expired"])
        let client = Client(socket: daemon.socket)
        #expect(try await client.claim().claimed.password == good.password)
        #expect(try await client.claim("--include-in-doubt").exit == .status(75))
    }

    /// The server took them in before what is looked through; its search, which knows only days, finds them all the same.
    @Test func whatWasTooOldWhenItWasFirstSeenIsTold() async throws {
        let dovecot = try await Dovecot.start()
        let yesterday = Date.now - 25 * 3600
        var (old, used, news, good) = (try Letter(), try Letter(), try Letter(), try Letter())
        (old.date, used.date, news.date, good.date) = (yesterday, yesterday, yesterday, .now - 3600)
        news.subject = "サービス停止のお知らせ"
        let client = try IMAPClient(port: dovecot.imapPort, user: dovecot.users[0])
        let date = rfc3501(yesterday)
        try client.append(old.bytes, date: date)
        try client.append(used.bytes, flags: "$SecomOTPClaimed $SecomOTPUsed", date: date)
        try client.append(news.bytes, date: date)
        try client.append(good.bytes)
        let daemon = try await Daemon.start(Configuration(.init(on: dovecot)))
        let status = try await daemon.status("all are read") {
            $0.passwords.count == 4 && $0.mailboxes[0].state == "watching"
        }
        #expect(status.states == ["available", "expired", "refused", "used"])
        // One that comes while it is watched, such as out of the spam folder, is told as well.
        try client.append(Letter().bytes, date: date)
        try await daemon.status("the fifth is told") { $0.states.count { $0 == "expired" } == 2 }
        let worker = Client(socket: daemon.socket)
        #expect(try await worker.claim().claimed.password == good.password)
        #expect(try await worker.claim("--include-in-doubt").exit == .status(75))
        try await appears("state=expired", in: daemon.log)
        #expect(
            try await dovecot.flags().values.allSatisfy {
                !$0.contains("$SecomOTPClaimed") || $0.contains("$SecomOTPUsed")
            })
    }

    @Test func aPasswordExpiresWhileItWaits() async throws {
        let dovecot = try await Dovecot.start()
        var configuration = Configuration(.init(on: dovecot))
        // On a busy machine it may be over before it is read: then the next lives twice as long.
        for seconds in [4, 8, 16, 32, 64, 128, 256] {
            try await dovecot.deliver(Letter())
            configuration.lines = ["[mail]", "valid_for = \"\(seconds)s\""]
            let daemon = try await Daemon.start(configuration)
            try await daemon.watching()
            if try await daemon.status().states.contains("available") {
                try await daemon.status("it has expired") { !$0.states.contains("available") }
                #expect(try await daemon.status().states.allSatisfy { $0 == "expired" })
                #expect(try await Client(socket: daemon.socket).claim().exit == .status(75))
                return
            }
            try await daemon.stop()
        }
        Issue.record("it was never there")
    }
}
