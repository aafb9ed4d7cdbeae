import FoundationEssentials
import Testing

/// The tool that an administrator has at hand: systemd's own client, as Debian 13 has it, on the real socket.
@Suite(.staged) struct VarlinkctlTests {
    private static let root = "\(Place.tree)/.build/trixie/usr/bin/varlinkctl"

    private func varlinkctl(_ arguments: String?...) async throws -> Client.Result {
        let arguments = arguments.compactMap(\.self)
        let directory = try Stage.require().scratch.path
        return try await Client.result(of: Subprocess(Place.server("varlinkctl"), ["in", directory] + arguments))
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: root), "as root, make test sets up .build/trixie"))
    func asksAndClaims() async throws {
        let dovecot = try await Dovecot.start()
        let letter = try Letter()
        try await dovecot.deliver(letter)
        let daemon = try await Daemon.start(Configuration(.init(on: dovecot)))
        try await daemon.status("the password is there") { $0.states == ["available"] }

        let info = try await varlinkctl("info", daemon.socket)
        #expect(info.exit == .status(0) && info.output.contains("org.secom-otpd.Handoff"), "\(info)")
        let interface = try await varlinkctl("introspect", daemon.socket, "org.secom-otpd.Handoff")
        #expect(interface.exit == .status(0), "\(interface)")
        for word in ["method Claim", "method Settle", "method Status", "type OneTimePassword", "error NoPassword"] {
            #expect(interface.output.contains(word))
        }
        for mode in [nil, "--more"] {
            let result = try await varlinkctl("-j", "call", mode, daemon.socket, "org.secom-otpd.Handoff.Status", "{}")
            #expect(result.exit == .status(0), "\(result)")
            // Of a stream it makes a JSON text sequence (RFC 7464).
            let json = result.output.filter { $0 != "\u{1E}" }
            let status = try JSONDecoder().decode(Status.self, from: Data(json.utf8))
            #expect(status.states == ["available"])
        }
        let refused = try await varlinkctl(
            "call", daemon.socket, "org.secom-otpd.Handoff.Claim", #"{"mailbox":"none"}"#)
        #expect(refused.exit == .status(1) && refused.errors.contains("UnknownMailbox"), "\(refused)")

        struct Claimed: Decodable { let oneTimePassword: Client.OneTimePassword }
        let claim = try await varlinkctl("-j", "call", daemon.socket, "org.secom-otpd.Handoff.Claim", "{}")
        let claimed = try JSONDecoder().decode(Claimed.self, from: Data(claim.output.utf8)).oneTimePassword
        #expect(claimed.password == letter.password)
        // Its connection is gone.
        try await daemon.status("it is in doubt") { $0.states == ["inDoubt"] }
        let settlement = #"{"id":"\#(claimed.id)","outcome":"used"}"#
        let settled = try await varlinkctl("call", daemon.socket, "org.secom-otpd.Handoff.Settle", settlement)
        #expect(settled.exit == .status(0), "\(settled)")
        try await daemon.status("it is used") { $0.states == ["used"] }
    }
}
