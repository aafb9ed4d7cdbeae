import Glibc
import ProcessRuntime
import Synchronization

/// Tells systemd how the service is doing. sd_notify(3), without its library.
///
/// If systemd is busy, the socket may be full: notifications then wait, in order, on a separate thread, and the daemon
/// continues.
final class ServiceNotification: Sendable {
    private struct Waiting {
        var messages: [String] = []
        var hasThread = false
        /// Stands before each status.
        var warning: String?
    }

    private let path: String?
    /// Held from the beginning: later there may be none left.
    private let descriptor: Int32
    private let waiting = Mutex(Waiting())
    /// The latest counts: of what is older so much is kept.
    private static let bound = 64
    /// Of a status, in characters.
    private static let lengthBound = 1000

    /// Takes the socket's name out of the environment, so that no child inherits it.
    init() {
        path = getenv("NOTIFY_SOCKET").map { String(cString: $0) }
        unsetenv("NOTIFY_SOCKET")
        descriptor =
            path == nil ? -1 : socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// The socket listens.
    func ready(_ status: String) { say("READY=1\n\(line(status))") }
    /// One line for `systemctl status`.
    func status(_ status: String) { say(line(status)) }
    /// Stands before the status from now on; nil: nothing does.
    func warn(_ warning: String?) { waiting.withLock { $0.warning = warning } }
    /// The configuration is read again; ``ready(_:)`` ends it.
    func reloading() {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        say("RELOADING=1\nMONOTONIC_USEC=\(time.tv_sec * 1_000_000 + time.tv_nsec / 1000)")
    }
    func stopping() { say("STOPPING=1\nSTATUS=Stopping") }
    /// All is alive: WatchdogSec= begins again.
    func alive() { say("WATCHDOG=1") }

    private func line(_ status: String) -> String {
        let text = [waiting.withLock(\.warning), status].compactMap { $0 }.joined(separator: ". ")
        return "STATUS=" + String(text.prefix(Self.lengthBound).map { $0.isNewline ? " " : $0 })
    }

    private func say(_ message: String) {
        waiting.withLock { waiting in
            guard waiting.hasThread || !send(message, Int32(MSG_DONTWAIT)) else { return }
            waiting.messages.append(message)
            if waiting.messages.count > Self.bound { waiting.messages.removeFirst() }
            if !waiting.hasThread { waiting.hasThread = OwnThread.start("notify") { [self] in sendWaiting() } }
        }
    }

    private func sendWaiting() {
        while true {
            let next: String? = waiting.withLock { waiting in
                guard !waiting.messages.isEmpty else {
                    waiting.hasThread = false
                    return nil
                }
                return waiting.messages.removeFirst()
            }
            guard let next else { return }
            _ = send(next, 0)
        }
    }

    /// False where there is no room.
    private func send(_ message: String, _ flags: Int32) -> Bool {
        guard descriptor >= 0, let path, let first = path.utf8.first,
            first == UInt8(ascii: "/") || first == UInt8(ascii: "@")
        else {
            return true
        }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let name = Array(path.utf8)
        guard name.count < MemoryLayout.size(ofValue: address.sun_path) else { return true }
        withUnsafeMutableBytes(of: &address.sun_path) {
            $0.copyBytes(from: name)
            if name[0] == UInt8(ascii: "@") { $0[0] = 0 }
        }
        // An abstract name has no NUL after it: its length counts.
        let length = socklen_t(MemoryLayout<sa_family_t>.size + name.count + (name[0] == UInt8(ascii: "@") ? 0 : 1))
        let bytes = Array(message.utf8)
        let sent = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                sendto(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL) | flags, $0, length)
            }
        }
        return sent >= 0 || errno != EAGAIN
    }
}
