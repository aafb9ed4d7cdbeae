import Dispatch
import Glibc
import Synchronization

/// A TCP proxy on loopback that does one thing wrong, once: on the first connection that carries so many bytes.
final class FaultyProxy: Sendable {
    enum Direction: Sendable { case fromServer, fromClient }
    enum Fault: Sendable {
        /// Both ends see an end of file
        case cut
        /// The client sees a reset
        case reset
        /// What follows comes late
        case stall
        /// What follows comes byte by byte
        case drip
    }

    private let listener = Mutex<Listener?>(nil)
    private let state = Mutex((carried: 0, isDone: false))

    /// - Parameter count: after so many bytes in this direction, over all connections.
    init(to server: UInt16, _ fault: Fault, after count: Int, _ direction: Direction) throws {
        let made = try Listener { [weak self] client, _ in
            guard let self else { return }
            let upstream = try Sockets.connect(port: server)
            defer { close(upstream) }
            var unlimited = timeval()
            for end in [client, upstream] {
                setsockopt(end, SOL_SOCKET, SO_RCVTIMEO, &unlimited, socklen_t(MemoryLayout<timeval>.size))
            }
            let done = DispatchSemaphore(value: 0)
            background { [self] in
                carry(upstream, client, direction == .fromServer ? (fault, count) : nil)
                for end in [client, upstream] { shutdown(end, Int32(SHUT_RDWR)) }
                done.signal()
            }
            carry(client, upstream, direction == .fromClient ? (fault, count) : nil, client: client)
            for end in [client, upstream] { shutdown(end, Int32(SHUT_RDWR)) }
            done.wait()
        }
        listener.withLock { $0 = made }
        try Stage.require().atEnd { made.end() }
    }

    var port: UInt16 { listener.withLock { $0?.port ?? 0 } }
    /// The fault has happened.
    var isDone: Bool { state.withLock { $0.isDone } }

    /// Until either end closes, or the fault ends it.
    private func carry(_ from: Int32, _ to: Int32, _ fault: (Fault, after: Int)?, client: Int32? = nil) {
        var isDripping = false
        while let bytes = try? Sockets.receive(from: from), !bytes.isEmpty {
            if isDripping {
                for byte in bytes {
                    usleep(500)
                    guard (try? Sockets.send([byte], to: to)) != nil else { return }
                }
                continue
            }
            guard let (kind, limit) = fault else {
                guard (try? Sockets.send(bytes, to: to)) != nil else { return }
                continue
            }
            // How many of these bytes go before the fault; nil: all, and no fault.
            let before: Int? = state.withLock { state in
                guard !state.isDone else { return nil }
                let left = limit - state.carried
                state.carried += bytes.count
                guard left <= bytes.count else { return nil }
                state.isDone = true
                return max(left, 0)
            }
            guard let before else {
                guard (try? Sockets.send(bytes, to: to)) != nil else { return }
                continue
            }
            guard (try? Sockets.send(bytes[..<before], to: to)) != nil else { return }
            switch kind {
            case .cut: return
            case .reset:
                // Connecting to AF_UNSPEC aborts a connection: a reset at once, whatever is done to it later. connect(2)
                var nowhere = sockaddr()
                Glibc.connect(client ?? to, &nowhere, socklen_t(MemoryLayout<sockaddr>.size))
                return
            case .stall: sleep(3)
            case .drip: isDripping = true
            }
            guard (try? Sockets.send(bytes[before...], to: to)) != nil else { return }
        }
    }
}
