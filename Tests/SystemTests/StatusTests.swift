import FoundationEssentials
import Testing
import Trials

/// `secom-otp status`, in each of its forms.
@Suite(.staged) struct StatusTests {
    private func served() async throws -> Daemon {
        let dovecot = try await Dovecot.start()
        try await dovecot.deliver(Letter())
        var refused = try Letter()
        refused.subject = "お知らせ"
        try await dovecot.deliver(refused)
        let daemon = try await Daemon.start(Configuration(.init(on: dovecot)))
        try await daemon.status("both are read") { $0.passwords.count == 2 && $0.mailboxes[0].state == "watching" }
        return daemon
    }

    @Test func asJSONItIsTheReply() async throws {
        let daemon = try await served()
        let result = try await Client(socket: daemon.socket).status("--json")
        #expect(result.exit == .status(0))
        let status = try JSONDecoder().decode(Status.self, from: Data(result.output.utf8))
        #expect(status.states == ["available", "refused"])
        #expect(status.passwords.contains { $0.reason == "wrong-subject" })
        let mailbox = try status.mailbox()
        #expect(mailbox.claims == "exclusive" && mailbox.error == nil && mailbox.reconnects == 0)
        #expect(mailbox.lastRoundTripAt != nil && mailbox.lastArrivalAt != nil)
    }

    @Test func forPeopleItIsATable() async throws {
        let daemon = try await served()
        let result = try await Client(socket: daemon.socket).status()
        #expect(result.exit == .status(0))
        for word in ["main", "watching", "available", "refused", "wrong-subject"] {
            #expect(result.output.contains(word))
        }
        #expect(result.output.hasSuffix(": 1 mailbox, all OK; 1 refused, 1 available\n"))
        #expect(!result.output.contains("\u{1B}"))
    }

    /// Whatever mails say that come in under the sender's name.
    private func crowded() async throws -> Daemon {
        let dovecot = try await Dovecot.start()
        for to in [
            "a@example.co.jp", "\"\u{1B}[2J\u{202E}\"@example.co.jp",
            String(repeating: "long", count: 15) + "@example.co.jp",
        ] {
            var letter = try Letter()
            letter.to = to
            try await dovecot.deliver(letter)
        }
        let name = "証明書の受信箱"
        let down = Configuration.Mailbox("down", port: 1, user: "down@example.co.jp", password: "x")
        let daemon = try await Daemon.start(Configuration(.init(name, on: dovecot), down))
        try await daemon.status("all is read") {
            $0.passwords.count == 3 && $0.mailboxes.allSatisfy { $0.state == "watching" || $0.error != nil }
        }
        return daemon
    }

    @Test(arguments: chosen([60, 80, 132])) func itFitsTheTerminal(columns: Int) async throws {
        let daemon = try await crowded()
        let sight = try await Onlooker(columns: columns, environment: ["TERM": "xterm", "NO_COLOR": "1"]).run(
            "secom-otp", "status", "--socket", daemon.socket)
        #expect(sight.exit == 0 && !sight.shown.contains("\u{1B}") && !sight.shown.contains("\u{202E}"), "\(sight)")
        // A Japanese character takes two columns.
        let widths = sight.lines.map { $0.unicodeScalars.reduce(0) { $0 + ($1.value > 0x2E80 ? 2 : 1) } }
        #expect(widths.allSatisfy { $0 <= columns }, "\(sight)")
        // What is not well comes first, and why it is not below it.
        let words = sight.lines.compactMap { $0.split(separator: " ").first }
        #expect(words.prefix(2) == ["MAILBOX", "down"])
        #expect(sight.lines[2].contains("cannot connect to 127.0.0.1 port 1"))
    }

    @Test func itHasColoursWhereTheyAreSeen() async throws {
        let daemon = try await served()
        let colourful = try await Onlooker().run("secom-otp", "status", "--socket", daemon.socket)
        #expect(colourful.shown.contains("\u{1B}[32mwatching\u{1B}[0m"), "\(colourful)")
        for environment in [["TERM": "xterm", "NO_COLOR": "1"], ["TERM": "dumb", "NO_COLOR": ""]] {
            let plain = try await Onlooker(environment: environment).run(
                "secom-otp", "status", "--socket", daemon.socket)
            #expect(plain.lines == colourful.lines && !plain.shown.contains("\u{1B}"))
        }
    }

