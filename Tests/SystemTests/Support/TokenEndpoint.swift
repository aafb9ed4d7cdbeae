import FoundationEssentials
import Glibc
import Synchronization

/// An OAuth 2.0 token endpoint over TLS, with an authority of its own, that answers as it is told to. See servers/token-endpoint.
final class TokenEndpoint: Sendable {
    static let tenant = "11111111-1111-1111-1111-111111111111"
    static let client = "22222222-2222-2222-2222-222222222222"

    /// The programs that ask it have what they run.
    static var canBeAsked: Bool { access("/usr/bin/python3", X_OK) == 0 && access("/usr/bin/openssl", X_OK) == 0 }

    private let directory: String
    /// What systemd would pass: the credentials `microsoft365-secret` and `google-key`.
    let credentials: String
    private struct Process {
        var program: Subprocess?
        var port = ""
    }
    private let process = Mutex(Process())

    /// One that listens.
    static func start(_ answer: String) async throws -> TokenEndpoint {
        let endpoint = try TokenEndpoint()
        try endpoint.answers(answer)
        try await ran(Place.server("dovecot"), "authority", endpoint.directory, "localhost")
        try await endpoint.startAgain()
        try Stage.require().atEnd { endpoint.stop() }
        return endpoint
    }

    private init() throws {
        let stage = try Stage.require()
        directory = "\(stage.scratch.path)/\(stage.name("t"))"
        credentials = "\(directory)/credentials"
        try FileManager.default.createDirectory(atPath: credentials, withIntermediateDirectories: true)
        try "\(stage.secret(length: 40))\n".write(
            toFile: "\(credentials)/microsoft365-secret", atomically: true, encoding: .utf8)
    }

    private static func ran(_ program: String, _ arguments: String...) async throws {
        let process = try Subprocess(program, arguments)
        guard try await process.ended() == .status(0) else { throw Dovecot.Failure(text: process.errors.text) }
    }

    /// What it says from now on: a JSON object, as servers/token-endpoint has it.
    func answers(_ json: String) throws {
        try json.write(toFile: "\(directory)/answer", atomically: true, encoding: .utf8)
    }

    func gives(_ token: String) throws {
        try answers(#"{"body": {"access_token": "\#(token)", "token_type": "Bearer", "expires_in": 3599}}"#)
    }

    /// How often it was asked.
    var requests: Int {
        ((try? String(contentsOfFile: "\(directory)/requests", encoding: .utf8)) ?? "").count { $0 == "\n" }
    }

    func stop() { process.withLock { $0.program?.send(SIGKILL) } }

    /// On the same port, where it has had one.
    func startAgain() async throws {
        let port = process.withLock { $0.port }
        let started = try Subprocess(Place.server("token-endpoint"), [directory] + (port.isEmpty ? [] : [port]))
        let told = try await eventually("the token endpoint's port", last: { started.errors.text }) {
            started.output.text.hasSuffix("\n") ? String(started.output.text.dropLast()) : nil
        }
        process.withLock { $0 = Process(program: started, port: told) }
    }

    // MARK: - The programs that ask it

    /// A value for `oauth2_token`: the program as the package has it, told of this endpoint.
    private func command(_ words: [String]) -> String {
        let port = process.withLock { $0.port }
        let all = words + ["--endpoint", "https://localhost:\(port)/token", "--ca-file", "\(directory)/ca.pem"]
        return "oauth2_token = { command = [\(all.map { "\"\($0)\"" }.joined(separator: ", "))] }"
    }

    /// That of Microsoft 365, by a client secret. No role is looked for: the tokens are not Microsoft's.
    var microsoft: String {
        command([
            "\(Place.tree)/tokens/microsoft365-token", "--tenant", Self.tenant, "--client-id", Self.client, "--secret",
            "microsoft365-secret", "--any-role",
        ])
    }

    /// That of Google Workspace, with a service account's new key.
    func google(for user: String) async throws -> String {
        try await Self.ran(
            "/usr/bin/openssl", "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out",
            "\(directory)/rsa.key")
        let key = try String(contentsOfFile: "\(directory)/rsa.key", encoding: .utf8)
        for line in key.split(separator: "\n").dropFirst().dropLast(2) {
            try Stage.require().keep(secret: String(line))
        }
        let account =
            #"{"type": "service_account", "client_email": "otp@project.example.com", "client_id": "1", "private_key_id": "kid", "private_key": "\#(key.replacing("\n", with: "\\n"))"}"#
        try account.write(toFile: "\(credentials)/google-key", atomically: true, encoding: .utf8)
        return command(["\(Place.tree)/tokens/google-token", "--user", user, "--key", "google-key"])
    }

    /// A daemon to which its credentials are passed, as systemd does it.
    func daemon(_ configuration: Configuration) async throws -> Daemon {
        try await Daemon.start(configuration, by: ["/usr/bin/env", "CREDENTIALS_DIRECTORY=\(credentials)"])
    }
}
