import Glibc
import Testing

@testable import IMAP

@Suite struct DescriptorTableTests {
    @Test func theLastPlacesAreForOthers() {
        #expect(DescriptorTable.bound(of: 1024, for: .connection) == 1008)
        #expect(DescriptorTable.bound(of: 1024, for: .event) == 756)
        #expect(DescriptorTable.bound(of: 40, for: .connection) == 30)
        #expect(DescriptorTable.bound(of: 0, for: .event) == 0)
    }

    /// A process of its own, whose table is full.
    @Test func withoutADescriptorASignalIsSeenAllTheSame() async {
        await #expect(processExitsWith: .success) {
            var limit = rlimit(rlim_cur: 3, rlim_max: 1024)
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            let (wake, stop) = (EventDescriptor(), EventDescriptor())
            guard wake.descriptor == -1, stop.descriptor == -1 else { exit(1) }
            var descriptors = [pollfd(fd: wake.descriptor, events: Int16(POLLIN), revents: 0)]
            // To be looked at, though nothing is known of it.
            guard case .ready = poll(&descriptors, stop: stop, until: .after(.seconds(300))) else { exit(2) }
            wake.signal()
            guard wake.isSignalled else { exit(3) }
            // When there is room again it has one, and is ready at once.
            limit.rlim_cur = 1024
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            descriptors[0].fd = wake.descriptor
            guard descriptors[0].fd >= 0, Glibc.poll(&descriptors, 1, 0) == 1 else { exit(4) }
            wake.drain()
            guard Glibc.poll(&descriptors, 1, 0) == 0 else { exit(5) }
            stop.signal()
            guard case .stopped = poll(&descriptors, stop: stop, until: .after(.seconds(300))) else { exit(6) }
        }
    }
}