    @Test func timesAreLocal() async throws {
        let daemon = try await served()
        let issued = try #require(try await daemon.status().passwords.first?.issuedAt)
        var hours: [Int?] = []
        for zone in ["UTC-9", "UTC+3"] {
            let result = try await run(
                "secom-otp", "status", "--socket", daemon.socket, environment: ["TZ": zone, "COLUMNS": "200"])
            let line = try #require(result.output.split(separator: "\n").first { $0.contains("available") })
            hours.append(Int(try #require(line.firstMatch(of: /[ ]([0-9]{2}):[0-9]{2}:[0-9]{2}[ ]/)).output.1))
        }
        let hour = try #require(Int(issued.dropFirst(11).prefix(2)))
        #expect(hours == [(hour + 9) % 24, (hour + 21) % 24])
    }

    @Test func ofOneMailboxAlone() async throws {
        let daemon = try await crowded()
        let client = Client(socket: daemon.socket)
        let status = try JSONDecoder().decode(
            Status.self, from: Data(try await client.status("--json", "--mailbox", "down").output.utf8))
        #expect(status.mailboxes.map(\.name) == ["down"] && status.passwords.isEmpty)
        let metrics = try await client.status("--openmetrics", "--mailbox", "down").output
        #expect(metrics.contains("{mailbox=\"down\"}") && !metrics.contains("証明書"))
        #expect(try await client.status("--mailbox", "証明書の受信箱").output.contains(": 1 mailbox, all OK; 3 available\n"))
        let unknown = try await client.status("--mailbox", "else")
        #expect(unknown.exit == .status(65) && unknown.output == "" && unknown.errors.contains("no mailbox \"else\""))
    }

    @Test func forMonitoringItIsOpenMetrics() async throws {
        let daemon = try await served()
        let result = try await Client(socket: daemon.socket).status("--openmetrics")
        #expect(result.exit == .status(0))
        #expect(result.output.hasSuffix("# EOF\n"))
        #expect(!result.output.contains("@"))
    }

    @Test func asAPluginItIsOneLineAndAStatus() async throws {
        let daemon = try await served()
        let client = Client(socket: daemon.socket)
        let warning = try await client.status("--nagios")
        #expect(warning.exit == .status(1) && warning.errors == "")
        #expect(
            warning.output.hasPrefix(
                "SECOM-OTP WARNING - 1 refused; 1 of 1 mailboxes watched, 1 available | mailboxes=1;"),
            "\(warning)")
        #expect(warning.output.split(separator: "\n", omittingEmptySubsequences: false).count == 2)
        let unknown = try await client.status("--nagios", "--mailbox", "else")
        #expect(unknown.exit == .status(3) && unknown.output.hasPrefix("SECOM-OTP UNKNOWN - no mailbox \"else\""))
        let wrong = try await client.status("--nagios", "--mailbx", "else")
        #expect(
            wrong.exit == .status(3) && wrong.output.hasPrefix("SECOM-OTP UNKNOWN - ") && wrong.errors == "", "\(wrong)"
        )
        try await daemon.stop()
        let critical = try await client.status("--nagios")
        #expect(critical.exit == .status(2) && critical.output.hasPrefix("SECOM-OTP CRITICAL - "), "\(critical)")
        #expect(critical.errors == "" && critical.output.hasSuffix("\n"))
    }

    @Test func asAPluginOfWhatIsWellItIsOK() async throws {
        let daemon = try await Daemon.start(Configuration(.init(on: try await Dovecot.start())))
        try await daemon.watching()
        let result = try await Client(socket: daemon.socket).status("--nagios")
        #expect(
            result.exit == .status(0) && result.output.hasPrefix("SECOM-OTP OK - 1 of 1 mailboxes watched"), "\(result)"
        )
    }
}
