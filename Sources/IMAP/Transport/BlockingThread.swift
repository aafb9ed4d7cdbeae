import CLinux
import Glibc

/// A thread for code that blocks: never the cooperative pool.
enum BlockingThread {
    /// What it is for, by the name that top and gdb have for it.
    enum Purpose: String, Sendable {
        case mailbox
        /// For one check of a mailbox. What hangs in it is the check's own business, and no reason to restart the daemon.
        case look
        /// One look-up long.
        case resolver
    }

    /// libetpan and GnuTLS need about 50 KiB of stack; recognition, on the same thread, is bounded in depth.
    private static let stackSize = 512 * 1024

    private final class Body: Sendable {
        let purpose: Purpose
        let run: @Sendable () -> Void
        init(_ purpose: Purpose, _ run: @escaping @Sendable () -> Void) { (self.purpose, self.run) = (purpose, run) }
    }

    /// False when the system cannot create another thread.
    static func start(_ purpose: Purpose = .mailbox, _ run: @escaping @Sendable () -> Void) -> Bool {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setstacksize(&attributes, stackSize)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        let body = Unmanaged.passRetained(Body(purpose, run))
        var thread = pthread_t()
        let result = pthread_create(
            &thread, &attributes,
            { context in
                guard let context else { return nil }
                let body = Unmanaged<Body>.fromOpaque(context).takeRetainedValue()
                // Both read mail: where that overflows the stack, the crash is told on another one.
                let readsMail = body.purpose != .resolver
                if readsMail { linux_use_signal_stack() }
                // Else it has the name of the thread that made it.
                linux_name_thread(body.purpose.rawValue)
                if body.purpose == .mailbox { ThreadPulse.begins() }
                body.run()
                if body.purpose == .mailbox { ThreadPulse.ends() }
                if readsMail { linux_drop_signal_stack() }
                return nil
            }, body.toOpaque())
        if result != 0 { body.release() }
        return result == 0
    }
}
