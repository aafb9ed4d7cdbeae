import Glibc
import Messages

/// The socket that systemd passes to an activated service. sd_listen_fds(3)
enum PassedSocket {
    /// More than one was passed, or one that cannot be told apart.
    struct Ambiguous: Error, TextConvertible {
        let count: Int
        var text: Text {
            Text("systemd passed \(count) sockets; exactly one is needed (one ListenStream= in the socket unit)")
        }
    }

    /// The descriptor, or nil when none was passed. Takes the variables out of the environment, so that no child believes
    /// that they are meant for it.
    static func take() throws(Ambiguous) -> Int32? {
        defer { for name in ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"] { unsetenv(name) } }
        guard let pid = value("LISTEN_PID"), pid == getpid(), let count = value("LISTEN_FDS"), count > 0 else {
            return nil
        }
        guard count == 1 else { throw Ambiguous(count: Int(count)) }
        // SD_LISTEN_FDS_START
        let descriptor: Int32 = 3
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        return descriptor
    }

    private static func value(_ name: String) -> Int32? { getenv(name).flatMap { Int32(String(cString: $0)) } }
}
