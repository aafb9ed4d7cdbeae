import Glibc
import Testing

@testable import IMAP

/// Waits that end. What a suspend does to them cannot be had in a test; what wakes them after it can.
struct PollTests {
    private let stop = EventDescriptor()

    /// By the timer alone: poll(2) itself is given no time.
    @Test func theTimerOfAPastDeadlineIsDueAtOnce() throws {
        for deadline in [Deadline(nanoseconds: 0), Deadline(nanoseconds: 1), .now] {
            let timer = try #require(BootTimer(deadline))
            var descriptors = [pollfd(fd: timer.descriptor, events: Int16(POLLIN), revents: 0)]
            #expect(Glibc.poll(&descriptors, 1, -1) == 1)
        }
    }

    @Test func theTimerIsNotDueBefore() throws {
        for deadline in [Deadline.after(.seconds(3600)), Deadline(nanoseconds: .max)] {
            let timer = try #require(BootTimer(deadline))
            var descriptors = [pollfd(fd: timer.descriptor, events: Int16(POLLIN), revents: 0)]
            #expect(Glibc.poll(&descriptors, 1, 0) == 0)
        }
    }

    @Test func theTimerWaitsForItsDeadline() throws {
        let deadline = Deadline.after(.milliseconds(20))
        let timer = try #require(BootTimer(deadline))
        var descriptors = [pollfd(fd: timer.descriptor, events: Int16(POLLIN), revents: 0)]
        #expect(Glibc.poll(&descriptors, 1, -1) == 1)
        #expect(deadline.hasPassed)
    }

    /// A long wait has the timer beside it, and none of that is seen outside.
    @Test func whatEndsAWait() {
        for far in [Deadline.after(.seconds(40)), .after(.seconds(3600)), Deadline(nanoseconds: .max)] {
            let event = EventDescriptor()
            var descriptors = [pollfd(fd: event.descriptor, events: Int16(POLLIN), revents: 0)]
            event.signal()
            #expect(poll(&descriptors, stop: stop, until: far) == .ready)
            #expect(descriptors.count == 1 && descriptors[0].revents != 0)
            event.drain()
            stop.signal()
            #expect(poll(&descriptors, stop: stop, until: far) == .stopped)
            #expect(descriptors.count == 1)
            stop.drain()
            #expect(poll(&descriptors, stop: stop, until: .after(.milliseconds(1))) == .timedOut)
        }
    }
}
