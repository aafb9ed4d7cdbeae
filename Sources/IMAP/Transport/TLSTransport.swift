import CGnuTLS
import Glibc

/// The socket below a TLS session, which helps to explain why a handshake fails: GnuTLS itself cannot distinguish a reset from an end of
/// stream, and knows about a peer that does not speak TLS only that it does not.
final class TLSTransport {
    private let descriptor: Int32
    /// The first bytes that came, as many as are needed to know a language by.
    private(set) var opening: [UInt8] = []
    /// The connection was reset: by the server, or by something on the way.
    private(set) var wasReset = false

    private static let openingLength = 16

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    /// From now on the session reads and writes by this object, which must live as long as it.
    func attach(to session: gnutls_session_t) {
        let object = Unmanaged.passUnretained(self).toOpaque()
        gnutls_transport_set_ptr2(session, object, object)
        gnutls_transport_set_pull_function(session) { object, buffer, count in
            TLSTransport.at(object)?.receive(buffer, count) ?? -1
        }
        // Several records in one packet, as GnuTLS's own function does it.
        gnutls_transport_set_vec_push_function(session) { object, parts, count in
            TLSTransport.at(object)?.send(parts, count) ?? -1
        }
    }

    private static func at(_ object: UnsafeMutableRawPointer?) -> TLSTransport? {
        object.map { Unmanaged<TLSTransport>.fromOpaque($0).takeUnretainedValue() }
    }

    /// As recv(2), which GnuTLS takes it for.
    private func receive(_ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
        let received = recv(descriptor, buffer, count, 0)
        if received > 0, opening.count < Self.openingLength {
            let bytes = UnsafeRawBufferPointer(start: buffer, count: received)
            opening += bytes.prefix(Self.openingLength - opening.count)
        }
        return noting(received)
    }

    /// As writev(2), without its signal.
    private func send(_ parts: UnsafePointer<giovec_t>?, _ count: Int32) -> Int {
        var message = msghdr()
        message.msg_iov = UnsafeMutablePointer(mutating: parts)
        message.msg_iovlen = Int(count)
        return noting(sendmsg(descriptor, &message, Int32(MSG_NOSIGNAL)))
    }

    /// The result of a call, whose errno stays as it is: GnuTLS reads it.
    private func noting(_ result: Int) -> Int {
        guard result < 0 else { return result }
        let code = errno
        if code == ECONNRESET || code == EPIPE { wasReset = true }
        errno = code
        return result
    }
}
