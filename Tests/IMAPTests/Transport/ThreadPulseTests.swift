import Glibc
import Testing

@testable import IMAP

/// In processes of their own: the pulses of all threads of one are looked at together.
@Suite struct ThreadPulseTests {
    @Test func whoWaitsAndEndsIsSteady() async {
        await #expect(processExitsWith: .success) {
            guard ThreadPulse.isSteady else { exit(1) }
            let (stop, ended) = (EventDescriptor(), EventDescriptor())
            let isStarted = BlockingThread.start(.mailbox) {
                var none: [pollfd] = []
                // Longer than any grace.
                _ = poll(&none, stop: stop, until: .after(.seconds(3600)))
                ended.signal()
            }
            guard isStarted, ThreadPulse.isSteady else { exit(2) }
            stop.signal()
            var descriptors = [pollfd(fd: ended.descriptor, events: Int16(POLLIN), revents: 0)]
            guard case .ready = poll(&descriptors, stop: EventDescriptor(), until: .after(.seconds(300))) else {
                exit(3)
            }
            guard ThreadPulse.isSteady else { exit(4) }
        }
    }

    @Test func whoIsOverdueIsNot() async {
        await #expect(processExitsWith: .success) {
            ThreadPulse.begins()
            ThreadPulse.waits(for: .seconds(0) - ThreadPulse.grace)
            guard !ThreadPulse.isSteady else { exit(1) }
            ThreadPulse.goesOn()
            guard ThreadPulse.isSteady else { exit(2) }
            ThreadPulse.waits(for: .seconds(0) - ThreadPulse.grace)
            ThreadPulse.ends()
            guard ThreadPulse.isSteady else { exit(3) }
        }
    }
}
