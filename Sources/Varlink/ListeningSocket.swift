import Glibc
import Messages

/// Why there is no socket to listen on.
public enum ListenError: Error, Equatable, TextConvertible {
    /// A path of a Unix socket has room for 107 bytes.
    case pathTooLong(String)
    /// Another process listens on it.
    case inUse(String)
    /// Something that is no socket has that name; it is left alone.
    case notASocket(String)
    /// The descriptor is no listening Unix stream socket.
    case notListening(descriptor: CInt)
    /// A system call failed; the number is its errno.
    case failed(call: String, path: String, errno: CInt)

    public var text: Text {
        switch self {
        case .pathTooLong(let path): Text("\(path): longer than 107 bytes, the limit for a socket path")
        case .inUse(let path): Text("\(path): another process is already listening there")
        case .notASocket(let path): Text("\(path): exists and is not a socket")
        case .notListening(let descriptor): Text("descriptor \(descriptor) is not a listening Unix stream socket")
        case .failed(let call, let path, let number):
            Text("\(path.isEmpty ? "socket" : path): \(call): \(Text(errno: number))")
        }
    }
}

/// A Unix socket that listens: made here, or made by systemd and passed.
public struct ListeningSocket: Sendable {
    let descriptor: CInt
    /// What was made here and is removed at the end; nil where somebody else made it.
    let file: File?

    struct File: Sendable {
        let path: String
        let device: dev_t
        let inode: ino_t
    }

    /// Makes the socket, with this mode and group before anybody can connect. A socket left behind by a process that no
    /// longer listens is replaced; one that somebody listens on is not.
    public init(path: String, mode: mode_t = 0o660, group: gid_t? = nil) throws(ListenError) {
        guard let address = UnixAddress(path) else { throw .pathTooLong(path) }
        // Two that start at once must not remove each other's socket: the directory is locked meanwhile.
        let directory = open(Self.directory(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { throw .failed(call: "open", path: Self.directory(of: path), errno: errno) }
        defer { close(directory) }
        Self.lock(directory)

        try Self.removeStale(path, address)
        let descriptor = socket(AF_UNIX, Self.streamType, 0)
        guard descriptor >= 0 else { throw .failed(call: "socket", path: path, errno: errno) }
        let failure =
            address.withPointer { bind(descriptor, $0, $1) } != 0
            ? ListenError.failed(call: "bind", path: path, errno: errno)
            : Self.prepare(path, mode, group, descriptor)
        if let failure {
            close(descriptor)
            throw failure
        }
        var status = stat()
        _ = lstat(path, &status)
        self.descriptor = descriptor
        file = File(path: path, device: status.st_dev, inode: status.st_ino)
    }

    /// Takes a socket that already listens, from systemd: `sd_listen_fds(3)`. It is closed at the end and not removed.
    public init(adopting descriptor: CInt) throws(ListenError) {
        let isListening =
            Self.option(SO_ACCEPTCONN, of: descriptor) == 1 && Self.option(SO_DOMAIN, of: descriptor) == AF_UNIX
            && Self.option(SO_TYPE, of: descriptor) == CInt(SOCK_STREAM.rawValue)
        guard isListening else { throw .notListening(descriptor: descriptor) }
        (self.descriptor, file) = (descriptor, nil)
    }

    /// Removes the socket's name, if it still is this socket's. To be done while the socket is open: that keeps the
    /// inode's number from being used again.
    func removeFile() {
        guard let file else { return }
        var status = stat()
        guard lstat(file.path, &status) == 0, status.st_dev == file.device, status.st_ino == file.inode else { return }
        unlink(file.path)
    }

    static let streamType = CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue) | CInt(SOCK_NONBLOCK.rawValue)
    static let backlog: CInt = 256

    /// Whoever may read the directory can hold this lock, and keep it. Another daemon holds it for a moment: so it is waited for
    /// that long, and then gone without.
    private static func lock(_ directory: CInt) {
        for _ in 0..<50 {
            if flock(directory, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK && errno != EINTR { return }
            usleep(10_000)
        }
    }

    /// Nobody can connect before listen(2), so mode and group are in force before the first client.
    private static func prepare(_ path: String, _ mode: mode_t, _ group: gid_t?, _ descriptor: CInt) -> ListenError? {
        var failed: String?
        if let group, chown(path, uid_t.max, group) != 0 { failed = "chown" }
        if failed == nil, chmod(path, mode) != 0 { failed = "chmod" }
        if failed == nil, listen(descriptor, backlog) != 0 { failed = "listen" }
        guard let failed else { return nil }
        let number = errno
        unlink(path)
        return .failed(call: failed, path: path, errno: number)
    }

    private static func removeStale(_ path: String, _ address: UnixAddress) throws(ListenError) {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            if errno == ENOENT { return }
            throw .failed(call: "lstat", path: path, errno: errno)
        }
        guard status.st_mode & S_IFMT == S_IFSOCK else { throw .notASocket(path) }
        let probe = socket(AF_UNIX, streamType, 0)
        guard probe >= 0 else { throw .failed(call: "socket", path: path, errno: errno) }
        defer { close(probe) }
        let isStale = address.withPointer { connect(probe, $0, $1) } != 0 && errno == ECONNREFUSED
        guard isStale else { throw .inUse(path) }
        guard unlink(path) == 0 || errno == ENOENT else { throw .failed(call: "unlink", path: path, errno: errno) }
    }

    private static func directory(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func option(_ name: CInt, of descriptor: CInt) -> CInt? {
        var value: CInt = 0
        var length = socklen_t(MemoryLayout<CInt>.size)
        return getsockopt(descriptor, SOL_SOCKET, name, &value, &length) == 0 ? value : nil
    }
}

/// A `sockaddr_un` with a path in the file system.
struct UnixAddress {
    private var address = sockaddr_un()

    /// Nil where the path is too long, empty, or holds a NUL.
    init?(_ path: String) {
        let bytes = Array(path.utf8)
        guard !bytes.isEmpty, !bytes.contains(0) else { return nil }
        address.sun_family = sa_family_t(AF_UNIX)
        let fits = withUnsafeMutableBytes(of: &address.sun_path) { room in
            guard bytes.count < room.count else { return false }
            room.copyBytes(from: bytes)
            return true
        }
        guard fits else { return nil }
    }

    func withPointer<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        withUnsafePointer(to: address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
