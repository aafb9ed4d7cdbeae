import CGnuTLS

/// Why TLS could not be had. Each wants something else of an operator.
public enum TLSFault: Equatable, Sendable {
    /// The handshake failed before any certificate was judged. The reason is GnuTLS's.
    case handshake(reason: String)
    /// The server ended the connection within the handshake.
    case closed
    /// Nothing that the server did.
    case notSetUp(reason: String)
    /// The certificate is of no authority that is trusted here.
    case unknownAuthority
    /// The certificate, or one above it, has expired: on that day, where it is known which.
    case expired(on: String?)
    /// The certificate, or one above it, is not valid yet: from that day on.
    case notYetValid(until: String?)
    /// The certificate is for something else than servers: for clients, for mail.
    case wrongPurpose
    /// The certificate is trusted, and for other hosts: some of them. None: it has no subject alternative name.
    case wrongName(has: [String])
    /// Anything else that makes a certificate worthless, in GnuTLS's words.
    case untrusted(reason: String)

    /// What is wrong with a certificate, by GnuTLS's bits. One thing is told, the one that everything else hangs on first: what a
    /// stranger's certificate says of its names and days means nothing.
    ///
    /// - Parameter words: GnuTLS's own, for what has no case here.
    init(status: UInt32, certificate: PeerCertificate?, words: @autoclosure () -> String) {
        let has = { (flags: gnutls_certificate_status_t...) in flags.contains { status & $0.rawValue != 0 } }
        if has(GNUTLS_CERT_SIGNER_NOT_FOUND, GNUTLS_CERT_SIGNER_NOT_CA) {
            self = .unknownAuthority
        } else if has(
            GNUTLS_CERT_REVOKED, GNUTLS_CERT_SIGNATURE_FAILURE, GNUTLS_CERT_INSECURE_ALGORITHM,
            GNUTLS_CERT_SIGNER_CONSTRAINTS_FAILURE, GNUTLS_CERT_UNKNOWN_CRIT_EXTENSIONS)
        {
            self = .untrusted(reason: words())
        } else if has(GNUTLS_CERT_EXPIRED) {
            self = .expired(on: certificate?.expiry)
        } else if has(GNUTLS_CERT_NOT_ACTIVATED) {
            self = .notYetValid(until: certificate?.activation)
        } else if has(GNUTLS_CERT_PURPOSE_MISMATCH) {
            self = .wrongPurpose
        } else if has(GNUTLS_CERT_UNEXPECTED_OWNER) {
            self = .wrongName(has: certificate?.names.shown ?? [])
        } else {
            self = .untrusted(reason: words())
        }
    }
}

extension TLSFault: CustomStringConvertible {
    /// As an error names it: GnuTLS's words, or ours, with no more of the server's certificate than its names and days.
    public var description: String {
        switch self {
        case .handshake(let reason), .notSetUp(let reason), .untrusted(let reason): reason
        case .closed: "the server ended the handshake"
        case .unknownAuthority: "the certificate is of an authority that is not trusted here"
        case .expired(let day):
            day.map { "the certificate expired on \($0)" } ?? "a certificate above the server's has expired"
        case .notYetValid(let day):
            day.map { "the certificate is valid from \($0) on only" }
                ?? "a certificate above the server's is not valid yet"
        case .wrongPurpose: "the certificate is not for servers (extended key usage)"
        case .wrongName(has: []):
            "the certificate names no host (a common name does not count, only subject alternative names)"
        case .wrongName(let names): "the certificate is not for this host, but for \(names.joined(separator: ", "))"
        }
    }
}
