import FoundationEssentials
import Glibc

/// A directory of its own for one test, with a path short enough for Unix sockets (108 bytes), gone after the test.
final class Scratch: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/secom-otpd.XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw SystemCallFailure("mkdtemp") }
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        // The servers' own users must reach what is theirs below it.
        chmod(path, 0o711)
        Undertaker.shared.note("directory", path)
    }

    /// Writes a file that only its owner may read, and gives its path.
    func write(_ bytes: [UInt8], to name: String) throws -> String {
        let file = "\(path)/\(name)"
        try Data(bytes).write(to: URL(filePath: file))
        chmod(file, 0o600)
        return file
    }

    func write(_ text: String, to name: String) throws -> String { try write(Array(text.utf8), to: name) }

    func remove() {
        try? FileManager.default.removeItem(atPath: path)
        Undertaker.shared.note("removed", path)
    }
}
