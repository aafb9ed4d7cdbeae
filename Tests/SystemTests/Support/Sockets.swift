import Glibc

/// The few things that the harness does with sockets, blocking, with a limit of two minutes on every read and write.
enum Sockets {
    static func resolves(_ name: String) -> Bool {
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(name, nil, nil, &found) == 0 else { return false }
        freeaddrinfo(found)
        return true
    }

    static func connect(port: UInt16) throws -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let descriptor = try stream(AF_INET)
        let failed = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) != 0
            }
        }
        if failed { throw closing(descriptor, SystemCallFailure("connect to port \(port)")) }
        return descriptor
    }

    static func connect(path: String) throws -> Int32 {
        let descriptor = try stream(AF_UNIX)
        let failed = try withAddress(path) { Glibc.connect(descriptor, $0, $1) != 0 }
        if failed { throw closing(descriptor, SystemCallFailure("connect to \(path)")) }
        return descriptor
    }

    /// A datagram socket that others send to.
    static func receiver(path: String) throws -> Int32 {
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | O_CLOEXEC, 0)
        let failed = try withAddress(path) { bind(descriptor, $0, $1) != 0 }
        if failed { throw closing(descriptor, SystemCallFailure("bind to \(path)")) }
        return descriptor
    }

    /// A name server that says nothing, at an address of this machine's that no other has.
    static func silentNameServer() throws -> (descriptor: Int32, address: String) {
        let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue) | O_CLOEXEC, 0)
        let (third, fourth) = (UInt32.random(in: 1...254), UInt32.random(in: 1...254))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(53).bigEndian
        address.sin_addr.s_addr = (0x7f0a_0000 | third << 8 | fourth).bigEndian
        let failed = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) != 0
            }
        }
        if failed { throw closing(descriptor, SystemCallFailure("bind to port 53")) }
        return (descriptor, "127.10.\(third).\(fourth)")
    }

    static func send(_ bytes: some Collection<UInt8>, to descriptor: Int32) throws {
        let all = Array(bytes)
        var sent = 0
        while sent < all.count {
            let count = all[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count <= 0 { throw SystemCallFailure("send") }
            sent += count
        }
    }

    /// What comes next, at most 64 KiB; nothing at the end.
    static func receive(from descriptor: Int32) throws -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 65536)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        if count < 0 { throw SystemCallFailure("recv") }
        return Array(buffer[..<count])
    }

    private static func stream(_ family: Int32) throws -> Int32 {
        let descriptor = socket(family, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
        if descriptor < 0 { throw SystemCallFailure("socket") }
        var limit = timeval(tv_sec: 120, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
        return descriptor
    }

    private static func withAddress<Result>(
        _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) throws -> Result {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw SystemCallFailure(path, ENAMETOOLONG)
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }

    private static func closing(_ descriptor: Int32, _ error: SystemCallFailure) -> SystemCallFailure {
        close(descriptor)
        return error
    }
}
