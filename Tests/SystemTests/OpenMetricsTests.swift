import FoundationEssentials
import Testing

/// `secom-otp status --openmetrics`, read by a reader that is not ours.
@Suite(
    .staged, .enabled(if: FileManager.default.fileExists(atPath: Place.python), "make test sets up .build/venv"))
struct OpenMetricsTests {
    private struct Metrics: Decodable {
        struct Sample: Decodable, Hashable {
            let name: String
            let labels: [String: String]
            let value: Double
        }
        let families: [String: String]
        let samples: [Sample]

        /// The values of one metric, by its labels.
        func values(_ name: String) -> [[String: String]: Double] {
            Dictionary(samples.filter { $0.name == name }.map { ($0.labels, $0.value) }) { _, last in last }
        }
    }

    private func metrics(_ daemon: Daemon) async throws -> (Metrics, String) {
        let text = try await Client(socket: daemon.socket).status("--openmetrics").output
        let python = try Subprocess(Place.python, [Place.server("read-openmetrics.py")], input: Array(text.utf8))
        let result = try await Client.result(of: python)
        try #require(result.exit == .status(0), "\(result.errors)\n\(text)")
        return (try JSONDecoder().decode(Metrics.self, from: Data(result.output.utf8)), text)
    }

    @Test func mailboxesUpAndDownAndWhatBecameOfTheirMail() async throws {
        let start = Date.now
        let dovecot = try await Dovecot.start()
        var (news, notices, phishing) = (try Letter(), try Letter(), try Letter())
        news.subject = "サービス停止のお知らせ"
        notices.subject = "お知らせ"
        phishing.url = "https://www.login.secomtrust.net.example.com/login.do"
        for letter in [news, notices, phishing, try Letter()] { try await dovecot.deliver(letter) }
        let name = #"証明書 "A\B" "# + "\"\u{301}"
        let escaped = name.unicodeScalars.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : "\($0)" }.joined()
        // Nobody listens there.
        let down = Configuration.Mailbox("down", port: 1, user: "down@example.co.jp", password: "x")
        let daemon = try await Daemon.start(Configuration(.init(escaped, on: dovecot), down))
        let status = try await daemon.status("one mailbox is read, the other cannot be") {
            $0.passwords.count == 4 && $0.mailboxes.map(\.state).sorted() == ["retrying", "watching"]
        }
        let (metrics, text) = try await metrics(daemon)

        #expect(
            metrics.families == [
                "secom_otpd_info": "gauge", "secom_otpd_mailbox_up": "gauge",
                "secom_otpd_mailbox_reconnects": "counter",
                "secom_otpd_mailbox_last_round_trip_timestamp_seconds": "gauge",
                "secom_otpd_mailbox_last_arrival_timestamp_seconds": "gauge", "secom_otpd_passwords": "gauge",
                "secom_otpd_refusals": "gauge",
            ])
        #expect(metrics.values("secom_otpd_info") == [["version": status.version]: 1])
        #expect(metrics.values("secom_otpd_mailbox_up") == [["mailbox": name]: 1, ["mailbox": "down"]: 0])
        #expect(metrics.values("secom_otpd_mailbox_reconnects_total").count == 2)
        for metric in ["last_round_trip", "last_arrival"] {
            let times = metrics.values("secom_otpd_mailbox_\(metric)_timestamp_seconds")
            #expect(times.keys.map { $0["mailbox"] } == [name], "never for a mailbox that never answered")
            // RFC 3339 may leave fractions of a second out.
            let time = try #require(times.values.first)
            #expect((start.timeIntervalSince1970 - 1...Date.now.timeIntervalSince1970).contains(time))
        }
        #expect(
            metrics.values("secom_otpd_passwords") == [
                ["mailbox": name, "state": "available"]: 1, ["mailbox": name, "state": "refused"]: 3,
            ])
        #expect(
            metrics.values("secom_otpd_refusals") == [
                ["mailbox": name, "reason": "wrong-subject"]: 2,
                ["mailbox": name, "reason": "login-url-not-allowed"]: 1,
            ])

        // Labels travel far: no address and no id.
        #expect(!text.contains("@") && !text.contains("example.co.jp"))
        for password in status.passwords {
            let id = password.id.split(separator: "/").suffix(2).joined(separator: "/")
            #expect(!id.isEmpty && !text.contains(id))
        }
        #expect(Set(metrics.samples.flatMap(\.labels.keys)) == ["version", "mailbox", "state", "reason"])
    }

    @Test func withoutAnyMailItIsAsWellFormed() async throws {
        let daemon = try await Daemon.start(Configuration(.init(on: try await Dovecot.start())))
        try await daemon.watching()
        let (metrics, _) = try await metrics(daemon)
        #expect(metrics.values("secom_otpd_mailbox_up") == [["mailbox": "main"]: 1])
        #expect(metrics.values("secom_otpd_passwords").isEmpty)
    }
}
