import Glibc
import NIOConcurrencyHelpers

/// Lines on their way to a descriptor that may be full and that perhaps nobody reads: a container's pipe, a stopped journald.
///
/// Who writes never waits. A thread of its own, begun with the first line, does; so many lines wait for it, and what is more
/// is lost, counted, and told of as soon as there is room again.
public final class LineOutlet: Sendable {
    /// A line as it is written, and the same in the form of somebody who may take it in its place.
    public struct Line: Sendable {
        public var text: [UInt8]
        public var record: [UInt8]

        public init(_ text: [UInt8], record: [UInt8] = []) { (self.text, self.record) = (text, record) }

        var size: Int { text.count + record.count }
    }

    private enum Phase: Equatable {
        /// Nothing waits, and nothing is being written.
        case idle
        case waiting
        case writing
    }

    private struct Queue {
        var lines: [Line] = []
        var bytes = 0
        var lost = 0
        var hasThread = false
        var isWriting = false
    }

    /// Lines and bytes that wait at most.
    private static let lineBound = 1024
    private static let byteBound = 256 * 1024

    private let descriptor: Int32
    private let takesRecord: @Sendable ([UInt8]) -> Bool
    private let told: @Sendable (Int) -> Line
    private let phase = ConditionLock(value: Phase.idle)
    // Sendable: touched only by who holds the lock of `phase`.
    private nonisolated(unsafe) var queue = Queue()

    /// - Parameters:
    ///   - takesRecord: is given each line's record first, on the outlet's thread, and may wait; false where it cannot take it, and
    ///     then the text is written.
    ///   - told: the line that tells that so many were lost.
    public init(
        _ descriptor: Int32, takesRecord: @escaping @Sendable ([UInt8]) -> Bool = { _ in false },
        told: @escaping @Sendable (Int) -> Line
    ) {
        (self.descriptor, self.takesRecord, self.told) = (descriptor, takesRecord, told)
    }

    /// Has the line written, in one write(2) so that those of several threads do not mix. Returns at once.
    public func write(_ line: Line) {
        phase.lock()
        if queue.lines.count < Self.lineBound, queue.bytes + line.size <= Self.byteBound {
            queue.lines.append(line)
            queue.bytes += line.size
        } else {
            queue.lost += 1
        }
        if !queue.hasThread { queue.hasThread = OwnThread.start("log") { [self] in run() } }
        phase.unlock(withValue: queue.isWriting ? .writing : .waiting)
    }

    /// Waits until all is written, but no longer than this.
    public func flush(within limit: Duration) {
        let seconds = Double(limit.components.seconds) + Double(limit.components.attoseconds) / 1e18
        if phase.lock(whenValue: .idle, timeoutSeconds: seconds) { phase.unlock() }
    }

    private func run() {
        while true {
            phase.lock(whenValue: .waiting)
            let (lines, lost) = (queue.lines, queue.lost)
            (queue.lines, queue.bytes, queue.lost, queue.isWriting) = ([], 0, 0, true)
            phase.unlock(withValue: .writing)
            for index in lines.indices { put(lines[index]) }
            if lost > 0 { put(told(lost)) }
            phase.lock()
            queue.isWriting = false
            phase.unlock(withValue: queue.lines.isEmpty && queue.lost == 0 ? .idle : .waiting)
        }
    }

    private func put(_ line: Line) {
        if line.record.isEmpty || !takesRecord(line.record) { put(line.text) }
    }

    /// Waits for room also where somebody else has made the descriptor non-blocking.
    private func put(_ line: [UInt8]) {
        var written = 0
        while written < line.count {
            let count = line.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress?.advanced(by: written), $0.count - written)
            }
            if count > 0 {
                written += count
            } else if count < 0, errno == EAGAIN {
                var room = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = poll(&room, 1, -1)
            } else if count == 0 || errno != EINTR {
                return
            }
        }
    }
}
