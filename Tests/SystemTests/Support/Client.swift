import FoundationEssentials
import Testing

/// The client command, on one daemon's socket.
struct Client: Sendable {
    struct Result: Sendable, CustomStringConvertible {
        let exit: Subprocess.Exit
        let output: String
        let errors: String

        var description: String { "\(exit)\n\(output)\(errors)" }
        /// The password that was claimed.
        var claimed: OneTimePassword {
            get throws {
                guard exit == .status(0) || !output.isEmpty else { throw NothingClaimed(result: "\(self)") }
                return try JSONDecoder().decode(OneTimePassword.self, from: Data(output.utf8))
            }
        }
    }

    struct NothingClaimed: Error, CustomStringConvertible {
        let result: String
        var description: String { "nothing claimed: \(result)" }
    }

    struct OneTimePassword: Decodable, Sendable {
        let id, mailbox, password, loginURL, issuedAt, expiresAt: String
        let recipient: String?
    }

    let socket: String

    /// Starts `secom-otp claim`.
    func starting(_ arguments: [String]) throws -> Subprocess {
        try Subprocess(Place.program("secom-otp"), ["claim", "--socket", socket] + arguments)
    }

    func claim(_ arguments: String...) async throws -> Result { try await Self.result(of: starting(arguments)) }

    /// `secom-otp claim -- sh -c SCRIPT`: the script has the JSON on its standard input.
    func claim(_ arguments: [String] = [], running script: String) async throws -> Result {
        try await Self.result(of: starting(arguments + ["--", "/bin/sh", "-c", script]))
    }

    func settle(_ id: String, _ outcome: String) async throws -> Result {
        try await run("secom-otp", "settle", "--socket", socket, id, outcome)
    }

    func status(_ arguments: String...) async throws -> Result {
        let program = Place.program("secom-otp")
        let result = try await Self.result(of: Subprocess(program, ["status", "--socket", socket] + arguments))
        try Status.vet("\(result)")
        return result
    }

    func check(_ arguments: String...) async throws -> Result {
        let program = Place.program("secom-otp")
        let result = try await Self.result(of: Subprocess(program, ["check", "--socket", socket] + arguments))
        let leaked = try Stage.require().secrets(in: "\(result)")
        #expect(leaked.isEmpty, "secrets in check")
        return result
    }

    static func result(of process: Subprocess) async throws -> Result {
        let exit = try await process.ended()
        return Result(exit: exit, output: process.output.text, errors: process.errors.text)
    }
}

/// Runs one of the built programs to its end.
func run(
    _ program: String, _ arguments: String..., environment: [String: String] = [:], input: [UInt8]? = nil
) async throws -> Client.Result {
    try await Client.result(of: Subprocess(Place.program(program), arguments, environment: environment, input: input))
}
