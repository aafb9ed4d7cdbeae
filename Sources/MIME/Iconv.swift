import CLinux
import Glibc

/// The C library's converters, for the charsets that have no decoder here. iconv(3)
enum Iconv {
    /// To UTF-8, bytes without meaning as U+FFFD; nil where the library does not know the charset. Takes linear time,
    /// and ends at `limit` bytes of text.
    static func decode(_ bytes: Bytes, charset: String, limit: Int) -> [UInt8]? {
        guard let descriptor = iconv_open("UTF-8", charset), descriptor != iconv_t(bitPattern: -1) else { return nil }
        defer { iconv_close(descriptor) }
        var input = bytes.map { CChar(bitPattern: $0) }
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count &* 3)
        input.withUnsafeMutableBufferPointer { source in
            var next = source.baseAddress
            var left = source.count
            withUnsafeTemporaryAllocation(of: CChar.self, capacity: 4096) { chunk in
                while left > 0, text.count <= limit {
                    let before = left
                    var end = chunk.baseAddress
                    var room = chunk.count
                    let result = iconv(descriptor, &next, &left, &end, &room)
                    let reason = errno
                    let written = chunk.count - room
                    text.append(contentsOf: UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: chunk[..<written])))
                    if result != -1 { break }
                    if reason == E2BIG, written > 0 || left < before { continue }
                    // EILSEQ, or EINVAL at the end: pass over one byte.
                    text.appendUTF8(0xFFFD)
                    next = next?.advanced(by: 1)
                    left -= 1
                }
                linux_wipe(chunk.baseAddress, chunk.count)
            }
            linux_wipe(source.baseAddress, source.count)
        }
        return text
    }
}
