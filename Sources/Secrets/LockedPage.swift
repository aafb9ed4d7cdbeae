import CLinux
import Glibc

/// A separate memory page for a secret: locked, left out of core dumps and of forked children, wiped at the end.
struct LockedPage: ~Copyable, Sendable {
    /// Number of bytes held.
    let count: Int
    private let length: Int
    // Sendable: written in init alone, read-only until deinit, which runs once when no reference is left.
    private nonisolated(unsafe) let start: UnsafeMutableRawPointer

    /// Falls back to the heap where the kernel has no page left: still wiped, but not locked.
    init(_ bytes: some Collection<UInt8>) {
        count = bytes.count
        let pageSize = max(Int(sysconf(Int32(_SC_PAGESIZE))), 4096)
        let needed = max((bytes.count + pageSize - 1) / pageSize, 1) * pageSize
        let mapped = mmap(nil, needed, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        if let mapped, mapped != MAP_FAILED {
            (start, length) = (mapped, needed)
            linux_protect_pages(mapped, needed)
        } else {
            (start, length) = (.allocate(byteCount: max(bytes.count, 1), alignment: 16), 0)
        }
        UnsafeMutableRawBufferPointer(start: start, count: count).copyBytes(from: bytes)
    }

    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try body(UnsafeRawBufferPointer(start: start, count: count))
    }

    deinit {
        linux_wipe(start, count)
        if length > 0 { munmap(start, length) } else { start.deallocate() }
    }
}
