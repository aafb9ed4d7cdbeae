import Glibc

/// An address and a port, as the system's calls take them: equal where the bytes are.
struct SocketAddress: Hashable, Sendable {
    let family: Int32
    /// The sockaddr of that family. ip(7), ipv6(7)
    let bytes: [UInt8]

    /// The address is this machine's own.
    var isLoopback: Bool {
        switch family {
        // sin_addr at 4, sin6_addr at 8.
        case AF_INET: bytes.count > 4 && bytes[4] == 127
        case AF_INET6:
            bytes.count >= 24
                && (bytes[8..<23].allSatisfy { $0 == 0 } && bytes[23] == 1
                    || bytes[8..<18].allSatisfy { $0 == 0 } && bytes[18] == 0xFF && bytes[19] == 0xFF
                        && bytes[20] == 127)
        case AF_UNIX: true
        default: false
        }
    }

    /// Begins to connect. connect(2)
    func connect(_ descriptor: Int32) -> Int32 {
        // An array of bytes need not be aligned as a sockaddr must be.
        var storage = sockaddr_storage()
        let length = min(bytes.count, MemoryLayout<sockaddr_storage>.size)
        withUnsafeMutableBytes(of: &storage) { $0.copyBytes(from: bytes.prefix(length)) }
        return withUnsafePointer(to: &storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(length))
            }
        }
    }
}

extension Sequence<SocketAddress> {
    /// How many of a host's addresses count: more than any mail server has, and few enough for all of them to be begun within
    /// the time that a connection has.
    static var bound: Int { 64 }

    /// Each once, the families taking turns, the resolver's order within them (RFC 8305, section 4), and no more than the bound.
    var takingTurns: [SocketAddress] {
        var seen: Set<SocketAddress> = []
        let each = filter { seen.insert($0).inserted }
        guard let family = each.first?.family else { return [] }
        let first = each.filter { $0.family == family }
        let second = each.filter { $0.family != family }
        var addresses: [SocketAddress] = []
        for index in 0..<Swift.max(first.count, second.count) {
            if index < first.count { addresses.append(first[index]) }
            if index < second.count { addresses.append(second[index]) }
        }
        return Array(addresses.prefix(Self.bound))
    }
}
