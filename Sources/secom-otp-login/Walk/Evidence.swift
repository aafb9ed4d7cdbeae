import FoundationEssentials
import Glibc
import Handoff

/// The page on which a walk ended: a picture with the value of every field masked, and a listing. In a directory that no other user
/// can read.
struct Evidence: Sendable {
    let directory: String

    /// Creates the directory if it does not exist, and closes it to other users. Returns an error for people; nil: it can be used.
    func prepare() -> String? {
        if mkdir(directory, 0o700) != 0, errno != EEXIST { return "\(directory): \(String(cString: strerror(errno)))" }
        var status = stat()
        guard lstat(directory, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            return "\(directory) is not a directory"
        }
        guard status.st_uid == geteuid() else { return "\(directory) belongs to another user" }
        if status.st_mode & 0o077 != 0, chmod(directory, 0o700) != 0 {
            return "\(directory): \(String(cString: strerror(errno)))"
        }
        return nil
    }

    /// Writes both, and returns the paths of the files that were written.
    func keep(print: String, picture: String?, at date: Date) -> [String] {
        let name = String(RFC3339.format(date).map { $0 == ":" ? "-" : $0 })
        var files: [String] = []
        if write(Array(print.utf8), to: "\(directory)/\(name).txt") { files.append("\(directory)/\(name).txt") }
        if let picture, let data = Data(base64Encoded: picture), write(Array(data), to: "\(directory)/\(name).png") {
            files.append("\(directory)/\(name).png")
        }
        return files
    }

    private func write(_ bytes: [UInt8], to path: String) -> Bool {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { return false }
        defer { close(file) }
        return bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) == $0.count }
    }
}
