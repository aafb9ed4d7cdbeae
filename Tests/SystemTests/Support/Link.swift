import Glibc

/// A network link of its own between this machine and a network namespace, that can die without a word to either end.
/// ip-netns(8), veth(4)
final class Link: Sendable {
    private static let ip = "/usr/sbin/ip"
    static let isPossible = geteuid() == 0 && access(ip, X_OK) == 0 && canUnshare
    /// A container may forbid it.
    private static var canUnshare: Bool { access("/run/netns", W_OK) == 0 || mkdir("/run/netns", 0o755) == 0 }

    private let namespace: String
    /// The address of this machine's end, and of the other.
    let near, far: String

    init() async throws {
        let number = UInt32.random(in: 0..<65_536)
        namespace = "secom-otpd-\(number)"
        let (near, far) = ("198.18.\(number >> 8).", number & 0xFC)
        (self.near, self.far) = ("\(near)\(far + 1)", "\(near)\(far + 2)")
        try await ip("netns", "add", namespace)
        try Stage.require().atEnd { [self] in
            try? await restore()
            try? await ip("netns", "delete", namespace)
        }
        let (mine, theirs) = ("sn\(number)", "sf\(number)")
        try await ip("link", "add", mine, "type", "veth", "peer", "name", theirs, "netns", namespace)
        try await ip("address", "add", "\(self.near)/30", "dev", mine)
        try await ip("link", "set", mine, "up")
        try await ip("-n", namespace, "address", "add", "\(self.far)/30", "dev", theirs)
        try await ip("-n", namespace, "link", "set", theirs, "up")
        try await ip("-n", namespace, "link", "set", "lo", "up")
    }

    /// What stands before a command that runs at the far end.
    var entering: [String] { [Self.ip, "netns", "exec", namespace] }

    /// Nothing that this machine sends arrives any more; nobody is told.
    func die() async throws { try await ip("route", "add", "blackhole", "\(far)/32") }

    func restore() async throws { try await ip("route", "delete", "blackhole", "\(far)/32") }

    private func ip(_ arguments: String...) async throws {
        let process = try Subprocess(Self.ip, arguments)
        let exit = try await process.ended()
        guard exit == .status(0) else { throw SystemCallFailure("ip \(arguments): \(process.errors.text)", 0) }
    }
}
