import Glibc

/// Tells systemd how the service is doing. sd_notify(3), without its library.
struct ServiceNotification: Sendable {
    private let path: String?

    /// Takes the socket's name out of the environment, so that no child inherits it.
    init() {
        path = getenv("NOTIFY_SOCKET").map { String(cString: $0) }
        unsetenv("NOTIFY_SOCKET")
    }

    /// The socket listens.
    func ready(_ status: String) { send("READY=1\nSTATUS=\(oneLine(status))") }
    /// One line for `systemctl status`.
    func status(_ status: String) { send("STATUS=\(oneLine(status))") }
    /// The configuration is read again; ``ready(_:)`` ends it.
    func reloading() {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        send("RELOADING=1\nMONOTONIC_USEC=\(time.tv_sec * 1_000_000 + time.tv_nsec / 1000)")
    }
    func stopping() { send("STOPPING=1\nSTATUS=Stopping") }
    /// All is alive: WatchdogSec= begins anew.
    func alive() { send("WATCHDOG=1") }

    private func oneLine(_ text: String) -> String { String(text.map { $0.isNewline ? " " : $0 }) }

    private func send(_ message: String) {
        guard let path, let first = path.utf8.first, first == UInt8(ascii: "/") || first == UInt8(ascii: "@") else {
            return
        }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let name = Array(path.utf8)
        guard name.count < MemoryLayout.size(ofValue: address.sun_path) else { return }
        withUnsafeMutableBytes(of: &address.sun_path) {
            $0.copyBytes(from: name)
            if name[0] == UInt8(ascii: "@") { $0[0] = 0 }
        }
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        // An abstract name has no NUL behind it: its length counts.
        let length = socklen_t(MemoryLayout<sa_family_t>.size + name.count + (name[0] == UInt8(ascii: "@") ? 0 : 1))
        let bytes = Array(message.utf8)
        _ = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                sendto(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL), $0, length)
            }
        }
    }
}
