import CLinux
import Glibc

/// Wakes a thread that is in poll(2): by a signal, eventfd(2), or at a time, timerfd_create(2).
final class EventDescriptor: Sendable {
    /// -1 where the process has no descriptor left; poll then ignores it.
    let descriptor: Int32

    init() { descriptor = linux_eventfd() }

    /// Signalled by itself at that time, be it in a suspend, and by nobody else.
    init(at time: Deadline) { descriptor = linux_boot_timer(time.nanoseconds) }

    /// May be called from any thread, at any time.
    func signal() {
        var one: UInt64 = 1
        _ = write(descriptor, &one, 8)
    }

    /// Forgets the signals so far.
    func drain() {
        var count: UInt64 = 0
        _ = read(descriptor, &count, 8)
    }

    deinit { if descriptor >= 0 { close(descriptor) } }
}
