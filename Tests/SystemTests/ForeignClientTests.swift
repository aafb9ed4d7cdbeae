import FoundationEssentials
import Testing

/// A worker's author has a Varlink library already: it must do.
@Suite(.staged) struct ForeignClientTests {
    private struct Report: Decodable {
        let interfaces, methods, mailboxes: [String]
        let error: String?
        let oneTimePassword: Client.OneTimePassword
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: Place.python), "make test sets up .build/venv"))
    func introspectsAndClaims() async throws {
        let dovecot = try await Dovecot.start()
        let letter = try Letter()
        try await dovecot.deliver(letter)
        let daemon = try await Daemon.start(Configuration(.init(on: dovecot)))
        let python = try Subprocess(Place.python, [Place.server("foreign-client.py"), daemon.socket])
        let result = try await Client.result(of: python)
        #expect(result.exit == .status(0), "\(result.errors)")
        let report = try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
        #expect(Set(report.interfaces).isSuperset(of: ["org.varlink.service", "org.secom-otpd.Handoff"]))
        #expect(Set(report.methods).isSuperset(of: ["Claim", "Settle", "Status", "OneTimePassword", "NoPassword"]))
        #expect(report.mailboxes == ["main"])
        #expect(report.error == "org.secom-otpd.Handoff.UnknownMailbox")
        #expect(report.oneTimePassword.password == letter.password)
        #expect(try await daemon.status().states == ["used"])
    }
}
