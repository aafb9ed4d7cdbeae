import Glibc
import Synchronization

/// What a process wrote to one of its streams, as far as it has come.
final class Output: Sendable {
    private let state = Mutex<(bytes: [UInt8], ended: Bool)>(([], false))

    /// Collects what comes out of the descriptor, and closes it at the end.
    init(readingFrom descriptor: Int32) {
        background { [self] in
            var buffer = [UInt8](repeating: 0, count: 65536)
            while true {
                let count = read(descriptor, &buffer, buffer.count)
                // A socket of the harness has a limit on each read: silence is not the end.
                if count < 0, errno == EINTR || errno == EAGAIN { continue }
                if count <= 0 { break }
                state.withLock { $0.bytes += buffer[..<count] }
            }
            close(descriptor)
            state.withLock { $0.ended = true }
        }
    }

    var bytes: [UInt8] { state.withLock { $0.bytes } }
    var text: String { String(decoding: bytes, as: UTF8.self) }
    var lines: [Substring] { text.split(separator: "\n") }
    /// The other side has closed the stream: nothing more will come.
    var hasEnded: Bool { state.withLock { $0.ended } }

    /// The first line that has all of these words in it, as soon as it is written.
    func line(with words: String..., within limit: Duration = patience) async throws -> Substring {
        try await eventually("a line with \(words)", within: limit, last: { self.text }) {
            self.lines.first { line in words.allSatisfy { line.contains($0) } }
        }
    }
}
