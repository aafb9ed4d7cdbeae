import CLinux
import Glibc

/// journald's own socket, which takes an entry with its fields as one datagram: https://systemd.io/JOURNAL_NATIVE_PROTOCOL/
final class JournalSocket: Sendable {
    /// Held from the beginning: later there may be none left.
    private let descriptor: Int32
    private let address: sockaddr_un

    static let path = "/run/systemd/journal/socket"

    /// Nil where there is no descriptor for it, or the path is too long.
    init?(path: String = path) {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        guard path.utf8.count < MemoryLayout.size(ofValue: address.sun_path) else { return nil }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        self.address = address
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        if descriptor < 0 { return nil }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Waits while journald has no room. It is looked for by its path each time: one that has restarted is found again.
    ///
    /// - Returns: false where there is none, or it does not take this.
    func send(_ record: [UInt8]) -> Bool {
        withUnsafePointer(to: address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                let length = socklen_t(MemoryLayout<sockaddr_un>.size)
                while true {
                    if sendto(descriptor, record, record.count, Int32(MSG_NOSIGNAL), address, length) >= 0 {
                        return true
                    }
                    if errno == EINTR { continue }
                    // Larger than a datagram may be: the same as a file in memory.
                    guard errno == EMSGSIZE || errno == ENOBUFS else { return false }
                    return linux_send_in_memory(descriptor, address, length, record, record.count) == 0
                }
            }
        }
    }

    /// Whether a descriptor is the one that systemd has connected to the journal: JOURNAL_STREAM, systemd.exec(5). A program whose
    /// standard error was turned elsewhere has the variable all the same.
    static func leadsToJournal(_ descriptor: Int32) -> Bool {
        var status = stat()
        guard let stream = getenv("JOURNAL_STREAM"), fstat(descriptor, &status) == 0 else { return false }
        return String(cString: stream) == "\(status.st_dev):\(status.st_ino)"
    }
}
