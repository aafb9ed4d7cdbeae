import CGnuTLS
import Glibc

/// One TLS session over a non-blocking socket: TLS 1.2 or newer, the chain and the name verified. RFC 8314, RFC 9525
///
/// Reads and writes never wait; they say which way to poll.
final class TLSSession {
    enum Progress: Equatable { case done(Int), wantsRead, wantsWrite, closed, failed(Int32) }

    private let session: gnutls_session_t
    // Needed for the handshake alone.
    private var credentials: TLSCredentials?
    // gnutls_session_set_verify_cert keeps the pointer: it must live as long as the session.
    private let host: UnsafeMutablePointer<CChar>
    private let endpoint: Endpoint

    init(_ descriptor: Int32, to endpoint: Endpoint) throws(IMAPError) {
        let credentials = try TLSCredentials.load(endpoint.authorities)
        self.credentials = credentials
        self.endpoint = endpoint
        var made: gnutls_session_t?
        guard
            gnutls_init(
                &made, UInt32(GNUTLS_CLIENT) | UInt32(GNUTLS_NONBLOCK.rawValue) | UInt32(GNUTLS_NO_SIGNAL.rawValue))
                == GNUTLS_E_SUCCESS, let made, let host = strdup(endpoint.host)
        else { throw .tls(host: endpoint.host, reason: "out of memory") }
        session = made
        self.host = host
        var position: UnsafePointer<CChar>?
        let priority = gnutls_priority_set_direct(made, "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2", &position)
        let attached = gnutls_credentials_set(
            made, GNUTLS_CRD_CERTIFICATE, UnsafeMutableRawPointer(credentials.pointer))
        guard priority == GNUTLS_E_SUCCESS, attached == GNUTLS_E_SUCCESS else {
            throw .tls(host: endpoint.host, reason: "GnuTLS could not be set up")
        }
        if !Self.isAddress(endpoint.host) {
            gnutls_server_name_set(made, GNUTLS_NAME_DNS, host, strlen(host))
        }
        gnutls_session_set_verify_cert(made, host, 0)
        gnutls_transport_set_int2(made, descriptor, descriptor)
    }

    /// SNI carries names only (RFC 6066, section 3).
    private static func isAddress(_ host: String) -> Bool {
        var address = in6_addr()
        return inet_pton(AF_INET, host, &address) == 1 || inet_pton(AF_INET6, host, &address) == 1
    }

    func handshake() -> Progress {
        let progress = progress(Int(gnutls_handshake(session)))
        if case .done = progress {
            gnutls_credentials_clear(session)
            credentials = nil
        }
        return progress
    }

    func receive(into buffer: UnsafeMutableRawBufferPointer) -> Progress {
        let progress = progress(gnutls_record_recv(session, buffer.baseAddress, buffer.count))
        return progress == .done(0) ? .closed : progress
    }

    func send(_ bytes: UnsafeRawBufferPointer) -> Progress {
        progress(gnutls_record_send(session, bytes.baseAddress, bytes.count))
    }

    /// Whether decrypted bytes are on this side already: poll would not tell.
    var hasBufferedBytes: Bool { gnutls_record_check_pending(session) > 0 }

    private func progress(_ result: Int) -> Progress {
        if result >= 0 { return .done(result) }
        switch Int32(clamping: result) {
        case GNUTLS_E_AGAIN: return gnutls_record_get_direction(session) == 0 ? .wantsRead : .wantsWrite
        case GNUTLS_E_INTERRUPTED: return gnutls_record_get_direction(session) == 0 ? .wantsRead : .wantsWrite
        case GNUTLS_E_PREMATURE_TERMINATION, GNUTLS_E_PULL_ERROR, GNUTLS_E_PUSH_ERROR: return .closed
        case let code where gnutls_error_is_fatal(code) == 0: return .wantsRead
        case let code: return .failed(code)
        }
    }

    /// Why the handshake failed, in words an operator can act on.
    func reason(for code: Int32) -> String {
        guard code == GNUTLS_E_CERTIFICATE_VERIFICATION_ERROR else { return String(cString: gnutls_strerror(code)) }
        var text = gnutls_datum_t()
        let status = gnutls_session_get_verify_cert_status(session)
        guard gnutls_certificate_verification_status_print(status, GNUTLS_CRT_X509, &text, 0) == GNUTLS_E_SUCCESS else {
            return "the certificate is not trusted"
        }
        defer { free(text.data) }
        let bytes = UnsafeRawBufferPointer(start: text.data, count: Int(text.size))
        let words = String(decoding: bytes, as: UTF8.self).split { $0 == " " || $0 == "\0" || $0 == "\n" }
        return words.joined(separator: " ")
    }

    deinit {
        gnutls_deinit(session)
        free(host)
    }
}
