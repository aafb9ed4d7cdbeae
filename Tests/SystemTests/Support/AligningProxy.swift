import Dispatch
import Glibc
import Synchronization

/// A TCP proxy on loopback that has the claims of two daemons on one mail arrive together: who comes first waits for the other.
final class AligningProxy: Sendable {
    private struct State {
        var waiting: [Substring: DispatchSemaphore] = [:]
        var aligned = 0
    }

    private let listener = Mutex<Listener?>(nil)
    private let state = Mutex(State())

    init(to server: UInt16) throws {
        let made = try Listener { [weak self] client, _ in
            let upstream = try Sockets.connect(port: server)
            defer { close(upstream) }
            var (unlimited, now) = (timeval(), Int32(1))
            for end in [client, upstream] {
                setsockopt(end, SOL_SOCKET, SO_RCVTIMEO, &unlimited, socklen_t(MemoryLayout<timeval>.size))
                setsockopt(end, Int32(IPPROTO_TCP), TCP_NODELAY, &now, socklen_t(MemoryLayout<Int32>.size))
            }
            let done = DispatchSemaphore(value: 0)
            background {
                while let bytes = try? Sockets.receive(from: upstream), !bytes.isEmpty,
                    (try? Sockets.send(bytes, to: client)) != nil
                {}
                for end in [client, upstream] { shutdown(end, Int32(SHUT_RDWR)) }
                done.signal()
            }
            while let bytes = try? Sockets.receive(from: client), !bytes.isEmpty {
                self?.align(bytes)
                guard (try? Sockets.send(bytes, to: upstream)) != nil else { break }
            }
            for end in [client, upstream] { shutdown(end, Int32(SHUT_RDWR)) }
            done.wait()
        }
        listener.withLock { $0 = made }
        try Stage.require().atEnd { made.end() }
    }

    var port: UInt16 { listener.withLock { $0?.port ?? 0 } }
    /// Pairs of claims that went on together.
    var aligned: Int { state.withLock(\.aligned) }

    /// Returns when the other claim on the same mail is there too, or does not come.
    private func align(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        guard text.contains("FLAGS.SILENT ($SecomOTPClaimed)"),
            let start = text.firstRange(of: "UID STORE ")?.upperBound
        else { return }
        let uid = text[start...].prefix { $0.isNumber }
        let (mine, other) = state.withLock { state -> (DispatchSemaphore?, DispatchSemaphore?) in
            if let other = state.waiting.removeValue(forKey: uid) {
                state.aligned += 1
                return (nil, other)
            }
            let mine = DispatchSemaphore(value: 0)
            state.waiting[uid] = mine
            return (mine, nil)
        }
        other?.signal()
        if mine?.wait(timeout: .now() + .milliseconds(500)) == .timedOut {
            state.withLock { _ = $0.waiting.removeValue(forKey: uid) }
        }
    }
}
