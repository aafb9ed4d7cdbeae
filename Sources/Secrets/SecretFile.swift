import Glibc

/// A file with a secret in it, read into one buffer that never grows: growing would leave copies of the secret in memory.
public enum SecretFile {
    /// Why it could not be read.
    public enum Failure: Error, Equatable {
        /// open(2) or read(2) failed with this `errno`.
        case system(Int32)
        /// It has more bytes than the bound.
        case tooLarge
    }

    /// Returns the whole file. The caller wipes it.
    ///
    /// - Parameter bound: the most bytes that it may have.
    /// - Throws: ``Failure``, with nothing of the file left in memory.
    public static func read(_ path: String, bound: Int) throws(Failure) -> [UInt8] {
        // A FIFO that nobody writes to would block the open.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .system(errno) }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: bound + 1)
        var count = 0
        while count < bytes.count {
            let got = bytes.withUnsafeMutableBytes {
                Glibc.read(descriptor, $0.baseAddress?.advanced(by: count), $0.count - count)
            }
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else {
                let error = errno
                bytes.wipe()
                throw .system(error)
            }
            if got == 0 { break }
            count += got
        }
        guard count <= bound else {
            bytes.wipe()
            throw .tooLarge
        }
        bytes.removeLast(bytes.count - count)
        return bytes
    }
}
