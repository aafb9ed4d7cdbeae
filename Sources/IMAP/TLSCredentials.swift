import CGnuTLS
import Synchronization

/// The authorities that certificates are checked against. Reading the system's takes 10 to 16 ms and about 4 MiB, so all
/// sessions share one object for each file.
final class TLSCredentials: @unchecked Sendable {
    // Sendable: written in init alone; GnuTLS allows concurrent sessions to read one credentials object
    // (GnuTLS manual, "Thread safety").
    let pointer: gnutls_certificate_credentials_t

    private static let shared = Mutex<[String: TLSCredentials]>([:])

    /// Those of a PEM file, or the system's.
    static func load(_ file: String?) throws(IMAPError) -> TLSCredentials {
        let key = file ?? ""
        if let known = shared.withLock({ $0[key] }) { return known }
        let made = try TLSCredentials(file)
        shared.withLock { $0[key] = made }
        return made
    }

    /// After a failed handshake: the file may have been renewed since, and a daemon runs for years.
    static func forget(_ file: String?) {
        _ = shared.withLock { $0.removeValue(forKey: file ?? "") }
    }

    private init(_ file: String?) throws(IMAPError) {
        var credentials: gnutls_certificate_credentials_t?
        guard gnutls_certificate_allocate_credentials(&credentials) == GNUTLS_E_SUCCESS, let credentials else {
            throw .certificates(file: file ?? "the system's store", reason: "out of memory")
        }
        pointer = credentials
        let count =
            if let file { gnutls_certificate_set_x509_trust_file(credentials, file, GNUTLS_X509_FMT_PEM) } else {
                gnutls_certificate_set_x509_system_trust(credentials)
            }
        guard count > 0 else {
            let reason = count == 0 ? "it holds none" : String(cString: gnutls_strerror(count))
            // The object is whole here: deinit frees it.
            throw .certificates(file: file ?? "the system's store", reason: reason)
        }
    }

    deinit { gnutls_certificate_free_credentials(pointer) }
}
