import Glibc
import Testing

/// What a daemon whose standard error is the journal's tells journald itself.
@Suite(.staged, .enabled(if: PrivateFiles.isPossible, "needs root and unshare(1)"))
struct JournalTests {
    @Test func whoHasWhichPassword() async throws {
        let journal = try JournalSocket()
        journal.read()
        let dovecot = try await Dovecot.start()
        let daemon = try await Daemon.start(Configuration(.init(on: dovecot)), by: journal.connecting)
        try await daemon.watching()
        let watching = try await journal.entry([
            "MESSAGE": "mailbox-watching arrival=notify claims=exclusive mailbox=main"
        ])
        #expect(watching["PRIORITY"] == "5" && watching["SYSLOG_IDENTIFIER"] == "secom-otpd")
        #expect(watching["SECOM_OTPD_MAILBOX"] == "main" && watching["SECOM_OTPD_CLAIMS"] == "exclusive")
        #expect(watching["MESSAGE_ID"]?.count == 32)

        // Nobody says what became of it: it is told who had it.
        try await dovecot.deliver(Letter())
        let client = Client(socket: daemon.socket)
        let process = try client.starting(["--wait", "4m", "--", "/bin/sh", "-c", "kill -9 $$"])
        let id = try await daemon.status("it is in doubt") { $0.states == ["inDoubt"] }.passwords[0].id
        _ = try await process.ended()
        for state in ["claimed", "inDoubt"] {
            let entry = try await journal.entry(["SECOM_OTPD_STATE": state, "SECOM_OTPD_PASSWORD_ID": id])
            #expect(entry["SECOM_OTPD_CLAIMANT_UID"] == "\(getuid())", "\(entry)")
            #expect(entry["SECOM_OTPD_CLAIMANT_PID"] == "\(process.pid)", "\(entry)")
            #expect(
                entry["MESSAGE"]?.hasPrefix("password claimant-pid=\(process.pid) claimant-uid=\(getuid()) ") == true)
            #expect(entry["SECOM_OTPD_MAILBOX"] == "main" && entry["PRIORITY"] == "6")
        }
        let available = try await journal.entry(["SECOM_OTPD_STATE": "available"])
        #expect(available["SECOM_OTPD_CLAIMANT_UID"] == nil)

        // What stands there is what `settle` takes.
        #expect(try await client.settle(id, "used").exit == .status(0))
        let used = try await journal.entry(["SECOM_OTPD_STATE": "used"])
        #expect(used["SECOM_OTPD_CLAIMANT_PID"] == "\(process.pid)")
        #expect(try await daemon.stop() == .status(0))
        _ = try await journal.entry(["MESSAGE": "stopping"])
        #expect(daemon.log == "", "nothing is told twice")
    }

    @Test func withoutJournaldItIsStandardErrors() async throws {
        let journal = try JournalSocket()
        journal.read()
        let dovecot = try await Dovecot.start()
        let daemon = try await Daemon.start(Configuration(.init(on: dovecot)), by: journal.connecting)
        try await daemon.watching()
        _ = try await journal.entry(["SECOM_OTPD_MAILBOX": "main"])
        journal.end()
        try await daemon.reload()
        try await appears("<5>reloaded mailboxes=1\n", in: daemon.log)
        try journal.listen()
        journal.read()
        try await daemon.reload()
        _ = try await journal.entry(["MESSAGE": "reloaded mailboxes=1"])
        #expect(daemon.log.split(separator: "\n").count { $0.contains("reloaded") } == 1)
    }

    /// journald takes nothing, as when it is stopped: its socket is full after a few lines.
    @Test func aJournaldThatHangsHoldsNothingUp() async throws {
        let journal = try JournalSocket()
        let dovecot = try await Dovecot.start()
        let daemon = try await Daemon.start(Configuration(.init(on: dovecot)), by: journal.connecting)
        try await daemon.watching()
        let client = Client(socket: daemon.socket)
        // Each is a line: more than may wait.
        for _ in 0..<1700 {
            var letter = try Letter()
            letter.subject = "お知らせ"
            try await dovecot.place(letter)
        }
        try await daemon.status("all are there") { $0.states.count == 1700 }
        let letter = try Letter()
        try await dovecot.deliver(letter)
        #expect(try await client.claim("--wait", "4m").claimed.password == letter.password)
        try await daemon.reload()
        #expect(try await client.status().exit == .status(0))
        // Once it reads, what was lost is told of, and what comes then is there.
        journal.read()
        let lost = try await eventually("lost lines are told of") {
            journal.entries.first { $0["MESSAGE"]?.hasPrefix("log-lines-lost") == true }
        }
        #expect((lost["SECOM_OTPD_LINES"].flatMap { Int($0) } ?? 0) > 0)
        try await daemon.reload()
        _ = try await journal.entry(["MESSAGE": "reloaded mailboxes=1"])
        #expect(try await daemon.stop() == .status(0))
    }
}
