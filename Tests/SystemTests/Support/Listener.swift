import Glibc
import Synchronization

/// A TCP port on loopback; each connection is served on a thread of its own, by blocking code, and closed after it.
final class Listener: Sendable {
    let port: UInt16
    private let descriptor: Int32
    private let open = Mutex<Set<Int32>>([])

    /// - Parameter serve: gets the connection and its number, from 0.
    convenience init(_ serve: @escaping @Sendable (Int32, Int) throws -> Void) throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let failed = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) != 0 || listen(descriptor, 64) != 0
                    || getsockname(descriptor, $0, &length) != 0
            }
        }
        if failed { throw SystemCallFailure("listen") }
        self.init(on: descriptor, port: UInt16(bigEndian: address.sin_port), serve)
    }

    /// The same port on this machine's IPv6 address.
    convenience init(besides port: UInt16, _ serve: @escaping @Sendable (Int32, Int) throws -> Void) throws {
        let descriptor = socket(AF_INET6, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_addr = in6addr_loopback
        address.sin6_port = port.bigEndian
        var one: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &one, socklen_t(MemoryLayout<Int32>.size))
        let failed = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in6>.size)) != 0 || listen(descriptor, 64) != 0
            }
        }
        if failed { throw SystemCallFailure("listen to ::1") }
        self.init(on: descriptor, port: port, serve)
    }

    private init(
        on descriptor: Int32, port: UInt16, _ serve: @escaping @Sendable (Int32, Int) throws -> Void
    ) {
        (self.descriptor, self.port) = (descriptor, port)
        background { [self] in
            var number = 0
            while true {
                let connection = accept(descriptor, nil, nil)
                guard connection >= 0 else { break }
                _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
                open.withLock { _ = $0.insert(connection) }
                let current = number
                background { [self] in
                    try? serve(connection, current)
                    open.withLock { _ = $0.remove(connection) }
                    close(connection)
                }
                number += 1
            }
            close(descriptor)
        }
    }

    /// No more connections; those that stand are cut.
    func end() {
        shutdown(descriptor, Int32(SHUT_RDWR))
        open.withLock { for connection in $0 { shutdown(connection, Int32(SHUT_RDWR)) } }
    }

    /// The connection will end with a reset instead of an end of file.
    static func reset(_ connection: Int32) {
        var now = linger(l_onoff: 1, l_linger: 0)
        setsockopt(connection, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
    }
}
