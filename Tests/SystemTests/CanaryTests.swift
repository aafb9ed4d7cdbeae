import FoundationEssentials
import Testing

/// Secrets leave by one door only: planted in the mailbox's password, an access token and a letter, they are looked for
/// everywhere else. (The logs and every Status are looked through after each test anyway.)
@Suite(.staged) struct CanaryTests {
    private let settings = "auth_mechanisms = plain xoauth2\n"
    private let users = ["webmaster@example.co.jp", "token@example.co.jp"]

    /// One mailbox with a password, one with a token from a command.
    private func watching() async throws -> (Dovecot, Daemon, credentials: [String]) {
        let dovecot = try await Dovecot.start(users, settings: settings)
        var configuration = Configuration(.init(on: dovecot), .init("token", on: dovecot, user: 1))
        let token = try await dovecot.token(of: users[1])
        let file = try Stage.require().scratch.write("\(token)\n", to: "token")
        configuration.mailboxes[1].login = #"oauth2_token = { command = ["/bin/cat", "\#(file)"] }"#
        let daemon = try await Daemon.start(configuration)
        try await daemon.watching()
        try await appears("method=XOAUTH2", in: dovecot.log)
        return (dovecot, daemon, [dovecot.users[0].password, token])
    }

    @Test func noSecretInProcNorInFiles() async throws {
        let (dovecot, daemon, _) = try await watching()
        for user in users { try await dovecot.deliver(Letter(), to: user) }
        try await daemon.status("they are there") { $0.states == ["available", "available"] }
        let claimant = try Client(socket: daemon.socket).starting(["--", "/bin/sleep", "600"])
        let status = try await daemon.status("one is claimed") { $0.states == ["available", "claimed"] }
        for pid in [daemon.process.pid, claimant.pid] {
            for file in ["cmdline", "environ", "status", "maps"] { try noSecret(in: "/proc/\(pid)/\(file)") }
        }
        // Its child may be any of its threads'.
        let threads = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(claimant.pid)/task")
        let children = try threads.flatMap {
            try Proc.text(of: "/proc/\(claimant.pid)/task/\($0)/children").split(separator: " ")
        }
        #expect(children.count == 1)
        for child in children {
            for file in ["cmdline", "environ"] { try noSecret(in: "/proc/\(child)/\(file)") }
        }
        let id = try #require(status.passwords.first { $0.state == "claimed" }).id
        #expect(try await Client(socket: daemon.socket).settle(id, "used").exit == .status(0))
        let files = try FileManager.default.subpathsOfDirectory(atPath: daemon.runtimeDirectory)
        #expect(files.contains("reading"))
        for file in files { try noSecret(in: "\(daemon.runtimeDirectory)/\(file)") }
    }

    /// What was settled is nowhere in the daemon's memory any more, what was not stands in its locked page and nowhere else. It
    /// came by every way: found at the start, pushed, pushed with others.
    @Test(.enabled(if: MemoryImage.isReadable, "only root may look into the daemon's memory"))
    func noSecretInMemoryAfterSettling() async throws {
        let (dovecot, first, credentials) = try await watching()
        var letters = [try Letter(), try Letter()]
        for letter in letters { try await dovecot.deliver(letter) }
        try await first.status("they are there") { $0.passwords.count == 2 }
        try await first.kill()
        let daemon = try await first.startAgain()
        try await daemon.watching()
        letters.append(try Letter())
        try await dovecot.deliver(letters[2])
        try await daemon.status("it was pushed") { $0.passwords.count == 3 }
        letters.append(try Letter())
        // Encoded, and with more in the mail than a first fetch gets.
        letters[3].encoding = .utf8Base64
        try await dovecot.deliver(letters[3])
        try await daemon.status("all are there") { $0.passwords.count == 4 }
        try await copies(of: letters.map(\.password), in: daemon, are: 1)

        let client = Client(socket: daemon.socket)
        for _ in letters { #expect(try await client.claim().exit == .status(0)) }
        try await daemon.status("all are used") { $0.states == Array(repeating: "used", count: 4) }
        try await copies(of: letters.map(\.password), in: daemon, are: 0)
        // The credentials went with the logins.
        try await copies(of: credentials, in: daemon, are: 0)
        try await copies(of: credentials.flatMap(Base64.alignments), in: daemon, are: 0)
    }

    /// The moment when the last copy goes is not ours to know: the threads that had it are not done when the reply is.
    private func copies(of secrets: [String], in daemon: Daemon, are count: Int) async throws {
        var last: [Int] = []
        // Each look costs a tenth of a second.
        try await eventually("\(count) copies of each", within: .seconds(20), last: { "\(last)" }) {
            let image = try MemoryImage(of: daemon.process.pid)
            last = secrets.map(image.copies)
            return last.allSatisfy { $0 == count }
        }
    }
}
