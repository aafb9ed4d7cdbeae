import Glibc

/// What poll(2) found.
enum PollResult { case ready, stopped, timedOut }

/// Waits until one of the descriptors is ready, `stop` is signalled, or the deadline passes.
func poll(_ descriptors: inout [pollfd], stop: EventDescriptor, until deadline: Deadline) -> PollResult {
    descriptors.append(pollfd(fd: stop.descriptor, events: Int16(POLLIN), revents: 0))
    defer { descriptors.removeLast() }
    while true {
        let ready = Glibc.poll(&descriptors, nfds_t(descriptors.count), deadline.pollTimeout)
        if let last = descriptors.last, ready > 0, last.revents != 0 { return .stopped }
        if ready > 0 { return .ready }
        if ready < 0, errno != EINTR { return .timedOut }
        if deadline.hasPassed { return .timedOut }
    }
}
