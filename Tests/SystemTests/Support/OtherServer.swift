import FoundationEssentials
import Glibc
import Synchronization
import Testing

/// A private server of another make than Dovecot, with TLS and an authority of its own. See servers/private.
final class OtherServer: Sendable {
    enum Make: String, CaseIterable, Sendable {
        case cyrus, courier, pymap
        /// Those of Debian 13: Cyrus 3.10 and Dovecot 2.4.
        case cyrusTrixie = "cyrus-trixie"
        case dovecotTrixie = "dovecot-trixie"

        /// What it needs has been made, which `make test` does where it can.
        var isThere: Bool {
            self == .pymap
                ? FileManager.default.fileExists(atPath: "\(Place.tree)/.build/venv/bin/pymap")
                : geteuid() == 0 && FileManager.default.fileExists(atPath: "\(Place.tree)/.build/servers/\(rawValue)")
        }

        /// What a mailbox there can promise, in Status.
        var claims: String {
            switch self {
            case .cyrus, .cyrusTrixie, .dovecotTrixie: "exclusive"
            case .courier: "marked"
            case .pymap: "marked"
            }
        }

        var arrival: String { [.cyrusTrixie, .dovecotTrixie].contains(self) ? "notify" : "idle" }
        var hasKeywords: Bool { self != .pymap }
        /// What stands on a message in this state, by the kind of mailbox.
        func marks(of state: String) -> Set<String> {
            switch (hasKeywords, state) {
            case (true, "claimed"): ["$SecomOTPClaimed"]
            case (true, _): ["$SecomOTPClaimed", "$SecomOTP\(state.capitalized)"]
            case (false, "claimed"): ["\\Flagged"]
            case (false, "used"): ["\\Answered"]
            case (false, _): ["\\Answered", "\\Flagged"]
            }
        }

        var protections: [String] { self == .pymap ? ["starttls", "off"] : ["implicit", "starttls", "off"] }

        /// A folder's whole name: Courier has them all below the inbox.
        func folder(_ name: String) -> String { self == .courier ? "INBOX.\(name)" : name }

        static var present: [Make] { allCases.filter(\.isThere) }
        static var presentWithKeywords: [Make] { present.filter(\.hasKeywords) }
        static var presentAndExclusive: [Make] { present.filter { $0.claims == "exclusive" } }
    }

    let make: Make
    private let directory: String
    private let users: [Dovecot.User]
    private let taken = Mutex(0)
    let imapPort, imapsPort: UInt16

    /// A server for one test alone, gone after it.
    static func start(_ make: Make) async throws -> OtherServer {
        let stage = try Stage.require()
        let directory = "\(stage.scratch.path)/\(stage.name("o"))"
        stage.atEnd { try? await script(make, "crash", directory) }
        return try await OtherServer(make, in: directory, users: 4)
    }

    /// The server that the tests share; it outlives them, and the undertaker ends it.
    static func shared(_ make: Make) async throws -> OtherServer { try await Shared.all.server(make) }

    private actor Shared {
        static let all = Shared()
        private var servers: [Make: Task<OtherServer, any Error>] = [:]

        func server(_ make: Make) async throws -> OtherServer {
            let server = servers[make] ?? Task { try await OtherServer(make, in: "\(Scratch().path)/o", users: 60) }
            servers[make] = server
            return try await server.value
        }
    }

    private init(_ make: Make, in directory: String, users count: Int) async throws {
        (self.make, self.directory) = (make, directory)
        users = (0..<count).map { .init(address: "user\($0)", password: "p\(UInt64.random(in: 0 ... .max))") }
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: false)
        let list = users.map { "\($0.address):\($0.password)\n" }.joined()
        try list.write(toFile: "\(directory)/users", atomically: false, encoding: .utf8)
        try await Self.script(make, "start", directory)
        var ports: [Substring: UInt16] = [:]
        for line in try String(contentsOfFile: "\(directory)/env", encoding: .utf8).split(separator: "\n") {
            let halves = line.split(separator: "=")
            if halves.count == 2 { ports[halves[0]] = UInt16(halves[1]) }
        }
        (imapPort, imapsPort) = (try #require(ports["IMAP_PORT"]), try #require(ports["IMAPS_PORT"]))
    }

    /// The certificate of its authority.
    var authority: String { "\(directory)/ca.pem" }

    /// A user whose mailbox nobody has used yet.
    func user() throws -> Dovecot.User {
        let number = taken.withLock {
            $0 += 1
            return $0 - 1
        }
        return try #require(users.indices.contains(number) ? users[number] : nil, "more users are needed")
    }

    func stop() async throws { try await Self.script(make, "stop", directory) }
    /// As ``stop()``, but at once and without a word to the clients.
    func crash() async throws { try await Self.script(make, "crash", directory) }
    /// On the same ports, with the same mail.
    func startAgain() async throws { try await Self.script(make, "start", directory) }

    /// Does something in a user's mailbox, over a connection of its own.
    @discardableResult func asUser<Value: Sendable>(
        _ user: Dovecot.User, _ body: @escaping @Sendable (IMAPClient) throws -> Value
    ) async throws -> Value {
        let port = imapPort
        return try await background { try body(IMAPClient(port: port, user: user)) }
    }

    func deliver(_ letter: Letter, to user: Dovecot.User) async throws {
        let bytes = letter.bytes
        try await asUser(user) { try $0.append(bytes) }
    }

    func flags(of user: Dovecot.User, in folder: String = "INBOX") async throws -> [UInt32: Set<String>] {
        try await asUser(user) { try $0.flags(in: folder) }
    }

    private static func script(_ make: Make, _ verb: String, _ directory: String) async throws {
        let process = try Subprocess(Place.server(make.rawValue), [verb, directory])
        guard try await process.ended() == .status(0) else { throw Dovecot.Failure(text: process.errors.text) }
    }
}

extension Configuration.Mailbox {
    /// A user's mailbox on the server.
    init(on server: OtherServer, user: Dovecot.User, protection: String = "starttls", lines: [String] = []) {
        self.init(
            "main", port: protection == "implicit" ? server.imapsPort : server.imapPort, user: user.address,
            password: user.password, protection: protection)
        if protection != "off" { authority = server.authority }
        self.lines += lines
    }
}
