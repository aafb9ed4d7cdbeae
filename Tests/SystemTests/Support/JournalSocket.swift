import Glibc
import Synchronization

/// journald's end of its own socket, for one program: what is sent there, read as journald reads it.
/// https://systemd.io/JOURNAL_NATIVE_PROTOCOL/
final class JournalSocket: Sendable {
    typealias Entry = [String: String]

    let path: String
    private let state = Mutex<(descriptor: Int32, entries: [Entry])>((-1, []))

    /// Listens; nobody reads before ``read()``.
    init() throws {
        let stage = try Stage.require()
        path = "\(stage.scratch.path)/\(stage.name("j"))"
        try listen()
        stage.log("the journal") { [self] in entries.map { "\($0)" }.joined(separator: "\n") }
        stage.atEnd { [self] in end() }
    }

    /// What stands before a program's command, so that its standard error counts as the journal's and it finds this socket: in a mount
    /// namespace of its own, see ``PrivateFiles``.
    var connecting: [String] {
        let script = """
            mount -t tmpfs tmpfs /run && mkdir -p /run/systemd/journal && ln -s \(path) /run/systemd/journal/socket &&
                JOURNAL_STREAM=$(stat -L -c %d:%i /proc/self/fd/2) exec "$@"
            """
        return ["/usr/bin/unshare", "--mount", "/bin/sh", "-c", script, "sh"]
    }

    var entries: [Entry] { state.withLock { $0.entries } }

    /// The first entry with these fields, as soon as it has come.
    func entry(_ fields: Entry) async throws -> Entry {
        try await eventually("an entry with \(fields)", last: { "\(self.entries)" }) {
            self.entries.first { entry in fields.allSatisfy { entry[$0.key] == $0.value } }
        }
    }

    /// Listens again, as after an ``end()``.
    func listen() throws {
        let descriptor = try Sockets.receiver(path: path)
        state.withLock { $0.descriptor = descriptor }
    }

    /// Reads what there is and what comes, until the ``end()``.
    func read() {
        let descriptor = state.withLock { $0.descriptor }
        background { [self] in
            while let datagram = try? Sockets.receive(from: descriptor), !datagram.isEmpty {
                if let entry = Self.entry(in: datagram[...]) { state.withLock { $0.entries.append(entry) } }
            }
            close(descriptor)
        }
    }

    /// journald is gone, and its socket with it.
    func end() {
        unlink(path)
        shutdown(state.withLock { $0.descriptor }, Int32(SHUT_RD))
    }

    private static func entry(in bytes: ArraySlice<UInt8>) -> Entry? {
        var rest = bytes
        var entry: Entry = [:]
        while let end = rest.firstIndex(of: 10) {
            let name = String(decoding: rest[..<end], as: UTF8.self)
            rest = rest[(end + 1)...]
            let length = rest.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
            rest = rest.dropFirst(8)
            guard rest.count > length else { return nil }
            entry[name] = String(decoding: rest.prefix(length), as: UTF8.self)
            rest = rest.dropFirst(length + 1)
        }
        return rest.isEmpty ? entry : nil
    }
}
