import CLinux
import Glibc
import Synchronization

/// Wakes a thread that is in poll(2). eventfd(2)
///
/// Its descriptor is made when one is first waited for. Where the process has none left there is none: then `poll` looks for
/// the signal every second instead, and for whether a descriptor has become free.
final class EventDescriptor: Sendable {
    private struct State {
        var descriptor: Int32 = -1
        var isSignalled = false
        var due: Deadline?
    }
    private let state = Mutex(State())
    /// Signalled by itself at this time; nil: by others alone.
    var due: Deadline? { state.withLock { $0.due } }

    /// From now on it is signalled by itself at that time, and at no other. A thread that waits for it already does not learn of it.
    func comesDue(at due: Deadline) { state.withLock { $0.due = due } }

    /// For poll(2); -1, which it ignores, where there is no room.
    var descriptor: Int32 {
        state.withLock { state in
            if state.descriptor < 0 {
                state.descriptor = DescriptorTable.keepingRoom(for: .event, linux_eventfd())
                if state.isSignalled { Self.write(state.descriptor) }
            }
            return state.descriptor
        }
    }

    /// Whether it was signalled and not drained since, or its time has come.
    var isSignalled: Bool { state.withLock { $0.isSignalled || $0.due?.hasPassed ?? false } }

    /// May be called from any thread, at any time.
    func signal() {
        state.withLock { state in
            state.isSignalled = true
            Self.write(state.descriptor)
        }
    }

    /// Forgets the signals so far.
    func drain() {
        state.withLock { state in
            state.isSignalled = false
            var count: UInt64 = 0
            if state.descriptor >= 0 { _ = read(state.descriptor, &count, 8) }
        }
    }

    private static func write(_ descriptor: Int32) {
        var one: UInt64 = 1
        if descriptor >= 0 { _ = Glibc.write(descriptor, &one, 8) }
    }

    deinit { state.withLock { if $0.descriptor >= 0 { close($0.descriptor) } } }
}
