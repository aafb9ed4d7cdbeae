import CGnuTLS
import Glibc
import Messages

/// One TLS session over a non-blocking socket: TLS 1.2 or newer, the chain, the name and the purpose verified. RFC 8314, RFC 9525
///
/// Reads and writes never wait; they say which way to poll.
final class TLSSession {
    enum Progress: Equatable { case done(Int), wantsRead, wantsWrite, closed, failed(Int32) }

    private let session: gnutls_session_t
    // Needed for the handshake alone.
    private var credentials: TLSCredentials?
    private let endpoint: Endpoint
    // GnuTLS keeps pointers to these: they must live as long as the session.
    private let demands: UnsafeMutableBufferPointer<gnutls_typed_vdata_st>
    private let transport: TLSTransport

    init(_ descriptor: Int32, to endpoint: Endpoint) throws(IMAPError) {
        let credentials = try TLSCredentials.load(endpoint.authorities)
        self.credentials = credentials
        self.endpoint = endpoint
        transport = TLSTransport(descriptor)
        var made: gnutls_session_t?
        guard
            gnutls_init(
                &made, UInt32(GNUTLS_CLIENT) | UInt32(GNUTLS_NONBLOCK.rawValue) | UInt32(GNUTLS_NO_SIGNAL.rawValue))
                == GNUTLS_E_SUCCESS, let made
        else { throw .tls(host: endpoint.host, .notSetUp(reason: Text("out of memory"))) }
        session = made
        let name = endpoint.name
        demands = Self.demands(of: name)
        var position: UnsafePointer<CChar>?
        let priority = gnutls_priority_set_direct(made, "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2", &position)
        let attached = gnutls_credentials_set(
            made, GNUTLS_CRD_CERTIFICATE, UnsafeMutableRawPointer(credentials.pointer))
        guard priority == GNUTLS_E_SUCCESS, attached == GNUTLS_E_SUCCESS else {
            throw .tls(host: endpoint.host, .notSetUp(reason: Text("GnuTLS could not be set up")))
        }
        // SNI carries names only, without a dot at their end (RFC 6066, section 3).
        if HostAddress(name) == nil { gnutls_server_name_set(made, GNUTLS_NAME_DNS, name, name.utf8.count) }
        gnutls_session_set_verify_cert2(made, demands.baseAddress, UInt32(demands.count), 0)
        transport.attach(to: made)
    }

    /// What a certificate must be good for: this host, and a server of TLS (RFC 5280, section 4.2.1.12).
    private static func demands(of name: String) -> UnsafeMutableBufferPointer<gnutls_typed_vdata_st> {
        let address = HostAddress(name)?.bytes
        let parts: [(gnutls_vdata_types_t, [UInt8])] = [
            (address == nil ? GNUTLS_DT_DNS_HOSTNAME : GNUTLS_DT_IP_ADDRESS, address ?? Array(name.utf8)),
            (GNUTLS_DT_KEY_PURPOSE_OID, Array(GNUTLS_KP_TLS_WWW_SERVER.utf8)),
        ]
        let demands = UnsafeMutableBufferPointer<gnutls_typed_vdata_st>.allocate(capacity: parts.count)
        for (index, (type, bytes)) in parts.enumerated() {
            let text = UnsafeMutablePointer<UInt8>.allocate(capacity: bytes.count + 1)
            for (place, byte) in (bytes + [0]).enumerated() { text[place] = byte }
            demands.initializeElement(
                at: index, to: gnutls_typed_vdata_st(type: type, data: text, size: UInt32(bytes.count)))
        }
        return demands
    }

