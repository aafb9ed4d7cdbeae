import Testing

/// The soak of `make soak`, for as long as everybody waits: each password to one worker, once, whatever dies.
@Suite(.staged) struct SoakTests {
    @Test(.timeLimit(.minutes(20))) func thirtyKills() async throws {
        let soak = try Subprocess(
            "/usr/bin/python3",
            ["\(Place.tree)/Tests/Soak/soak.py", "--kills", "30", "--round", "15", "--programs", Place.programs],
            environment: ["TMPDIR": try Stage.require().scratch.path])
        let exit = try await soak.ended(within: .seconds(900))
        #expect(exit == .status(0), "\(soak.output.text)\(soak.errors.text)")
    }
}
