import CGnuTLS
import Calendar
import Glibc
import Messages

/// What the certificates presented by a server say, its own first. Whether they are trusted is decided by GnuTLS.
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

    /// The first of them that has expired: the day on which it did so, and whether it is the server's own.
    var expiry: (day: String, isOwn: Bool)? {
        first(by: gnutls_x509_crt_get_expiration_time) { $0 < time(nil) }
    }

    /// The first of them that is not valid yet: the day from which on it will be, and whether it is the server's own.
    var activation: (day: String, isOwn: Bool)? {
        first(by: gnutls_x509_crt_get_activation_time) { $0 > time(nil) }
    }

    private func first(
        by date: (gnutls_x509_crt_t?) -> time_t, where isMeant: (time_t) -> Bool
    ) -> (day: String, isOwn: Bool)? {
        let dates = chain.map { date($0) }
        return dates.firstIndex(where: isMeant).map { (Self.day(dates[$0]), $0 == 0) }
    }

    /// RFC 3339, full-date, in UTC.
    private static func day(_ time: time_t) -> String {
        let date = CivilDate(unixTime: Int64(time))
        let padded = { (number: Int64) in number < 10 ? "0\(number)" : "\(number)" }
        return "\(date.year)-\(padded(date.month))-\(padded(date.day))"
    }

    /// What it means that its issuer is not known here.
    var missingIssuer: CertificateFault {
        guard let own = chain.first else { return .unknownAuthority }
        if gnutls_x509_crt_check_issuer(own, own) != 0 { return .selfSigned }
        let hasIssuer = chain.dropFirst().contains { gnutls_x509_crt_check_issuer(own, $0) != 0 }
        return !hasIssuer && Self.namesIssuersPlace(own) ? .intermediateMissing : .unknownAuthority
    }

    /// Whether it says where on the web its issuer's certificate is: public authorities do (caIssuers, RFC 5280, section 4.2.2.1).
    private static func namesIssuersPlace(_ certificate: gnutls_x509_crt_t) -> Bool {
        (0..<UInt32(16)).contains { index in
            var place = gnutls_datum_t()
            guard
                gnutls_x509_crt_get_authority_info_access(
                    certificate, index, Int32(GNUTLS_IA_CAISSUERS_URI.rawValue), &place, nil) == GNUTLS_E_SUCCESS
            else { return false }
            defer { free(place.data) }
            return UnsafeRawBufferPointer(start: place.data, count: Int(place.size)).starts(with: "http".utf8)
        }
    }

    /// The first signature of a broken algorithm, or else the first key that is too short, by GnuTLS's names.
    var weakness: Text? {
        for certificate in chain where gnutls_x509_crt_check_issuer(certificate, certificate) == 0 {
            let algorithm = gnutls_sign_algorithm_t(
                UInt32(bitPattern: gnutls_x509_crt_get_signature_algorithm(certificate)))
            if gnutls_sign_is_secure2(algorithm, UInt32(GNUTLS_SIGN_FLAG_SECURE_FOR_CERTS)) == 0,
                let name = gnutls_sign_get_name(algorithm)
            {
                return Text("signed with \(String(cString: name))")
            }
        }
        let keys = chain.map { certificate in
            var bits: UInt32 = 0
            let algorithm = gnutls_pk_algorithm_t(
                UInt32(bitPattern: gnutls_x509_crt_get_pk_algorithm(certificate, &bits)))
            return (algorithm: algorithm, bits: bits, strength: gnutls_pk_bits_to_sec_param(algorithm, bits))
        }
        guard let key = keys.min(by: { $0.strength.rawValue < $1.strength.rawValue }),
            let name = gnutls_pk_get_name(key.algorithm)
        else { return nil }
        return Text("a key of \(key.bits) bits (\(String(cString: name)))")
    }

    deinit { for certificate in chain { gnutls_x509_crt_deinit(certificate) } }
}
