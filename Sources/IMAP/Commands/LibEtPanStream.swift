import CLibEtPan
import Glibc

/// The stream that libetpan reads and writes.
final class LibEtPanStream {
    private let nextResponse: () -> [UInt8]?
    private let send: (UnsafeRawBufferPointer) -> Bool
    /// The response that libetpan is reading, and how far it is.
    private var current: [UInt8] = []
    private var position = 0
    private var hasFailed = false

    init(read: @escaping () -> [UInt8]?, write: @escaping (UnsafeRawBufferPointer) -> Bool) {
        nextResponse = read
        send = write
    }

    /// Never 0: libetpan would loop in a literal for ever.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        guard !hasFailed, buffer.count > 0 else { return -1 }
        if position == current.count {
            guard let next = nextResponse(), !next.isEmpty else {
                hasFailed = true
                return -1
            }
            (current, position) = (next, 0)
        }
        let count = min(buffer.count, current.count - position)
        current.withUnsafeBytes {
            buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[position..<position + count]))
        }
        position += count
        return count
    }

    func write(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard !hasFailed, send(bytes) else {
            hasFailed = true
            return -1
        }
        return bytes.count
    }

    /// The driver that libetpan calls. One for all streams, written once.
    nonisolated(unsafe) private static let driver: UnsafeMutablePointer<mailstream_low_driver> = {
        // Sendable: filled here and never written again.
        let driver = UnsafeMutablePointer<mailstream_low_driver>.allocate(capacity: 1)
        driver.initialize(to: mailstream_low_driver())
        driver.pointee.mailstream_read = { low, buffer, count in
            LibEtPanStream.of(low)?.read(into: UnsafeMutableRawBufferPointer(start: buffer, count: count)) ?? -1
        }
        driver.pointee.mailstream_write = { low, buffer, count in
            LibEtPanStream.of(low)?.write(UnsafeRawBufferPointer(start: buffer, count: count)) ?? -1
        }
        driver.pointee.mailstream_close = { _ in 0 }
        // The descriptor belongs only to the connection.
        driver.pointee.mailstream_get_fd = { _ in -1 }
        driver.pointee.mailstream_free = { low in
            guard let low else { return }
            if let data = low.pointee.data { Unmanaged<LibEtPanStream>.fromOpaque(data).release() }
            free(low)
        }
        return driver
    }()

    private static func of(_ low: UnsafeMutablePointer<mailstream_low>?) -> LibEtPanStream? {
        low?.pointee.data.map { Unmanaged<LibEtPanStream>.fromOpaque($0).takeUnretainedValue() }
    }

    /// A stream for libetpan, which keeps this object alive until it frees the stream. Nil when memory is out.
    func makeStream() -> UnsafeMutablePointer<mailstream>? {
        let data = Unmanaged.passRetained(self)
        guard let low = mailstream_low_new(data.toOpaque(), Self.driver) else {
            data.release()
            return nil
        }
        guard let stream = mailstream_new(low, 4096) else {
            mailstream_low_free(low)
            return nil
        }
        return stream
    }
}
