import Glibc

/// What poll(2) found.
enum PollResult { case ready, stopped, timedOut }

/// A wait that is no longer than this may last as long again when the machine is suspended within it: a timer of its own is worth
/// its three calls only for longer ones.
private let shortWait: Duration = .seconds(45)

/// Waits until one of the descriptors is ready, `stop` is signalled, or the deadline passes, be it in a suspend.
func poll(_ descriptors: inout [pollfd], stop: EventDescriptor, until deadline: Deadline) -> PollResult {
    let count = descriptors.count
    let timer = deadline.remaining > shortWait ? BootTimer(deadline) : nil
    descriptors.append(pollfd(fd: stop.descriptor, events: Int16(POLLIN), revents: 0))
    if let timer { descriptors.append(pollfd(fd: timer.descriptor, events: Int16(POLLIN), revents: 0)) }
    defer { descriptors.removeSubrange(count...) }
    return withExtendedLifetime(timer) {
        while true {
            let ready = Glibc.poll(&descriptors, nfds_t(descriptors.count), deadline.pollTimeout)
            if ready > 0, descriptors[count].revents != 0 { return .stopped }
            if ready > 0, descriptors[..<count].contains(where: { $0.revents != 0 }) { return .ready }
            if ready < 0, errno != EINTR { return .timedOut }
            if deadline.hasPassed { return .timedOut }
        }
    }
}