    func handshake() -> Progress {
        let progress = progress(Int(gnutls_handshake(session)))
        guard case .done = progress else { return progress }
        gnutls_credentials_clear(session)
        credentials = nil
        // GnuTLS is content with a common name where there is no alternative one.
        guard PeerCertificate(session)?.names.cover(endpoint.name) == true else {
            return .failed(GNUTLS_E_CERTIFICATE_VERIFICATION_ERROR)
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

    /// Why the handshake ended before its end.
    var endFault: TLSFault { clearText ?? (transport.wasReset ? .reset : .closed) }

    /// Why it did not come to its end in time.
    var silence: TLSFault { clearText ?? .silent(isMidway: !transport.opening.isEmpty) }

    /// Why the handshake, or what came right after it, failed.
    func fault(for code: Int32) -> TLSFault {
        if let clearText { return clearText }
        switch code {
        case GNUTLS_E_CERTIFICATE_VERIFICATION_ERROR: return .certificate(certificateFault)
        case GNUTLS_E_FATAL_ALERT_RECEIVED: return fault(for: gnutls_alert_get(session))
        case GNUTLS_E_UNSUPPORTED_VERSION_PACKET: return .tooOld
        case GNUTLS_E_DH_PRIME_UNACCEPTABLE, GNUTLS_E_INSUFFICIENT_SECURITY, GNUTLS_E_UNKNOWN_CIPHER_SUITE,
            GNUTLS_E_NO_CIPHER_SUITES, GNUTLS_E_UNWANTED_ALGORITHM, GNUTLS_E_UNSUPPORTED_SIGNATURE_ALGORITHM,
            GNUTLS_E_ECC_UNSUPPORTED_CURVE:
            return .nothingInCommon
        default: return .handshake(reason: Text(ofLibrary: String(cString: gnutls_strerror(code))))
        }
    }

    /// What the server means by an alert. RFC 8446, section 6.2
    private func fault(for alert: gnutls_alert_description_t) -> TLSFault {
        let asksForCertificate = gnutls_certificate_client_get_request_status(session) != 0
        switch alert {
        case GNUTLS_A_PROTOCOL_VERSION: return .tooOld
        case GNUTLS_A_CERTIFICATE_REQUIRED: return .wantsClientCertificate
        // Before TLS 1.3 there was no alert of its own for it.
        case GNUTLS_A_HANDSHAKE_FAILURE where asksForCertificate, GNUTLS_A_BAD_CERTIFICATE where asksForCertificate,
            GNUTLS_A_CERTIFICATE_UNKNOWN where asksForCertificate, GNUTLS_A_ACCESS_DENIED where asksForCertificate,
            GNUTLS_A_SSL3_NO_CERTIFICATE where asksForCertificate:
            return .wantsClientCertificate
        case GNUTLS_A_UNRECOGNIZED_NAME: return .unknownName
        case GNUTLS_A_HANDSHAKE_FAILURE, GNUTLS_A_INSUFFICIENT_SECURITY: return .nothingInCommon
        default:
            guard let name = gnutls_alert_get_name(alert) else { return .handshake(reason: Text("an unknown alert")) }
            return .handshake(reason: Text("the server sent the alert \"\(String(cString: name))\""))
        }
    }

    /// Where TLS is to begin with the connection: what came is none, and what it is instead. After STARTTLS it is the server's fault,
    /// and no other port will help.
    private var clearText: TLSFault? {
        guard endpoint.protection == .implicit, !transport.opening.isEmpty else { return nil }
        let language = PortLanguage(transport.opening)
        // One byte says nothing yet.
        if language == .tls || language == nil && transport.opening.count < 2 { return nil }
        return .notTLS(language)
    }

    private var certificateFault: CertificateFault {
        let status = gnutls_session_get_verify_cert_status(session)
        let certificate = PeerCertificate(session)
        // No complaint of GnuTLS's: then it is ours.
        if status == 0 { return CertificateFault(names: certificate?.names ?? CertificateNames()) }
        return CertificateFault(status: status, certificate: certificate, words: Self.words(for: status))
    }

    private static func words(for status: UInt32) -> Text {
        var text = gnutls_datum_t()
        guard gnutls_certificate_verification_status_print(status, GNUTLS_CRT_X509, &text, 0) == GNUTLS_E_SUCCESS else {
            return Text("the certificate is not trusted")
        }
        defer { free(text.data) }
        let bytes = UnsafeRawBufferPointer(start: text.data, count: Int(text.size))
        let words = String(decoding: bytes, as: UTF8.self).split { $0 == " " || $0 == "\0" || $0 == "\n" }
        return Text(ofLibrary: words.joined(separator: " "))
    }

    deinit {
        gnutls_deinit(session)
        for demand in demands { demand.data.deallocate() }
        demands.deallocate()
    }
}
