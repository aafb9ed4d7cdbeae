import Glibc
import Testing
import Trials

/// Passwords that are pushed to a worker's socket, as they arrive.
@Suite(.staged) struct PushTests {
    private struct Stand {
        let dovecot: Dovecot
        let daemon: Daemon
        let path: String

        init() async throws {
            let stage = try Stage.require()
            path = "\(stage.scratch.path)/\(stage.name("w"))"
            dovecot = try await Dovecot.start()
            var configuration = Configuration(.init(on: dovecot))
            configuration.lines = ["[handoff]", "worker_socket = \"\(path)\""]
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
