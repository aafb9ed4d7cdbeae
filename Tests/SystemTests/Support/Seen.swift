import Synchronization

/// What scripted servers have seen so far.
final class Seen: Sendable {
    private let bytes = Mutex<[[UInt8]]>([])

    func add(_ more: [UInt8]) { bytes.withLock { $0.append(more) } }
    var first: [UInt8]? { bytes.withLock { $0.first } }
    var count: Int { bytes.withLock { $0.count } }
}
