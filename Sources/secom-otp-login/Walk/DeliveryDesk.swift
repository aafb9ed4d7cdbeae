import FoundationEssentials
import Glibc
import Handoff
import Ledger
import ProcessRuntime
import Varlink

/// A password that the daemon pushes (`worker_socket`): systemd has accepted the daemon's connection and passes it on
/// (`Accept=yes`). The connection carries one call of `org.secom-otpd.Worker` and one reply.
struct DeliveryDesk: PasswordDesk {
    private let connection: Int32

    private static let method = "org.secom-otpd.Worker.Deliver"
    /// The maximum size of one message, in bytes.
    private static let bound = 64 * 1024

    /// Takes the connection that systemd has passed; nil if there is none. sd_listen_fds(3)
    init?() {
        func number(_ name: String) -> Int32? { getenv(name).flatMap { Int32(String(cString: $0)) } }
        guard number("LISTEN_PID") == getpid(), number("LISTEN_FDS") == 1 else { return nil }
        var isListening: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        guard getsockopt(3, SOL_SOCKET, SO_ACCEPTCONN, &isListening, &length) == 0, isListening == 0 else { return nil }
        _ = fcntl(3, F_SETFD, FD_CLOEXEC)
        connection = 3
    }

    func absence() async -> Ending? { nil }

    func claim(issuedAfter: Date) async -> Result<Password, Ending> {
        let connection = connection
        guard let frame = (try? await beside("delivery", { Self.receive(connection) })) ?? nil else {
            return .failure(.noPassword("the daemon closed the connection before it delivered a password"))
        }
        let call = try? frame.withUnsafeBytes { bytes throws(MessageError) in try CallMessage(parsing: bytes) }
        frame.wipeForAll()
        guard let call, call.method == Self.method,
            let password = call.parameters["oneTimePassword"]?.object.flatMap(Password.init)
        else {
            reply([
                "error": "org.varlink.service.MethodNotFound", "parameters": ["method": .string(call?.method ?? "")],
            ])
            return .failure(.noDaemon("the call on this connection is not \(Self.method) with a password"))
        }
        return .success(password)
    }

    /// Returns the password unused: it is available again.
    func giveBack() async {
        if case .success = await claim(issuedAfter: Date()) { _ = await settle(.unused) }
    }

    func settle(_ outcome: Procedure.Outcome?) async -> String? {
        // Closing the connection leaves it in doubt.
        guard let outcome else { return nil }
        return reply(["parameters": ["outcome": .string(Outcome(outcome).rawValue)]])
            ? nil : "the daemon has closed the connection, and could not be told the outcome"
    }

    @discardableResult private func reply(_ message: JSON.Object) -> Bool {
        writeAll(JSON.object(message).bytes + [0], to: connection)
    }

    /// The first message, without its NUL; nil if the connection ends before one is complete, or it is too large.
    private static func receive(_ connection: Int32) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: bound)
        var count = 0
        while count < bytes.count {
            let got = bytes.withUnsafeMutableBytes {
                read(connection, $0.baseAddress?.advanced(by: count), $0.count - count)
            }
            if got < 0, errno == EINTR { continue }
            guard got > 0 else { return nil }
            if let end = bytes[count..<(count + got)].firstIndex(of: 0) { return Array(bytes[..<end]) }
            count += got
        }
        return nil
    }
}
