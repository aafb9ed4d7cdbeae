import FoundationEssentials
import Testing
import Trials

/// Whatever a server says: the daemon survives in bounded memory, names the reason, and the next connection works.
@Suite(.staged) struct HostileServerTests {
    private static let bodyless = "* 1 FETCH (UID 7 BODY[] {30000}\n\(String(repeating: "a", count: 30_000)))\n"

    /// Tricks that end the session.
    private static let breaches: [Trick] = [
        .init("endless-greeting", .greeting, String(repeating: "a", count: 300_000), reason: "a line longer than"),
        .init("http", .greeting, "HTTP/1.1 400 Bad Request\n", reason: "an invalid greeting"),
        .init("bare-line-feed", .greeting, "* OK ready\u{c}", reason: "ending without CR"),
        .init("turned-away", .greeting, "* BYE [UNAVAILABLE] later\n", reason: "[UNAVAILABLE] during the greeting"),
        .init("no-greeting", .greeting, "", reason: "closed the connection"),
        // "closed the connection", or on a busy machine "cannot connect": the reset may be there before the daemon looks.
        .init("greeting-reset", .greeting, "* OK", .reset, reason: "connect"),
        .init(
            "million-lines", .capability, String(repeating: "* X y\n", count: 1_000_000),
            reason: "more than 1048576 bytes in answer"),
        .init("nul-line", .capability, "\0\n", reason: "not a response"),
        .init("wrong-tag", .login, "999 OK\n", reason: "a command that was not sent"),
        .init("bye-at-login", .login, "* BYE [UNAVAILABLE] x\n", reason: "[UNAVAILABLE] during the login"),
        .init("login-unavailable", .login, "%T NO [UNAVAILABLE] x\n", reason: "refused the login [UNAVAILABLE]"),
        .init("huge-literal", .select, "* X {4294967295}\n", reason: "a literal larger than"),
        .init("no-uidvalidity", .select, "* 1 EXISTS\n%T OK\n", reason: "without UIDVALIDITY"),
        .init("no-folder", .select, "%T NO [NONEXISTENT] x\n", reason: "\"INBOX\" [NONEXISTENT]"),
        .init("select-wrong-no", .select, "77 NO x\n", reason: "a command that was not sent"),
        .init(
            "search-100000", .search, "* SEARCH" + (100_000..<200_000).map { " \($0)" }.joined() + "\n",
            reason: "a line longer than"),
        .init("search-bad", .search, "%T BAD x\n", reason: "refused UID SEARCH"),
        .init("search-wrong-tag", .search, "* SEARCH 7\n1 OK\n", reason: "a command that was not sent"),
        .init("50-mb", .fetch, "* 1 FETCH (UID 7 BODY[] {52428800}\n", reason: "a literal larger than"),
        .init("mid-literal", .fetch, "* 1 FETCH (UID 7 BODY[] {500}\nabc", reason: "during UID FETCH"),
        .init("mid-literal-reset", .fetch, "* 1 FETCH (UID 7 BODY[] {500}\nabc", .reset, reason: "during UID FETCH"),
        .init("no-after-fetch", .fetch, bodyless + "%T NO x\n", reason: "closed the connection"),
        .init("flood", .fetch, String(repeating: bodyless, count: 300), reason: "in answer to one command"),
        .init("bye-at-idle", .idle, "* BYE x\n", reason: "closed the connection [BYE]"),
        .init("answer-in-idle", .idle, "+ x\n999 OK\n", .silence, reason: "a command that was not sent"),
    ]

