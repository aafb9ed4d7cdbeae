import Glibc
import Ledger
import ProcessRuntime
import Synchronization

/// The ledger's memory, kept across a restart: lines in a file in the runtime directory, which survives a restart but not a reboot.
///
/// A line is written before what depends on it happens, and costs one write(2) to a file in memory. Names of messages and accounts, and no secret.
final class RuntimeMemory: Sendable {
    private struct State {
        var descriptor: Int32
        var memory: Memory
        /// Lines in the file.
        var lines: Int
    }

    private static let fileBound = 16 * 1024 * 1024
    private static let spareLines = 4096

    private let path: String
    private let state: Mutex<State>
    private let complain: @Sendable (Int32) -> Void

    /// - Parameters:
    ///   - directory: RUNTIME_DIRECTORY; nil without one: then nothing is kept.
    ///   - complain: is told of the errno when something cannot be written.
    init?(directory: String?, complain: @escaping @Sendable (Int32) -> Void) {
        guard let directory else { return nil }
        path = "\(directory)/messages"
        self.complain = complain
        var memory = Memory()
        for line in Self.lines(of: path) { if let entry = Memory.Entry(line: line) { memory.apply(entry) } }
        if memory.seed == nil { memory.apply(.seed(.random(in: .min ... .max))) }
        state = Mutex(State(descriptor: -1, memory: memory, lines: 0))
        state.withLock { rewrite(&$0) }
    }

    /// What an earlier process has left.
    var memory: Memory { state.withLock { $0.memory } }

    func keep(_ entry: Memory.Entry) {
        state.withLock { state in
            state.memory.apply(entry)
            state.lines += 1
            if state.lines > Self.spareLines + 4 * state.memory.entries.count { return rewrite(&state) }
            if !writeAll(Array((entry.line + "\n").utf8), to: state.descriptor) { complain(errno) }
        }
    }

    /// Writes what counts into a new file, in the place of the old one.
    private func rewrite(_ state: inout State) {
        let entries = state.memory.entries
        let new = "\(path).new"
        unlink(new)
        let descriptor = open(new, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return complain(errno) }
        guard writeAll(Array(entries.map { $0.line + "\n" }.joined().utf8), to: descriptor), rename(new, path) == 0
        else {
            complain(errno)
            close(descriptor)
            return
        }
        if state.descriptor >= 0 { close(state.descriptor) }
        state.descriptor = descriptor
        state.lines = entries.count
    }

    private static func lines(of path: String) -> [Substring] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 64 * 1024)
        while bytes.count < fileBound {
            let count = read(descriptor, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            bytes += piece[..<count]
        }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    }

    deinit { state.withLock { if $0.descriptor >= 0 { _ = close($0.descriptor) } } }
}

extension Memory {
    /// All that has to be written down to have this again.
    var entries: [Entry] {
        (seed.map { [Entry.seed($0)] } ?? []) + spent.map { Entry.spent(trace: $0.key, until: $0.value) }
            + forgetful.map { Entry.forgetful(account: $0) } + next.map { Entry.next($0.key, uid: $0.value) }
            + notes.map { Entry.note($0.key, $0.value) }
    }
}

extension Memory.Entry {
    /// `note ACCOUNT UIDVALIDITY UID INTERNALDATE NOTE`, `forget ...`, `next ACCOUNT UIDVALIDITY UID`,
    /// `forgetful ACCOUNT`, `seed NUMBER`, `spent TRACE UNTIL`, `unspent TRACE`. An account has no space in it.
    var line: String {
        switch self {
        case .note(let key, let note): "note \(Self.words(key)) \(note.rawValue)"
        case .forget(let key): "forget \(Self.words(key))"
        case .forgetful(let account): "forgetful \(account)"
        case .seed(let seed): "seed \(seed)"
        case .spent(let trace, let until): "spent \(trace) \(until)"
        case .unspent(let trace): "unspent \(trace)"
        case .next(let numbering, let uid): "next \(numbering.account) \(numbering.uidValidity) \(uid)"
        }
    }

    private static func words(_ key: MessageKey) -> String {
        "\(key.account) \(key.uidValidity) \(key.uid) \(key.internalDate.map(String.init) ?? "-")"
    }

    /// Nil for what makes no sense: the last line of a process that was killed may be cut.
    init?(line: Substring) {
        let words = line.split(separator: " ", omittingEmptySubsequences: false).map { String($0) }
        if words.count == 2, words[0] == "forgetful" {
            self = .forgetful(account: words[1])
            return
        }
        switch (words[0], words.count) {
        case ("seed", 2):
            guard let seed = UInt64(words[1]) else { return nil }
            self = .seed(seed)
            return
        case ("spent", 3):
            guard let trace = UInt32(words[1]), let until = Int64(words[2]) else { return nil }
            self = .spent(trace: trace, until: until)
            return
        case ("unspent", 2):
            guard let trace = UInt32(words[1]) else { return nil }
            self = .unspent(trace: trace)
            return
        default: break
        }
        guard words.count >= 4, let uidValidity = UInt32(words[2]), let uid = UInt32(words[3]) else { return nil }
        if words[0] == "next", words.count == 4 {
            self = .next(Memory.Numbering(account: words[1], uidValidity: uidValidity), uid: uid)
            return
        }
        guard words.count >= 5, words[4] == "-" || Int64(words[4]) != nil else { return nil }
        let key = MessageKey(account: words[1], uidValidity: uidValidity, uid: uid, internalDate: Int64(words[4]))
        switch (words[0], words.count) {
        case ("note", 6):
            guard let note = Memory.Note(rawValue: words[5]) else { return nil }
            self = .note(key, note)
        case ("forget", 5): self = .forget(key)
        default: return nil
        }
    }
}
