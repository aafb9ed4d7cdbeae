import FoundationEssentials
import Glibc

/// A private Dovecot with TLS and an authority of its own. See servers/dovecot.
final class Dovecot: Sendable {
    struct User: Sendable {
        var address: String
        var password: String
    }

    let directory: String
    let users: [User]
    let imapPort, imapsPort, lmtpPort: UInt16

    /// A server that answers.
    ///
    /// - Parameters:
    ///   - addresses: whose mailboxes it has; each gets a new password.
    ///   - names: the host names and addresses in its certificate.
    ///   - certificate: instead, all that it says.
    ///   - settings: lines for its configuration.
    static func start(
        _ addresses: [String] = ["webmaster@example.co.jp"], names: [String] = [], certificate: Certificate? = nil,
        settings: String = ""
    ) async throws -> Dovecot {
        let stage = try Stage.require()
        let users = addresses.map { User(address: $0, password: stage.secret(length: 20)) }
        let directory = "\(stage.scratch.path)/\(stage.name("d"))"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: false)
        let name = directory.dropFirst(stage.scratch.path.count + 1)
        let list = users.map { "\($0.address):{PLAIN}\($0.password)\n" }.joined()
        _ = try stage.scratch.write(list, to: "\(name)/users")
        _ = try stage.scratch.write(settings, to: "\(name)/local.conf")
        for file in ["users", "local.conf"] { chmod("\(directory)/\(file)", 0o644) }
        if let certificate { try await run(Place.server("certificate"), [directory] + certificate.words) }
        stage.atEnd { _ = try? await Self.script(["crash", directory]) }
        try await Self.script(["start", directory] + names)
        return try Dovecot(directory: directory, users: users)
    }

    /// Settings, as 2.3 writes them, or 2.4.
    static func hidingItsName() async throws -> String {
        let version = try await Client.result(of: Subprocess("/usr/sbin/dovecot", ["--version"])).output
        let name = version.hasPrefix("2.3.") ? "imap_id_send = name x" : "imap_id_send {\n  name = x\n}"
        return "\(name)\nlogin_greeting = ready\n"
    }

    private init(directory: String, users: [User]) throws {
        var ports: [Substring: UInt16] = [:]
        for line in try String(contentsOfFile: "\(directory)/env", encoding: .utf8).split(separator: "\n") {
            let halves = line.split(separator: "=")
            if halves.count == 2 { ports[halves[0]] = UInt16(halves[1]) }
        }
        guard let imap = ports["IMAP_PORT"], let imaps = ports["IMAPS_PORT"], let lmtp = ports["LMTP_PORT"] else {
            throw SystemCallFailure("\(directory)/env", EINVAL)
        }
        (self.directory, self.users) = (directory, users)
        (imapPort, imapsPort, lmtpPort) = (imap, imaps, lmtp)
    }

    /// The certificate of its authority.
    var authority: String { "\(directory)/ca.pem" }
    var log: String { (try? String(contentsOfFile: "\(directory)/log", encoding: .utf8)) ?? "" }
    /// Somebody has shown it a credential, a good one or a bad one: "Login:" is what 2.3 logs, "Logged in:" what 2.4 does.
    var sawCredentials: Bool { ["Login:", "Logged in:", "auth failed"].contains { log.contains($0) } }

    func stop() async throws { try await Self.script(["stop", directory]) }
    /// As ``stop()``, but at once and without a word to the clients.
    func crash() async throws { try await Self.script(["crash", directory]) }
    /// On the same ports, with the same mail.
    func startAgain() async throws { try await Self.script(["start", directory]) }

    /// A further user, from now on.
    func add(_ address: String, password: String) throws {
        let path = "\(directory)/users"
        let list = try String(contentsOfFile: path, encoding: .utf8) + "\(address):{PLAIN}\(password)\n"
        try list.write(toFile: path, atomically: false, encoding: .utf8)
    }

    /// An access token of the user's that the server takes, if its `auth_mechanisms` have xoauth2.
    func token(of address: String) async throws -> String {
        let output = try await Self.script(["token", directory, address])
        let token = String(output.prefix { $0 != "\n" })
        try Stage.require().keep(secret: token)
        return token
    }

    /// Delivers the letter by LMTP, to the first user if none is named.
    func deliver(_ letter: Letter, to address: String? = nil) async throws {
        try await deliver(letter.bytes, to: address)
    }

    func deliver(_ letter: [UInt8], to address: String? = nil) async throws {
        let (port, recipient) = (lmtpPort, address ?? users[0].address)
        try await background { try LMTP.deliver(letter, to: recipient, port: port) }
    }

    /// Puts the letter into the inbox's files, as a delivery agent does, whether the server runs or not. The mailbox
    /// must have been opened once. maildir(5)
    func place(_ letter: Letter, to address: String? = nil) async throws {
        let inbox = "\(directory)/mail/\(address ?? users[0].address)/Maildir"
        let name = "\(UInt64.random(in: 0 ... .max)).localhost"
        var owner = stat()
        guard stat(inbox, &owner) == 0 else { throw SystemCallFailure(inbox) }
        try Data(letter.bytes).write(to: URL(filePath: "\(inbox)/tmp/\(name)"))
        chown("\(inbox)/tmp/\(name)", owner.st_uid, owner.st_gid)
        guard rename("\(inbox)/tmp/\(name)", "\(inbox)/new/\(name)") == 0 else { throw SystemCallFailure("rename") }
    }

    /// The keywords and flags of every mail of a folder, by UID, without \Recent.
    func flags(of address: String? = nil, in folder: String = "INBOX") async throws -> [UInt32: Set<String>] {
        let text = try await doveadm(
            "-f", "tab", "fetch", "-u", address ?? users[0].address, "uid flags", "mailbox", folder, "all")
        var flags: [UInt32: Set<String>] = [:]
        for line in text.split(separator: "\n").dropFirst() {
            let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard columns.count == 2, let uid = UInt32(columns[0]) else { continue }
            flags[uid] = Set(columns[1].split(separator: " ").map(String.init)).subtracting(["\\Recent"])
        }
        return flags
    }

    @discardableResult func doveadm(_ arguments: String...) async throws -> String {
        try await Self.run("/usr/bin/doveadm", ["-c", "\(directory)/dovecot.conf"] + arguments)
    }

    /// A certificate of an authority that signed nobody here.
    static func strangeAuthority() async throws -> String {
        let stage = try Stage.require()
        let directory = "\(stage.scratch.path)/\(stage.name("ca"))"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: false)
        try await script(["authority", directory, "localhost"])
        return "\(directory)/ca.pem"
    }

    @discardableResult private static func script(_ arguments: [String]) async throws -> String {
        try await run(Place.server("dovecot"), arguments)
    }

    @discardableResult private static func run(_ program: String, _ arguments: [String]) async throws -> String {
        let process = try Subprocess(program, arguments)
        guard try await process.ended() == .status(0) else { throw Failure(text: process.errors.text) }
        return process.output.text
    }

    struct Failure: Error, CustomStringConvertible {
        let text: String
        var description: String { text }
    }
}
