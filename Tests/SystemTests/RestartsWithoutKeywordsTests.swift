import FoundationEssentials
import Glibc
import Testing
import Trials

/// Servers that take no keywords, or keep nothing at all: what somebody has had is given and pushed to nobody again, however often the daemon
/// is killed.
@Suite(.staged) struct RestartsWithoutKeywordsTests {
    struct Case: Sendable, CustomStringConvertible {
        let quirk: Quirk
        let afterUse: String
        /// With the runtime directory lost each time.
        let isForgetful: Bool
        var description: String { "\(quirk) \(afterUse)\(isForgetful ? " forgetful" : "")" }
    }

    static let cases = [Quirk.exchangeOnline, .yahoo].flatMap { quirk in
        ["\"seen\"", "\"keep\"", "\"delete\"", "{ move = \"Archive\" }", "{ move = \"Nowhere\" }"].flatMap { afterUse in
            [false, true].map { Case(quirk: quirk, afterUse: afterUse, isForgetful: $0) }
        }
    }
    static let withoutMarks = ["\"seen\"", "\"keep\""].flatMap { afterUse in
        [false, true].map { Case(quirk: .keepsNothing, afterUse: afterUse, isForgetful: $0) }
    }

    @Test(arguments: chosen(cases + withoutMarks)) func nothingIsGivenAgain(kind: Case) async throws {
        let stage = try Stage.require()
        let server = try LaxServer(kind.quirk)
        let path = "\(stage.scratch.path)/\(stage.name("w"))"
        var mailbox = try server.configured()
        mailbox.lines.append("after_use = \(kind.afterUse)")
        var configuration = Configuration(mailbox)
        configuration.lines = ["[handoff]", "worker_socket = \"\(path)\""]
        var daemon = try await Daemon.start(configuration)
        try await daemon.watching()

        let client = Client(socket: daemon.socket)
        let peer = try Peer(daemon)
        var letters: [Letter] = []
        for _ in 0..<3 {
            letters.append(try Letter())
            server.mailbox.append(letters[letters.count - 1])
            let claimed = try await peer.claim()
            #expect(claimed.password == letters.last?.password)
            guard letters.count < 3 else { break }
            let outcome = letters.count == 1 ? "used" : "rejected"
            #expect(try await client.settle(claimed.id, outcome).exit == .status(0))
        }
        let worker = try Subprocess("/usr/bin/env", ["python3", Place.server("worker.py"), path, "used"])
        stage.atEnd { worker.send(SIGKILL) }
        try await eventually("the worker listens") { worker.output.text.hasPrefix("ready") }
        var pushed: [String] = []
        func push() async throws {
            let letter = try Letter()
            server.mailbox.append(letter)
            pushed.append(letter.password)
            try await appears(letter.password, in: worker.output.text)
            let number = server.mailbox.nextUID - 1
            try await daemon.status("what was pushed is settled") { status in
                status.passwords.contains { $0.id.hasSuffix("/\(number)") && $0.state == "used" && $0.reason == nil }
                    || status.mailboxes.allSatisfy { $0.claims == "memory" }
                        && status.passwords.contains { $0.id.hasSuffix("/\(number)") && $0.state == "used" }
            }
        }
        try await push()
        for _ in 0..<10 {
            try await daemon.kill()
            if kind.isForgetful { try FileManager.default.removeItem(atPath: daemon.runtimeDirectory) }
            daemon = try await daemon.startAgain()
            try await daemon.watching()
            // What is new is pushed, so that what is not would have been.
            try await push()
            #expect(try await client.claim().exit == .status(75), "\(kind)")
        }
        #expect(worker.output.lines.dropFirst().map(String.init) == pushed, "\(kind)")
        let status = try await daemon.status()
        let expected =
            kind.quirk.mark != nil || !kind.isForgetful
            ? [1: "used", 2: "rejected", 3: "inDoubt", 4: "used"]
            : [1: "inDoubt", 2: "inDoubt", 3: "inDoubt", 4: "inDoubt"]
        for (number, state) in expected where server.mailbox.messages.contains(where: { $0.uid == number + 6 }) {
            let states = status.passwords.filter { $0.id.hasSuffix("/\(number + 6)") }.map(\.state)
            #expect(states == [state], "\(kind): the \(number). is \(states)")
        }
        let stays = !["\"delete\"", "{ move = \"Archive\" }"].contains(kind.afterUse)
        #expect(server.mailbox.messages.count == (stays ? 14 : 1), "\(kind)")
    }
}
