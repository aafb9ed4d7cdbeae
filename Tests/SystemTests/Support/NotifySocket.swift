import Glibc
import Synchronization

/// The service manager's end of sd_notify(3): the socket that NOTIFY_SOCKET names, and what was said on it.
final class NotifySocket: Sendable {
    let path: String
    private let descriptor: Int32
    private let heard = Mutex<[String]>([])

    init(path: String) throws {
        self.path = path
        descriptor = try Sockets.receiver(path: path)
        background { [self] in
            while let datagram = try? Sockets.receive(from: descriptor), !datagram.isEmpty {
                let lines = String(decoding: datagram, as: UTF8.self).split(separator: "\n").map(String.init)
                heard.withLock { $0 += lines }
            }
            close(descriptor)
        }
    }

    /// Every assignment heard so far, such as READY=1, in order.
    var assignments: [String] { heard.withLock { $0 } }

    func end() {
        shutdown(descriptor, Int32(SHUT_RD))
        unlink(path)
    }
}
