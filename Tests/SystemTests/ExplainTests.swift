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

    /// secom-otpd explain --sample | secom-otpd explain -, and the way through a mail server.
    @Test func aSample() async throws {
        let dovecot = try await Dovecot.start()
        let (file, socket) = try Configuration(.init(on: dovecot)).write()
        let sample = try await run("secom-otpd", "explain", "--config", file, "--sample")
        #expect(sample.exit == .status(0) && sample.errors.isEmpty)
        #expect(sample.output.contains("\nTo: \(dovecot.users[0].address)\n"))
        let result = try await run(
            "secom-otpd", "explain", "--config", file, "--json", "--reveal", "-", input: Array(sample.output.utf8))
        #expect(result.exit == .status(0))
        let password = try #require(try verdicts(result).first?.password)
        #expect(password.hasPrefix("SAMPLE"))
        try await dovecot.deliver(Array(sample.output.utf8))
        let daemon = try await Daemon.start(file: file, socket: socket)
        #expect(try await Client(socket: daemon.socket).claim("--wait", "4m").claimed.password == password)

        let other = try await run("secom-otpd", "explain", "--config", file, "--sample", "--to", "a@example.com")
        #expect(other.output.contains("\nTo: a@example.com\n"))
        for wrong in ["--sample -", "--sample --to a", "--to a@example.com -", "", "--sample --json"] {
            let words = wrong.split(separator: " ").map(String.init)
            let process = try Subprocess(Place.program("secom-otpd"), ["explain", "--config", file] + words)
            #expect(try await process.ended() == .status(64), "\(wrong)")
        }
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
