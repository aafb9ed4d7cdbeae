import CLinux
import Glibc
import ProcessRuntime
import Synchronization

/// The mails that crashed the daemon when it read them. Which ones are being read at this moment is kept in memory that outlives
/// the process, so that the next process does not read them again.
///
/// A mapped file in the runtime directory: marking costs a copy of the mail's name and no system call. A process that dies of its
/// own fault records that, and what it was reading is poison. One that was killed from outside may have been reading by
/// coincidence; the same mail a second time is no longer a coincidence.
final class PoisonMessages: Sendable {
    private struct State {
        var free: [Int]
        var poison: Set<String>
    }

    private static let slotSize = 128
    private static let slotCount = 511
    private static let length = (slotCount + 1) * slotSize
    private static let listBound = 1000

    // Sendable: mapped in init and never unmapped; the first slot is the crash flag's, each other one is written by the
    // one thread that took it from `free`.
    private nonisolated(unsafe) let memory: UnsafeMutableRawPointer
    private let state: Mutex<State>

    /// Nil without a directory, or when the file cannot be mapped: then nothing is recorded.
    init?(directory: String?) {
        guard let directory else { return nil }
        let path = "\(directory)/reading"
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        guard ftruncate(descriptor, off_t(Self.length)) == 0,
            let memory = mmap(nil, Self.length, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0), memory != MAP_FAILED
        else { return nil }
        self.memory = memory
        let names = (1...Self.slotCount).map { Self.name(memory + $0 * Self.slotSize) }.filter { !$0.isEmpty }
        let flag = memory.assumingMemoryBound(to: Int32.self)
        var poison = Self.readList("\(directory)/poison")
        var suspects = Self.readList("\(directory)/suspects")
        for name in names {
            if flag.pointee != 0 || suspects.contains(name) { poison.insert(name) } else { suspects.insert(name) }
        }
        if !names.isEmpty {
            Self.writeList("\(directory)/poison", poison)
            Self.writeList("\(directory)/suspects", suspects)
        }
        memset(memory, 0, Self.length)
        state = Mutex(State(free: Array((1...Self.slotCount).reversed()), poison: poison))
        linux_flag_crash(flag)
    }

    /// Whether reading this mail has killed the daemon before.
    func isPoison(_ name: String) -> Bool { state.withLock { $0.poison.contains(name) } }

    /// Reads a mail, and leaves its name in the file meanwhile.
    func reading<Result>(_ name: String, _ read: () -> Result) -> Result {
        guard name.utf8.count < Self.slotSize, let slot = state.withLock({ $0.free.popLast() }) else { return read() }
        let start = memory + slot * Self.slotSize
        UnsafeMutableRawBufferPointer(start: start, count: Self.slotSize).copyBytes(from: name.utf8)
        defer {
            memset(start, 0, Self.slotSize)
            state.withLock { $0.free.append(slot) }
        }
        return read()
    }

    private static func name(_ start: UnsafeMutableRawPointer) -> String {
        let bytes = UnsafeRawBufferPointer(start: start, count: slotSize).prefix { $0 != 0 }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func readList(_ path: String) -> Set<String> {
        guard let bytes = try? MailFile.read(path) else { return [] }
        return Set(String(decoding: bytes, as: UTF8.self).split(separator: "\n").prefix(listBound).map(String.init))
    }

    private static func writeList(_ path: String, _ names: Set<String>) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        writeAll(Array(names.prefix(listBound).map { $0 + "\n" }.joined().utf8), to: descriptor)
    }
}
