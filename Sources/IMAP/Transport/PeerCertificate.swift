import CGnuTLS
import Calendar
import Glibc

/// What the certificates say that a server has shown, its own first. Whether they are to be believed is GnuTLS's to say.
final class PeerCertificate {
    private var chain: [gnutls_x509_crt_t] = []

    /// Nil where the server has shown none that can be read.
    init?(_ session: gnutls_session_t) {
        var count: UInt32 = 0
        guard let list = gnutls_certificate_get_peers(session, &count) else { return nil }
        for index in 0..<Int(min(count, 16)) {
            var certificate: gnutls_x509_crt_t?
            guard gnutls_x509_crt_init(&certificate) == GNUTLS_E_SUCCESS, let certificate else { break }
            chain.append(certificate)
            guard gnutls_x509_crt_import(certificate, list + index, GNUTLS_X509_FMT_DER) == GNUTLS_E_SUCCESS else {
                return nil
            }
        }
        if chain.isEmpty { return nil }
    }

    /// Its subject alternative names of hosts: more of them than anybody has are not looked at.
    var names: CertificateNames {
        var found = CertificateNames()
        for index in 0..<UInt32(4096) {
            guard let certificate = chain.first else { break }
            // How long it is, since there is no room yet.
            var size = 0
            let needed = gnutls_x509_crt_get_subject_alt_name(certificate, index, nil, &size, nil)
            guard needed == GNUTLS_E_SHORT_MEMORY_BUFFER, 0..<65_536 ~= size else { break }
            var bytes = [UInt8](repeating: 0, count: size)
            let kind = gnutls_x509_crt_get_subject_alt_name(certificate, index, &bytes, &size, nil)
            switch gnutls_x509_subject_alt_name_t(UInt32(bitPattern: kind)) {
            case GNUTLS_SAN_DNSNAME:
                found.names.append(String(decoding: bytes.prefix(size), as: UTF8.self).lowercased())
            case GNUTLS_SAN_IPADDRESS: found.addresses.append(Array(bytes.prefix(size)))
            default: break
            }
        }
        return found
    }

    /// The day on which the first of them that has expired did so.
    var expiry: String? {
        chain.map(gnutls_x509_crt_get_expiration_time).first { $0 < time(nil) }.map(Self.day)
    }

    /// The day from which on the first of them that is not valid yet will be.
    var activation: String? {
        chain.map(gnutls_x509_crt_get_activation_time).first { $0 > time(nil) }.map(Self.day)
    }

    /// RFC 3339, full-date, in UTC.
    private static func day(_ time: time_t) -> String {
        let date = CivilDate(unixTime: Int64(time))
        let padded = { (number: Int64) in number < 10 ? "0\(number)" : "\(number)" }
        return "\(date.year)-\(padded(date.month))-\(padded(date.day))"
    }

    deinit { for certificate in chain { gnutls_x509_crt_deinit(certificate) } }
}
