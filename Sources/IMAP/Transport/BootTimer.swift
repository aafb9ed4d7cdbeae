import CLinux
import Glibc

/// A timer that continues while the machine is suspended. timerfd_create(2), CLOCK_BOOTTIME
///
/// The timeout of poll(2) stands still meanwhile: a wait of half an hour that a suspend has interrupted would last the rest of it
/// after the resume, its deadline long past. This timer is due at the resume, at once, and costs no wake-up before.
final class BootTimer {
    let descriptor: Int32

    /// Nil where the process has no descriptor left.
    init?(_ deadline: Deadline) {
        descriptor = linux_boot_timer(deadline.nanoseconds)
        if descriptor < 0 { return nil }
    }

    deinit { close(descriptor) }
}
