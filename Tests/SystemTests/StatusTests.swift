import FoundationEssentials
import Testing

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
    }

    @Test func forMonitoringItIsOpenMetrics() async throws {
        let daemon = try await served()
        let result = try await Client(socket: daemon.socket).status("--openmetrics")
        #expect(result.exit == .status(0))
        #expect(result.output.hasSuffix("# EOF\n"))
        #expect(!result.output.contains("@"))
    }
}
