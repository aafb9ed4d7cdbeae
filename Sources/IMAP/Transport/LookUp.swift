import Glibc
import Messages
import Synchronization

/// A look-up of a host's addresses, which continues by itself: getaddrinfo(3) cannot be interrupted, and with a name server
/// that is silent it takes as long as resolv.conf(5) says. Whoever waits for it can stop at any time.
final class LookUp: Sendable {
    private let host: String
    private let port: Int
    private let result = Mutex<Result<[SocketAddress], IMAPError>?>(nil)
    private let done = EventDescriptor()

    /// Begins to look the host up, on its own thread unless it is an address already.
    init(_ endpoint: Endpoint) {
        (host, port) = (endpoint.host, endpoint.port)
        // What is called localhost is this machine, whatever a resolver says or does not say (RFC 6761, section 6.3).
        let isLocal = endpoint.name == "localhost" || endpoint.name.hasSuffix(".localhost")
        let numeric: Result<[SocketAddress], IMAPError> =
            isLocal
            ? resolve("::1", AI_NUMERICHOST).flatMap { first in
                resolve("127.0.0.1", AI_NUMERICHOST).map { first + $0 }
            }
            : resolve(endpoint.name, AI_NUMERICHOST)
        if case .success = numeric {
            result.withLock { $0 = numeric }
            return
        }
        let isStarted = BlockingThread.start(.resolver) { [self] in
            let found = resolve(host, 0)
            result.withLock { $0 = found }
            done.signal()
        }
        // Not on the caller's own: nobody could stop that, for as long as a silent name server takes.
        if !isStarted { result.withLock { $0 = .failure(.noThread) } }
    }

    /// What was found; nil when it is not there in time.
    func wait(stop: EventDescriptor, until deadline: Deadline) throws(IMAPError) -> [SocketAddress]? {
        while true {
            if let result = result.withLock({ $0 }) { return try result.get() }
            var descriptors = [pollfd(fd: done.descriptor, events: Int16(POLLIN), revents: 0)]
            switch poll(&descriptors, stop: stop, until: deadline) {
            case .ready: done.drain()
            case .stopped: throw .cancelled
            case .timedOut: return nil
            }
        }
    }

    private func resolve(_ name: String, _ flags: Int32) -> Result<[SocketAddress], IMAPError> {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        // Without AI_ADDRCONFIG, which finds nothing on a machine that has only loopback; an address of a family that is not
        // configured fails at once.
        hints.ai_flags = AI_NUMERICSERV | flags
        var list: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(name, String(port), &hints, &list)
        guard code == 0 else {
            return .failure(.resolution(host: host, reason: Text(ofLibrary: String(cString: gai_strerror(code)))))
        }
        defer { freeaddrinfo(list) }
        var addresses: [SocketAddress] = []
        var current = list
        while let entry = current?.pointee, addresses.count < 1024 {
            current = entry.ai_next
            guard let source = entry.ai_addr else { continue }
            let bytes = UnsafeRawBufferPointer(start: source, count: Int(entry.ai_addrlen))
            addresses.append(SocketAddress(family: entry.ai_family, bytes: Array(bytes)))
        }
        return .success(addresses.takingTurns)
    }
}
