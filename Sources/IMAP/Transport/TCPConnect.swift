import Glibc

/// Opens a TCP connection, all addresses of the host raced as RFC 8305 has it. Blocks; for a mailbox's own thread.
enum TCPConnect {
    /// Time that an address gets before the next one is tried beside it (RFC 8305, section 8).
    private static let attemptDelay: Duration = .milliseconds(250)

    /// Returns a connected, non-blocking socket.
    static func open(_ endpoint: Endpoint, stop: EventDescriptor, until deadline: Deadline) throws(IMAPError) -> Int32 {
        var waiting = try resolve(endpoint)[...]
        var racing: [pollfd] = []
        var reason = "no address"
        defer { for attempt in racing { close(attempt.fd) } }
        while true {
            if let address = waiting.popFirst() {
                switch begin(address) {
                case .success(let descriptor):
                    racing.append(pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0))
                case .failure(let failure):
                    reason = failure.description
                    if !waiting.isEmpty { continue }
                }
            }
            guard !racing.isEmpty else { break }
            let next = waiting.isEmpty ? deadline : min(deadline, .after(attemptDelay))
            switch poll(&racing, stop: stop, until: next) {
            case .stopped: throw .cancelled
            case .timedOut:
                if deadline.hasPassed { throw .timeout(during: .connecting(host: endpoint.host)) }
            case .ready:
                var index = 0
                while index < racing.count {
                    guard racing[index].revents != 0 else { index += 1; continue }
                    let descriptor = racing.remove(at: index).fd
                    let code = pendingError(descriptor)
                    if code == 0 { return descriptor }
                    reason = SystemError(code: code).description
                    close(descriptor)
                }
            }
            if racing.isEmpty, waiting.isEmpty { break }
        }
        throw .connection(host: endpoint.host, port: endpoint.port, reason: reason)
    }

    private struct Address { var storage: sockaddr_storage, length: socklen_t, family: Int32 }

    /// The host's addresses, the families taking turns (RFC 8305, section 4). What is called localhost is this machine,
    /// whatever a resolver says or does not say (RFC 6761, section 6.3).
    private static func resolve(_ endpoint: Endpoint) throws(IMAPError) -> [Address] {
        let name = endpoint.host.lowercased()
        let names = name == "localhost" || name.hasSuffix(".localhost") ? ["::1", "127.0.0.1"] : [endpoint.host]
        var found: [Address] = []
        for name in names { found += try lookUp(name, endpoint) }
        guard let family = found.first?.family else { return [] }
        let first = found.filter { $0.family == family }
        let second = found.filter { $0.family != family }
        var addresses: [Address] = []
        for index in 0..<max(first.count, second.count) {
            if index < first.count { addresses.append(first[index]) }
            if index < second.count { addresses.append(second[index]) }
        }
        return Array(addresses.prefix(16))
    }

    private static func lookUp(_ name: String, _ endpoint: Endpoint) throws(IMAPError) -> [Address] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        // Without AI_ADDRCONFIG, which finds nothing on a machine that has only loopback; an address of a family that is not
        // configured fails at once.
        hints.ai_flags = AI_NUMERICSERV
        var list: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(name, String(endpoint.port), &hints, &list)
        guard code == 0 else {
            throw .resolution(host: endpoint.host, reason: String(cString: gai_strerror(code)))
        }
        defer { freeaddrinfo(list) }
        var addresses: [Address] = []
        var current = list
        while let entry = current?.pointee, addresses.count < 64 {
            current = entry.ai_next
            guard let source = entry.ai_addr, Int(entry.ai_addrlen) <= MemoryLayout<sockaddr_storage>.size else {
                continue
            }
            var storage = sockaddr_storage()
            withUnsafeMutableBytes(of: &storage) {
                $0.copyMemory(from: UnsafeRawBufferPointer(start: source, count: Int(entry.ai_addrlen)))
            }
            addresses.append(Address(storage: storage, length: entry.ai_addrlen, family: entry.ai_family))
        }
        return addresses
    }

    private static func begin(_ address: Address) -> Result<Int32, SystemError> {
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let descriptor = socket(address.family, type, 0)
        guard descriptor >= 0 else { return .failure(SystemError(code: errno)) }
        setOptions(descriptor)
        var storage = address.storage
        let result = withUnsafePointer(to: &storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, address.length) }
        }
        if result == 0 || errno == EINPROGRESS { return .success(descriptor) }
        let failure = SystemError(code: errno)
        close(descriptor)
        return .failure(failure)
    }

    /// A link that died without a word is known within a minute: idle by keepalive, busy by TCP_USER_TIMEOUT.
    private static func setOptions(_ descriptor: Int32) {
        for (level, name, value) in [
            (Int32(IPPROTO_TCP), TCP_NODELAY, 1), (SOL_SOCKET, SO_KEEPALIVE, 1), (Int32(IPPROTO_TCP), TCP_KEEPIDLE, 30),
            (Int32(IPPROTO_TCP), TCP_KEEPINTVL, 10), (Int32(IPPROTO_TCP), TCP_KEEPCNT, 2),
            (Int32(IPPROTO_TCP), TCP_USER_TIMEOUT, 50_000),
        ] as [(Int32, Int32, Int32)] {
            var value = value
            setsockopt(descriptor, level, name, &value, socklen_t(MemoryLayout<Int32>.size))
        }
    }

    private static func pendingError(_ descriptor: Int32) -> Int32 {
        var code: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        return getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &length) == 0 ? code : errno
    }
}
