import FoundationEssentials
import Testing

/// `secom-otpd explain`: what would be done with a mail, and why.
@Suite(.staged) struct ExplainTests {
    private struct Verdict: Decodable {
        let file, verdict: String
        let reason, detail, issuedAt, expiresAt, recipient, loginURL, password: String?
    }

    private func verdicts(_ result: Client.Result) throws -> [Verdict] {
        try result.output.split(separator: "\n").map { try JSONDecoder().decode(Verdict.self, from: Data($0.utf8)) }
    }

    private func configuration() async throws -> String {
        try await Configuration(.init(on: Dovecot.start())).write().file
    }

    @Test func anAcceptedMail() async throws {
        let stage = try Stage.require()
        let letter = try Letter()
        let (file, configuration) = (try stage.scratch.write(letter.bytes, to: "good.eml"), try await configuration())

        let result = try await run("secom-otpd", "explain", "--config", configuration, "--json", file)
        #expect(result.exit == .status(0))
        let leaked = stage.secrets(in: "\(result)")
        #expect(leaked.isEmpty)
        let verdict = try #require(try verdicts(result).first)
        #expect(verdict.file == file && verdict.verdict == "accepted" && verdict.reason == nil)
        #expect(verdict.recipient == letter.to && verdict.loginURL == letter.url && verdict.password == nil)
        let issued = try Date(#require(verdict.issuedAt), strategy: .iso8601)
        #expect(abs(issued.timeIntervalSince(letter.date)) <= 1)
        #expect(verdict.expiresAt != nil)

        let revealed = try await run("secom-otpd", "explain", "--config", configuration, "--json", "--reveal", file)
        #expect(try verdicts(revealed).first?.password == letter.password)
    }

    @Test func aRefusedMailAmongOthers() async throws {
        let stage = try Stage.require()
        var bad = try Letter()
        bad.from = "someone@example.com"
        let files = [
            try stage.scratch.write(bad.bytes, to: "bad.eml"), try stage.scratch.write(Letter().bytes, to: "good.eml"),
        ]
        let configuration = try await configuration()
        let result = try await run("secom-otpd", "explain", "--config", configuration, "--json", files[0], files[1])
        #expect(result.exit == .status(1))
        let found = try verdicts(result)
        #expect(found.map(\.file) == files)
        #expect(found.map(\.verdict) == ["refused", "accepted"])
        #expect(found.first?.reason == "wrong-sender" && found.first?.detail?.isEmpty == false)

        let people = try await run("secom-otpd", "explain", "--config", configuration, files[0])
        #expect(people.exit == .status(1))
        #expect(people.output.contains("wrong-sender"))
    }

    @Test func fromStandardInput() async throws {
        let configuration = try await configuration()
        let result = try await run(
            "secom-otpd", "explain", "--config", configuration, "--json", "-", input: Letter().bytes)
        #expect(result.exit == .status(0))
    }

    @Test func aMissingFileIs66() async throws {
        let configuration = try await configuration()
        let good = try Stage.require().scratch.write(Letter().bytes, to: "good.eml")
        let result = try await run(
            "secom-otpd", "explain", "--config", configuration, "--json", "/nonexistent.eml", good)
        #expect(result.exit == .status(66))
        #expect(result.errors.contains("/nonexistent.eml"))
    }
}
