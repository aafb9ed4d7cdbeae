import CLinux
import Glibc
import Synchronization

/// Ends the wait for a mailbox's credential command from another thread, when the mailbox is no longer watched: a stop must not
/// last as long as somebody's command. Once halted it stays so.
///
/// It has a descriptor only while there is a command to wait for.
final class Halt: Sendable {
    private struct State {
        var isHalted = false
        var descriptor: Int32 = -1
    }
    private let state = Mutex(State())

    var isHalted: Bool { state.withLock { $0.isHalted } }

    func halt() {
        state.withLock { state in
            state.isHalted = true
            Self.signal(state.descriptor)
        }
    }

    /// A command is waited for: a descriptor that is readable when that is to end; -1 where the process has none left.
    func begin() -> Int32 {
        state.withLock { state in
            state.descriptor = linux_eventfd()
            if state.isHalted { Self.signal(state.descriptor) }
            return state.descriptor
        }
    }

    func end() {
        state.withLock { state in
            if state.descriptor >= 0 { close(state.descriptor) }
            state.descriptor = -1
        }
    }

    private static func signal(_ descriptor: Int32) {
        var one: UInt64 = 1
        if descriptor >= 0 { _ = write(descriptor, &one, 8) }
    }
}
