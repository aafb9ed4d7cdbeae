import Glibc

/// What poll(2) found.
enum PollResult { case ready, stopped, timedOut }

/// A wait that is no longer than this may last as long again when the machine is suspended within it: a timer of its own is worth
/// its three calls only for longer ones.
private let shortWait: Duration = .seconds(45)

/// The polling interval when a descriptor is missing, in milliseconds.
private let lookInterval: Int32 = 1000

/// Waits until one of the descriptors is ready, `stop` is signalled, or the deadline passes, be it in a suspend.
///
/// Where one of the descriptors is -1, because the process has none left, it is `ready` from time to time: what it stands for is to
/// be looked at then.
func poll(_ descriptors: inout [pollfd], stop: EventDescriptor, until deadline: Deadline) -> PollResult {
    let deadline = min(deadline, stop.due ?? deadline)
    let count = descriptors.count
    let isOneMissing = descriptors.contains { $0.fd < 0 }
    let timer = deadline.remaining > shortWait ? BootTimer(deadline) : nil
    descriptors.append(pollfd(fd: stop.descriptor, events: Int16(POLLIN), revents: 0))
    if let timer { descriptors.append(pollfd(fd: timer.descriptor, events: Int16(POLLIN), revents: 0)) }
    defer { descriptors.removeSubrange(count...) }
    let isBlind = isOneMissing || descriptors[count].fd < 0
    return withExtendedLifetime(timer) {
        while true {
            ThreadPulse.waits(for: deadline.remaining)
            let timeout = isBlind ? min(lookInterval, deadline.pollTimeout) : deadline.pollTimeout
            let ready = Glibc.poll(&descriptors, nfds_t(descriptors.count), timeout)
            let number = errno
            ThreadPulse.goesOn()
            if stop.isSignalled { return .stopped }
            if ready > 0, descriptors[..<count].contains(where: { $0.revents != 0 }) { return .ready }
            if ready < 0, number != EINTR { return .timedOut }
            if deadline.hasPassed { return .timedOut }
            if isOneMissing { return .ready }
        }
    }
}
