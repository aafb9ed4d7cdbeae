import CGnuTLS
import Messages
import Synchronization

/// The authorities that certificates are checked against. Reading the system's takes 10 to 16 ms and about 4 MiB: all the
/// handshakes that are under way share one object for each file, and after the last one nothing of it is left. So a file that was
/// renewed is read again, too.
final class TLSCredentials: @unchecked Sendable {
    // Sendable: written in init alone; GnuTLS allows concurrent sessions to read one credentials object
    // (GnuTLS manual, "Thread safety").
    let pointer: gnutls_certificate_credentials_t

    /// Where those of one file are to be found, if there are any. Each with a lock of its own, which is held while they are read: a
    /// hundred mailboxes that start at once read them once, and a slow disk delays nobody else's.
    private final class Place: Sendable {
        private struct Weak { weak var credentials: TLSCredentials? }
        private let known = Mutex(Weak())

        func load(_ file: String?) throws(IMAPError) -> TLSCredentials {
            try known.withLock { known throws(IMAPError) in
                if let credentials = known.credentials { return credentials }
                let made = try TLSCredentials(file)
                known.credentials = made
                return made
            }
        }
    }

    private static let places = Mutex<[String: Place]>([:])

    /// Those of a PEM file, or the system's.
    static func load(_ file: String?) throws(IMAPError) -> TLSCredentials {
        let place = places.withLock { places in
            let place = places[file ?? ""] ?? Place()
            places[file ?? ""] = place
            return place
        }
        return try place.load(file)
    }

    private init(_ file: String?) throws(IMAPError) {
        var credentials: gnutls_certificate_credentials_t?
        guard gnutls_certificate_allocate_credentials(&credentials) == GNUTLS_E_SUCCESS, let credentials else {
            throw .certificates(
                file: file.map(Text.init(verbatim:)) ?? Text("the system's store"), reason: Text("out of memory"))
        }
        pointer = credentials
        let count =
            if let file { gnutls_certificate_set_x509_trust_file(credentials, file, GNUTLS_X509_FMT_PEM) } else {
                gnutls_certificate_set_x509_system_trust(credentials)
            }
        guard count > 0 else {
            let reason =
                count == 0 ? Text("it contains none") : Text(ofLibrary: String(cString: gnutls_strerror(count)))
            // The object is whole here: deinit frees it.
            throw .certificates(file: file.map(Text.init(verbatim:)) ?? Text("the system's store"), reason: reason)
        }
    }

    deinit { gnutls_certificate_free_credentials(pointer) }
}
