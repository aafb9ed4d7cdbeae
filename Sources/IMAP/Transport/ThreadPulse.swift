import Glibc
import Synchronization

/// Whether the mailboxes' threads are still alive, for a watchdog.
///
/// A thread that waits says until when, and a thread that works is to wait again soon: one that is overdue hangs. How slow its
/// server is does not matter, since every wait for a server has its end. Nor does a suspend, in which this clock stands still, as
/// systemd's does.
public enum ThreadPulse {
    /// What a thread may take between two waits: a credential command alone gets 30 seconds, and the machine may be busy.
    static let grace: Duration = .seconds(120)

    /// When each is overdue, by its pthread_self(3).
    private static let due = Mutex<[pthread_t: SuspendingClock.Instant]>([:])

    /// No thread of a mailbox hangs.
    public static var isSteady: Bool {
        let now = SuspendingClock.now
        return due.withLock { due in due.values.allSatisfy { $0 > now } }
    }

    static func begins() { due.withLock { $0[pthread_self()] = .now + grace } }
    static func ends() { due.withLock { _ = $0.removeValue(forKey: pthread_self()) } }

    /// The calling thread begins to wait, for this long at most.
    static func waits(for duration: Duration) { next(.now + duration + grace) }
    static func goesOn() { next(.now + grace) }

    /// Threads that are nobody's mailbox have none.
    private static func next(_ instant: SuspendingClock.Instant) {
        due.withLock { due in
            let thread = pthread_self()
            if due[thread] != nil { due[thread] = instant }
        }
    }
}
