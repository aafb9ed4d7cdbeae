import Glibc

/// What a process has in its writable memory at this moment. Only root may look into one that is not dumpable. proc(5)
struct MemoryImage {
    private var pieces: [[UInt8]] = []

    static let isReadable = geteuid() == 0

    init(of pid: pid_t) throws {
        let memory = open("/proc/\(pid)/mem", O_RDONLY | O_CLOEXEC)
        guard memory >= 0 else { throw SystemCallFailure("/proc/\(pid)/mem") }
        defer { close(memory) }
        for line in try Proc.text(of: "/proc/\(pid)/maps").split(separator: "\n") {
            let columns = line.split(separator: " ")
            let ends = columns[0].split(separator: "-").compactMap { Int($0, radix: 16) }
            guard columns.count > 1, columns[1].hasPrefix("rw"), ends.count == 2 else { continue }
            pieces.append(
                [UInt8](unsafeUninitializedCapacity: ends[1] - ends[0]) { buffer, count in
                    count = max(pread(memory, buffer.baseAddress, buffer.count, off_t(ends[0])), 0)
                })
        }
    }

    var size: Int { pieces.reduce(0) { $0 + $1.count } }

    /// How often the text stands in it.
    func copies(of text: String) -> Int {
        let needle = Array(text.utf8)
        return pieces.reduce(0) { $0 + Self.copies(of: needle, in: $1) }
    }

    private static func copies(of needle: [UInt8], in piece: [UInt8]) -> Int {
        piece.withUnsafeBytes { bytes in
            guard var place = bytes.baseAddress, let first = needle.first else { return 0 }
            let end = place + bytes.count - needle.count
            var count = 0
            while place <= end, let found = memchr(place, Int32(first), end - place + 1) {
                if memcmp(found, needle, needle.count) == 0 { count += 1 }
                place = UnsafeRawPointer(found) + 1
            }
            return count
        }
    }
}

/// Files of proc(5): they have no size, and a read gives no more than a page.
enum Proc {
    static func text(of path: String) throws -> String {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw SystemCallFailure(path) }
        defer { close(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while case let count = read(file, &chunk, chunk.count), count != 0 {
            guard count > 0 else { throw SystemCallFailure(path) }
            bytes += chunk[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
