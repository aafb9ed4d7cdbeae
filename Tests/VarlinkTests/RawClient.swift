import Foundation
import Glibc
import Synchronization

/// A client that knows nothing of Varlink: it writes bytes to a Unix socket and reads bytes from it, as slowly, as wrongly
/// or as little as a test wants. What takes five minutes is given up.
final class RawClient: Sendable {
    enum Failure: Error, Equatable {
        case connect(errno: CInt)
        case write(errno: CInt)
        case read(errno: CInt)
        case timeout
    }

    private let socket: CInt
    private let received = Mutex<[UInt8]>([])
    private let isOpen = Mutex(true)

    init(_ path: String, type: __socket_type = SOCK_STREAM) throws {
        socket = Glibc.socket(AF_UNIX, CInt(type.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let result = withUnsafePointer(to: address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard result == 0 else {
            let number = errno
            Glibc.close(socket)
            throw Failure.connect(errno: number)
        }
    }

    deinit { close() }

    /// Sends a message and its NUL.
    func send(_ message: String) async throws { try await write(Array(message.utf8) + [0]) }

    /// Sends bytes; waits while the socket has no room.
    func write(_ bytes: [UInt8]) async throws {
        try await blocking { [socket] in
            var written = 0
            while written < bytes.count {
                let count = bytes[written...].withUnsafeBytes {
                    Glibc.send(
                        socket, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL) | CInt(MSG_DONTWAIT))
                }
                if count < 0 {
                    guard errno == EAGAIN else { throw Failure.write(errno: errno) }
                    try Self.poll(socket, POLLOUT)
                } else {
                    written += count
                }
            }
        }
    }

    /// The next message, without its NUL; nil where the server has closed.
    func receive() async throws -> String? {
        try await blocking { [self] in
            while true {
                let message = received.withLock { received -> String? in
                    guard let end = received.firstIndex(of: 0) else { return nil }
                    defer { received.removeSubrange(...end) }
                    return String(decoding: received[..<end], as: UTF8.self)
                }
                if let message { return message }
                try Self.poll(socket, POLLIN)
                var buffer = [UInt8](repeating: 0, count: 65536)
                let count = recv(socket, &buffer, buffer.count, CInt(MSG_DONTWAIT))
                if count == 0 { return nil }
                guard count > 0 else { throw Failure.read(errno: errno) }
                received.withLock { $0 += buffer[..<count] }
            }
        }
    }

    /// Some bytes, at least one, as they come.
    func receiveSome() async throws -> [UInt8] {
        try await blocking { [socket] in
            try Self.poll(socket, POLLIN)
            var buffer = [UInt8](repeating: 0, count: 1024)
            let count = recv(socket, &buffer, buffer.count, CInt(MSG_DONTWAIT))
            guard count >= 0 else { throw Failure.read(errno: errno) }
            return Array(buffer[..<count])
        }
    }

    /// Sends a call and waits for its reply.
    func call(_ message: String) async throws -> String? {
        try await send(message)
        return try await receive()
    }

    /// Whether the server closes the connection without another message.
    func isClosed() async throws -> Bool {
        do { return try await receive() == nil } catch Failure.read(errno: ECONNRESET) { return true }
    }

    func shutdownWriting() { shutdown(socket, CInt(SHUT_WR)) }

    func close() {
        isOpen.withLock { isOpen in
            if isOpen { Glibc.close(socket) }
            isOpen = false
        }
    }

    /// Blocking work has threads of its own: the server's tasks need the others.
    private func blocking<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Swift.Result(catching: body)) }
        }
    }

    private static func poll(_ socket: CInt, _ event: CInt) throws {
        var descriptor = pollfd(fd: socket, events: Int16(event), revents: 0)
        guard Glibc.poll(&descriptor, 1, 300_000) > 0 else { throw Failure.timeout }
    }
}
