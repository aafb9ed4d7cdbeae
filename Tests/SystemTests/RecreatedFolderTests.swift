import Testing
import Trials

/// The folder is deleted and made anew: what comes into the new one is heard. The session that stands may say nothing of it (Cyrus 3.10
/// answers NOOP and IDLE with OK; Dovecot 2.4 goes on with NO).
@Suite(.staged) struct RecreatedFolderTests {
    typealias Make = OtherServer.Make

    /// - Parameter waits: somebody waits for a password when it happens.
    @Test(arguments: chosen(Make.presentWithKeywords.flatMap { make in [false, true].map { (make, $0) } }))
    func mailInTheNewFolder(make: Make, waits: Bool) async throws {
        let server = try await OtherServer.shared(make)
        let user = try server.user()
        let name = make.folder("otp")
        try await server.asUser(user) { try $0.command("CREATE \"\(name)\"") }
        let daemon = try await Daemon.start(
            Configuration(.init(on: server, user: user, lines: ["folder = \"\(name)\""])))
        try await daemon.watching()
        let letters = [try Letter(), try Letter()]
        let bytes = letters.map(\.bytes)
        try await server.asUser(user) { try $0.append(bytes[0], to: name) }
        let client = Client(socket: daemon.socket)
        #expect(try await client.claim("--wait", "4m").claimed.password == letters[0].password)
        let connections = try daemon.connections
        let claim = waits ? try client.starting(["--wait", "4m"]) : nil
        if waits { try await eventually("the claim waits") { try daemon.connections == connections + 1 } }
        try await server.asUser(user) {
            try $0.command("DELETE \"\(name)\"")
            try $0.command("CREATE \"\(name)\"")
            try $0.append(bytes[1], to: name)
        }
        let waiting = try claim ?? client.starting(["--wait", "4m"])
        #expect(try await Client.result(of: waiting).claimed.password == letters[1].password)
        try await eventually("it is marked there") {
            try await server.flags(of: user, in: name).values.contains { $0.contains("$SecomOTPUsed") }
        }
    }
}
