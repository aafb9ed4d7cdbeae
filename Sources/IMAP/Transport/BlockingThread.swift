import CLinux
import Glibc

/// A thread for code that blocks: never the cooperative pool.
enum BlockingThread {
    /// What it is for, by the name that top and gdb have for it.
    enum Purpose: String, Sendable {
        case mailbox
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

    /// False when the system has no thread left.
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
                // It is never given back: nothing for threads that come and go.
                if body.purpose == .mailbox { linux_use_signal_stack() }
                // Else it has the name of the thread that made it.
                linux_name_thread(body.purpose.rawValue)
                if body.purpose == .mailbox { ThreadPulse.begins() }
                body.run()
                if body.purpose == .mailbox { ThreadPulse.ends() }
                return nil
            }, body.toOpaque())
        if result != 0 { body.release() }
        return result == 0
    }
}
