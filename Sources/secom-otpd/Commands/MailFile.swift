import Glibc
import Messages

/// Reads a mail from a file, bounded.
enum MailFile {
    /// As much as is ever read: a mail this large is refused anyway.
    static let bound = 32 * 1024 * 1024

    /// Why a file could not be read.
    struct Unreadable: Error {
        let reason: Text
        init(errno number: Int32) { reason = Text(errno: number) }
    }

    /// The bytes, at most ``bound`` and one more. `-` is the standard input.
    static func read(_ path: String) throws(Unreadable) -> [UInt8] {
        let descriptor = path == "-" ? 0 : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Unreadable(errno: errno) }
        defer { if descriptor != 0 { close(descriptor) } }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 * 1024)
        while bytes.count <= bound {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Unreadable(errno: errno) }
            if count == 0 { break }
            bytes.append(contentsOf: chunk[..<count])
        }
        return bytes
    }

    /// The names in a folder, in order; nil when it is none.
    static func names(in path: String) -> [String]? {
        guard let directory = opendir(path) else { return nil }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }
}
