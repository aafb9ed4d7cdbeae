import Glibc
import Testing
import Trials

/// Passwords that are pushed to a worker's socket, as they arrive.
@Suite(.staged) struct PushTests {
    private struct Stand {
        let dovecot: Dovecot
        let daemon: Daemon
        let path: String

        init(_ lines: String...) async throws {
            let stage = try Stage.require()
            path = "\(stage.scratch.path)/\(stage.name("w"))"
            dovecot = try await Dovecot.start()
            var configuration = Configuration(.init(on: dovecot))
            configuration.lines = ["[handoff]", "worker_socket = \"\(path)\""] + lines
            daemon = try await Daemon.start(configuration)
            try await daemon.watching()
        }

        func worker(_ outcome: String) async throws -> Subprocess {
            let stage = try Stage.require()
            let worker = try Subprocess("/usr/bin/env", ["python3", Place.server("worker.py"), path, outcome])
            stage.atEnd { worker.send(SIGKILL) }
            try await eventually("the worker listens") { worker.output.text.hasPrefix("ready") }
            return worker
        }

        /// A letter that was delivered to the mailbox.
        func letter() async throws -> Letter {
            let letter = try Letter()
            try await dovecot.deliver(letter)
            return letter
        }
    }

    @Test(arguments: chosen(["used", "rejected"])) func theReplySettlesIt(outcome: String) async throws {
        let stand = try await Stand()
        let worker = try await stand.worker(outcome)
        let letters = [try await stand.letter(), try await stand.letter()]
        try await stand.daemon.status("both are settled") { $0.states == [outcome, outcome] }
        for letter in letters { try await appears(letter.password, in: worker.output.text) }
        #expect(
            Set(worker.output.text.split(separator: "\n").dropFirst()) == Set(letters.map { Substring($0.password) }))
    }

    @Test func whileNobodyListensItStaysAvailable() async throws {
        let stand = try await Stand()
        let letter = try await stand.letter()
        try await stand.daemon.status("it is available") { $0.states == ["available"] }
        try await eventually("the daemon says that the worker is not there") {
            stand.daemon.log.contains("worker-unreachable")
        }
        // Whoever claims it gets it.
        #expect(try await Client(socket: stand.daemon.socket).claim().claimed.password == letter.password)
        let next = try await stand.letter()
        let worker = try await stand.worker("used")
        try await stand.daemon.status("the next is delivered") { $0.states == ["used", "used"] }
        try await appears(next.password, in: worker.output.text)
        #expect(!worker.output.text.contains(letter.password))
    }

    @Test func aBrokenDeliveryIsInDoubt() async throws {
        let stand = try await Stand()
        let worker = try await stand.worker("hang-up")
        let letter = try await stand.letter()
        try await stand.daemon.status("it is in doubt") { $0.states == ["inDoubt"] }
        try await appears(letter.password, in: worker.output.text)
    }

    /// More than are under way at once: that none of them answers must not end the pushing.
    @Test func workersThatHangGiveTheirPlacesBack() async throws {
        let stand = try await Stand("delivery_timeout = \"2s\"")
        let worker = try await stand.worker("silent-16")
        for _ in 0..<17 { _ = try await stand.letter() }
        try await stand.daemon.status("those that got no answer are in doubt, the next is used") {
            $0.states == Array(repeating: "inDoubt", count: 16) + ["used"]
        }
        try await eventually("each is told", last: { stand.daemon.log }) {
            stand.daemon.log.split(separator: "\n").count { $0.contains("worker-silent") && $0.contains("waited=2s") }
                == 16
        }
        try await eventually("each was hung up on") { worker.output.lines.count { $0 == "hung up on" } == 16 }
        // Whoever asks for doubtful ones can have them, and the worker's late word counts for nothing.
        #expect(try await Client(socket: stand.daemon.socket).claim("--include-in-doubt").exit == .status(0))
    }

    /// No longer than the password is of use, whatever delivery_timeout says.
    @Test func noAnswerIsWaitedForBeyondTheExpiry() async throws {
        let stand = try await Stand("delivery_timeout = \"24h\"", "[mail]", "valid_for = \"40s\"")
        let worker = try await stand.worker("silent")
        _ = try await stand.letter()
        try await eventually("it is hung up on") { worker.output.lines.contains("hung up on") }
        try await stand.daemon.status("it has expired") { $0.states == ["expired"] }
    }

    /// Claimants that are quicker leave the worker no connection with nothing on it, and no word of a worker that is away.
    @Test func thereIsNoConnectionForNothing() async throws {
        let stand = try await Stand()
        let worker = try await stand.worker("used")
        let client = Client(socket: stand.daemon.socket)
        var letters: Set<String> = []
        for round in 0..<8 {
            let claims = try (0..<2).map { _ in try client.starting(["--wait", "2s"]) }
            for _ in 0..<(round % 3 + 1) { letters.insert(try await stand.letter().password) }
            for claim in claims { _ = try await claim.ended() }
        }
        try await stand.daemon.status("all are used") { status in
            status.states.count == letters.count && status.states.allSatisfy { $0 == "used" }
        }
        #expect(!worker.output.lines.contains("empty"))
        #expect(Set(worker.output.lines.dropFirst().map(String.init)).isSubset(of: letters))
        #expect(!stand.daemon.log.contains("worker-unreachable"))
    }

    @Test func theTimeoutIsChecked() async throws {
        for value in ["\"0s\"", "\"25h\"", "600", "\"soon\""] {
            let stage = try Stage.require()
            let file = try stage.scratch.write("[handoff]\ndelivery_timeout = \(value)\n", to: stage.name("toml"))
            let result = try await run("secom-otpd", "check", "--offline", "--config", file)
            #expect(result.exit == .status(78) && result.errors.contains("handoff.delivery_timeout"), "\(result)")
        }
    }

    @Test func whatTheWorkerGaveBackIsForClaimants() async throws {
        let stand = try await Stand()
        let worker = try await stand.worker("unused")
        let letter = try await stand.letter()
        try await eventually("it is given back") { stand.daemon.log.contains("worker-delivered") }
        try await stand.daemon.status("it is available") { $0.states == ["available"] }
        #expect(try await Client(socket: stand.daemon.socket).claim().claimed.password == letter.password)
        try await appears(letter.password, in: worker.output.text)
        #expect(worker.output.text.split(separator: "\n").count == 2)
    }
}