    /// Tricks that the session outlives.
    private static let nuisances: [Trick] = [
        .init("no-text", .capability, "", .goOn),
        .init("unknown", .capability, "* ESEARCH (TAG \"1\") UID\n* NAMESPACE ((\"\" {1}\n/)) NIL\n* 5 X\n", .goOn),
        .init("annotation", .login, "* ANNOTATION \"INBOX\" {3}\nabc\n* LIST () \"/\" {1}\na\n", .goOn),
        .init("codes", .select, "* OK [PERMANENTFLAGS (%)] x\n* OK [BADCHARSET ({3}\n* FLAGS (%)\n", .goOn),
        .init("code-nul", .search, "* OK [ALERT] \0\u{1}{12}\n* NO [COPYUID % x] y\n", .goOn),
        .init("strangers", .fetch, "* 1 FETCH (FLAGS ())\n* 9 FETCH (UID 5000 BODY[] {3}\nabc)\n", .goOn),
        .init("capability-nonsense", .capability, "* CAPABILITY % \"x\" (\n", .goOn),
        .init("uidvalidity-0", .select, "* OK [UIDVALIDITY 0] x\n", .goOn),
        .init("modseq-huge", .select, "* OK [HIGHESTMODSEQ 18446744073709551615] x\n", .goOn),
        .init("exists-wraps", .select, "* 18446744073709551617 EXISTS\n", .goOn),
        .init("search-0", .search, "* SEARCH 0\n", .goOn),
        .init("search-wraps", .search, "* SEARCH 18446744073709551617\n", .goOn),
        .init("uid-0", .fetch, "* 1 FETCH (UID 0 FLAGS ())\n", .goOn),
        .init("uid-wraps", .fetch, "* 1 FETCH (UID 18446744073709551617)\n", .goOn),
        .init("nested", .fetch, "* 1 FETCH (UID 8 BODYSTRUCTURE \(String(repeating: "(", count: 977))\n", .goOn),
        .init("bad-date", .fetch, "* 1 FETCH (UID 8 INTERNALDATE \"x\")\n", .goOn),
        .init("idle-refused", .idle, "%T BAD x\n", .instead),
        .init("exists-first", .idle, "* 1 EXISTS\n* 0 EXISTS\n* 1 EXISTS\n", .goOn),
        // The greeting comes twice then: the second is an untagged OK like any other.
        .init("greeting-code", .greeting, "* OK [PERMANENTFLAGS (%)] x\n", .goOn),
        .init("greeting-charset", .greeting, "* OK [BADCHARSET ({3}\n", .goOn),
    ]

    /// Tricks that keep the session waiting.
    private static let delays: [Trick] = [Trick.Point.greeting, .capability, .login, .select, .search, .fetch, .idle]
        .flatMap { point in
            [
                Trick("\(point)-silent", point, "", .silence, reason: "timed out"),
                Trick("\(point)-dribbles", point, "* ", .dribble, reason: "timed out"),
            ]
        }

    /// Tricks that would have the credentials in the clear.
    private static let beforeTLS: [Trick] = [
        .init("preauth", .greeting, "* PREAUTH x\n", .silence, reason: "PREAUTH"),
        .init(
            "injected", .starttls, "%T OK\n* CAPABILITY IMAP4rev1\n9 OK\n", .silence,
            reason: "between the answer to STARTTLS"),
        .init("starttls-refused", .starttls, "%T NO\n", .silence, reason: "refused"),
        .init("not-offered", .capability, "* CAPABILITY IMAP4rev1\n%T OK\n", .silence, reason: "does not offer"),
        .init("garbage", .starttls, "%T OK\n", .goOn, reason: "TLS"),
    ]

    /// Tricks at a claim's mark: it fails.
    private static let marks: [Trick] = [
        .init("mark-hangs-up", .store, "", .hangUp, reason: ""),
        .init("mark-wrong-no", .store, "999 NO x\n", .silence, reason: ""),
        .init("mark-refused", .store, "%T NO x\n", .hangUp, reason: ""),
    ]

    @Test(arguments: chosen(breaches)) func theBreachIsNamedAndTheNextConnectionWorks(_ trick: Trick) async throws {
        let server = try HostileServer(trick)
        let daemon = try await start(server)
        let told = try await daemon.status("it has its error") { $0.mailboxes[0].error != nil }.mailbox(trick.name)
        #expect(told.error?.contains(trick.reason ?? "?") == true, "\(told.error ?? "nothing")")
        #expect(told.state == "retrying")
        server.turnSane()
        try await handsOutItsPassword(server, daemon)
    }

    @Test(arguments: chosen(nuisances)) func theNuisanceIsOutlived(_ trick: Trick) async throws {
        let server = try HostileServer(trick)
        let daemon = try await start(server)
        try await handsOutItsPassword(server, daemon)
        #expect(server.connections == 1)
    }

    /// Bounded by a command's 30 seconds, however it is kept waiting.
    @Test(arguments: chosen(delays)) func itIsNotWaitedForLong(_ trick: Trick) async throws {
        let server = try HostileServer(trick, isSane: true)
        let daemon = try await start(server)
        try await eventually("it connects again", within: .seconds(90)) { server.connections == 2 }
        try await handsOutItsPassword(server, daemon)
        #expect(server.connections == 2)
        try await appears("timed out", in: daemon.log)
        #expect(daemon.log.split(separator: "\n").count { $0.contains("timed out") } == 1)
    }

    /// The beginning of a line is waited for like any other silence, and does not hold up the end of the daemon.
    @Test func halfALineInIdle() async throws {
        let server = try HostileServer(Trick("half", .idle, "+ idling\n* half a li", .silence), isSane: true)
        let daemon = try await start(server)
        try await daemon.watching()
        // Waiting takes next to nothing of the processor time that a loop beside it gets.
        let before = daemon.cpuSeconds
        try await background { ProcessorTime.spend(seconds: 0.5) }
        #expect(daemon.cpuSeconds - before < 0.25)
        #expect(try await daemon.stop() == .status(0))
    }

    /// A claim whose mark fails, or may have, hands nothing out, and the password stays: handed out once, after the reconnect.
    @Test(arguments: chosen(marks)) func aMarkThatFailsHandsNothingOut(_ trick: Trick) async throws {
        let server = try HostileServer(trick, isSane: true)
        let daemon = try await start(server)
        try await daemon.status("the password is there") { $0.states == ["available"] }
        let peer = try Peer(daemon)
        let failed = try await peer.call("org.secom-otpd.Handoff.Claim")
        #expect(failed.contains("MarkFailed") || failed.contains("NoPassword"), "\(failed)")
        try await handsOutItsPassword(server, daemon)
        #expect(try await peer.call("org.secom-otpd.Handoff.Claim").contains("NoPassword"))
    }

    /// A server whose answers prove nothing, whatever it is called: one daemon alone is not stuck on it, and promises no more than that.
    @Test(arguments: chosen(["dovecot", "cyrus"])) func flagsThatMayBeAnothers(name: String) async throws {
        let answer = "* 1 FETCH (UID 7 MODSEQ (10) FLAGS ($SecomOTPClaimed))\n%T OK\n"
        let server = try HostileServer(Trick(name, .store, answer, .instead), isSane: true)
        let daemon = try await start(server)
        try await daemon.status("the password is there") { $0.states == ["available"] }
        let reply = try await Peer(daemon).call("org.secom-otpd.Handoff.Claim")
        #expect(reply.contains(server.letter.password), "\(reply)")
        #expect(try await daemon.status().mailboxes.map(\.claims) == ["marked"])
    }

    @Test(arguments: chosen(beforeTLS)) func noCredentialGoesOutBeforeTLS(_ trick: Trick) async throws {
        let server = try HostileServer(trick)
        let daemon = try await Daemon.start(Configuration(try server.mailbox("starttls")))
        let told = try await daemon.status("it has its error") { $0.mailboxes[0].error != nil }.mailbox(trick.name)
        #expect(told.error?.contains(trick.reason ?? "?") == true, "\(told.error ?? "nothing")")
    }

    // MARK: -

    private func start(_ server: HostileServer) async throws -> Daemon {
        try await Daemon.start(Configuration(try server.mailbox()))
    }

    private func handsOutItsPassword(_ server: HostileServer, _ daemon: Daemon) async throws {
        try await daemon.status("the password is there") {
            $0.states == ["available"] && $0.mailboxes[0].state == "watching"
        }
        #expect(try await Peer(daemon).claim().password == server.letter.password)
        #expect(daemon.process.isRunning)
        let peak = try daemon.peakResidentKiB
        #expect(peak < 64 * 1024, "\(peak) KiB at the most")
    }
}

extension Daemon {
    /// Processor time that it has used. proc_pid_stat(5): utime and stime, in clock ticks
    var cpuSeconds: Double {
        let text = (try? String(contentsOfFile: "/proc/\(process.pid)/stat", encoding: .utf8)) ?? ""
        let columns = text.split(separator: " ")
        guard columns.count > 14, let user = Double(columns[13]), let system = Double(columns[14]) else { return 0 }
        return (user + system) / 100
    }

    /// The most memory it ever had, in KiB. proc_pid_status(5)
    var peakResidentKiB: Int {
        get throws {
            let status = try String(contentsOfFile: "/proc/\(process.pid)/status", encoding: .utf8)
            let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
            return try #require(Int(line.filter(\.isNumber)))
        }
    }
}
