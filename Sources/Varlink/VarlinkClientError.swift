import Glibc
import Messages

/// Why a call to a service brought no result.
public enum VarlinkClientError: Error, Equatable, Sendable, TextConvertible {
    /// There is no socket of that name.
    case notFound(path: String)
    /// Something else has that name.
    case notASocket(path: String)
    /// The socket is there, but nobody listens.
    case refused(path: String)
    /// This user may not connect.
    case notAllowed(path: String)
    /// So many wait there to be accepted that there is no room for another: the service is busy, or hangs.
    case full(path: String)
    /// The connection failed for another reason, an errno.
    case unreachable(path: String, errno: CInt)
    /// The path is empty or longer than a socket's path may be.
    case badPath(String)
    /// The service closed the connection before the reply.
    case closed
    /// The calling task was cancelled. The connection is closed.
    case cancelled
    /// The service sent what is not Varlink, or more than was allowed. The connection is closed.
    case breach(Text)
    /// The service answered with an error.
    case error(VarlinkError)

    public var text: Text {
        switch self {
        case .notFound(let path): Text("\(path): no such socket")
        case .notASocket(let path): Text("\(path): not a socket")
        case .refused(let path): Text("\(path): nothing is listening there")
        case .notAllowed(let path): Text("\(path): permission denied")
        case .full(let path): Text("\(path): too many connections are waiting there already")
        case .unreachable(let path, let number): Text("\(path): \(Text(errno: number))")
        case .badPath(""): Text("the path of the socket is empty")
        case .badPath(let path): Text("\(path): too long for a socket: \(path.utf8.count) bytes, at most 107")
        case .closed: Text("the service closed the connection")
        case .cancelled: Text("cancelled")
        case .breach(let what): Text("what answers there is not secom-otpd, or broke the protocol: \(what)")
        case .error(let error): Text(verbatim: error.description)
        }
    }

    private static func isSocket(_ path: String) -> Bool {
        var status = Glibc.stat()
        return stat(path, &status) != 0 || status.st_mode & S_IFMT == S_IFSOCK
    }

    init(connectingTo path: String, errno number: CInt) {
        switch number {
        case ENOENT, ENOTDIR: self = .notFound(path: path)
        case ECONNREFUSED: self = Self.isSocket(path) ? .refused(path: path) : .notASocket(path: path)
        case EACCES, EPERM: self = .notAllowed(path: path)
        case EAGAIN: self = .full(path: path)
        default: self = .unreachable(path: path, errno: number)
        }
    }
}
