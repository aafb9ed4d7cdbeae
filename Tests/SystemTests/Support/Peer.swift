import FoundationEssentials
import Glibc
import Synchronization

/// A bare client of the daemon's socket, polite or not: it sends what it is told to. UAPI.20
final class Peer: Sendable {
    private let descriptor: Int32
    private let output: Output

    init(_ daemon: Daemon) throws {
        descriptor = try Sockets.connect(path: daemon.socket)
        output = Output(readingFrom: dup(descriptor))
    }

    func send(_ bytes: some Collection<UInt8>) throws { try Sockets.send(bytes, to: descriptor) }
    func send(_ message: String) throws { try send(Array(message.utf8) + [0]) }

    /// Everything received so far, one text for each message.
    var messages: [String] {
        let bytes = output.bytes
        guard let end = bytes.lastIndex(of: 0) else { return [] }
        return bytes[..<end].split(separator: 0, omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    /// The daemon has closed the connection.
    var isClosed: Bool { output.hasEnded }

    /// Calls a method, and gives the reply as text.
    func call(_ method: String, _ parameters: String = "{}", within limit: Duration = patience) async throws
        -> String
    {
        let before = messages.count
        try send(#"{"method":"\#(method)","parameters":\#(parameters)}"#)
        return try await eventually("a reply to \(method)", within: limit, last: { "\(self.messages)" }) {
            let messages = self.messages
            return messages.count > before ? messages[before] : nil
        }
    }

    /// Claims a password, which stays this connection's until it is settled.
    func claim(_ parameters: String = #"{"waitSeconds":240}"#) async throws -> Client.OneTimePassword {
        struct Reply: Decodable {
            struct Parameters: Decodable { let oneTimePassword: Client.OneTimePassword }
            let parameters: Parameters
        }
        let reply = try await call("org.secom-otpd.Handoff.Claim", parameters)
        if reply.hasPrefix(#"{"error":"#) { throw Refused(reply: reply) }
        return try JSONDecoder().decode(Reply.self, from: Data(reply.utf8)).parameters.oneTimePassword
    }

    func status() async throws -> Status {
        struct Reply: Decodable { let parameters: Status }
        let reply = try await call("org.secom-otpd.Handoff.Status")
        try Status.vet(reply)
        return try JSONDecoder().decode(Reply.self, from: Data(reply.utf8)).parameters
    }

    /// The daemon has answered with an error.
    struct Refused: Error, CustomStringConvertible {
        let reply: String
        var description: String { "refused: \(reply)" }
    }

    func hangUp() { shutdown(descriptor, Int32(SHUT_RDWR)) }

    deinit {
        hangUp()
        close(descriptor)
    }
}
