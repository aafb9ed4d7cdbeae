import Dispatch
import Glibc
import Synchronization

/// A TCP proxy on loopback that cuts a connection at a command, once; or carries nothing any more, without a word to either end.
final class CuttingProxy: Sendable {
    enum Cut: Sendable {
        /// The server never has the command.
        case before
        /// It has carried it out, and its answer is lost.
        case behind
    }

    private struct State {
        var isDone = false
        var isHushed = false
    }
    private let listener = Mutex<Listener?>(nil)
    private let state = Mutex(State())

    /// - Parameter words: what the command has in it; nil: no connection is cut.
    init(to server: UInt16, _ cut: Cut = .before, at words: String? = nil) throws {
        let made = try Listener { [weak self] client, _ in
            guard let self else { return }
            let upstream = try Sockets.connect(port: server)
            defer { close(upstream) }
            var unlimited = timeval()
            for end in [client, upstream] {
                setsockopt(end, SOL_SOCKET, SO_RCVTIMEO, &unlimited, socklen_t(MemoryLayout<timeval>.size))
            }
            let isCut = Mutex(false)
            let done = DispatchSemaphore(value: 0)
            background { [self] in
                carry(upstream, client) { _ in isCut.withLock(\.self) ? (false, false) : (true, true) }
                for end in [client, upstream] { shutdown(end, Int32(SHUT_RDWR)) }
                done.signal()
            }
            carry(client, upstream) { bytes in
                guard let words, String(decoding: bytes, as: UTF8.self).contains(words), self.take() else {
                    return (true, true)
                }
                guard cut == .behind else { return (false, false) }
                isCut.withLock { $0 = true }
                return (true, true)
            }
            for end in [client, upstream] { shutdown(end, Int32(SHUT_RDWR)) }
            done.wait()
        }
        listener.withLock { $0 = made }
        try Stage.require().atEnd { made.end() }
    }

    var port: UInt16 { listener.withLock { $0?.port ?? 0 } }
    /// A connection was cut.
    var isDone: Bool { state.withLock(\.isDone) }

    /// From now on nothing arrives at either end, as on a link that is dead.
    func hush() { state.withLock { $0.isHushed = true } }

    private func take() -> Bool {
        state.withLock { state in
            defer { state.isDone = true }
            return !state.isDone
        }
    }

    /// Until either end closes, or what comes is not to be sent, or is the last.
    private func carry(_ from: Int32, _ to: Int32, _ judge: ([UInt8]) -> (isSent: Bool, goesOn: Bool)) {
        while let bytes = try? Sockets.receive(from: from), !bytes.isEmpty {
            if state.withLock(\.isHushed) { continue }
            let (isSent, goesOn) = judge(bytes)
            guard !isSent || (try? Sockets.send(bytes, to: to)) != nil, goesOn else { return }
        }
    }
}
