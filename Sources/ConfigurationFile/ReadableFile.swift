import Glibc
import Messages

/// Whether a file can be read by this process.
package enum ReadableFile {
    /// Why it cannot be; nil where it can. A directory cannot.
    package static func fault(_ path: String) -> Text? {
        // A FIFO that nobody writes to would block the open.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            return errno == EACCES ? Text("\(Text(errno: EACCES)) for the user \(user)") : Text(errno: errno)
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return Text(errno: errno) }
        return status.st_mode & S_IFMT == S_IFDIR ? Text(errno: EISDIR) : nil
    }

    /// Its name, or else its number.
    private static var user: String {
        getpwuid(geteuid()).map { String(cString: $0.pointee.pw_name) } ?? "\(geteuid())"
    }
}
