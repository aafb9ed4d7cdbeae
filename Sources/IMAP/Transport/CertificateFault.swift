import CGnuTLS
import Messages

/// Why a server's certificate cannot be trusted. Each case calls for different action by the operator.
public enum CertificateFault: Equatable, Sendable {
    /// Nobody but the server itself has signed it.
    case selfSigned
    /// It says where its issuer's certificate can be had, as those of public authorities do, and the server does not send that.
    case intermediateMissing
    /// It is of no authority that is trusted here: a private one, most often.
    case unknownAuthority
    /// What has signed it is not the certificate of an authority (RFC 5280, section 4.2.1.9).
    case signerNotAuthority
    /// Its authority has taken it back.
    case revoked
    /// A key in the chain is too short, or a signature of an algorithm that is broken, such as SHA-1: which of them.
    case weak(Text)
    /// It has expired, or (`isOwn` false) a certificate above it: on that day, where it is known which.
    case expired(on: String?, isOwn: Bool = true)
    /// It is not valid yet, or (`isOwn` false) a certificate above it: from that day on.
    case notYetValid(until: String?, isOwn: Bool = true)
    /// It is for something else than servers: for clients, for mail.
    case wrongPurpose
    /// It is trusted, and has no subject alternative name that is of a host: what its common name says does not count (RFC 9525).
    case namesNoHost
    /// It is trusted, and for other hosts: some of them, none where they cannot be shown.
    case wrongName(has: [String])
    /// Anything else that makes a certificate worthless, in GnuTLS's words.
    case untrusted(reason: Text)

    /// What is wrong with a certificate, by GnuTLS's bits. One thing is told, the one that everything else hangs on first: what a
    /// stranger's certificate says of its names and days means nothing.
    ///
    /// - Parameter words: GnuTLS's own, for what has no case here.
    init(status: UInt32, certificate: PeerCertificate?, words: @autoclosure () -> Text) {
        let has = { (flag: gnutls_certificate_status_t) in status & flag.rawValue != 0 }
        if has(GNUTLS_CERT_SIGNER_NOT_FOUND) {
            self = certificate?.missingIssuer ?? .unknownAuthority
        } else if has(GNUTLS_CERT_SIGNER_NOT_CA) {
            self = .signerNotAuthority
        } else if has(GNUTLS_CERT_REVOKED) {
            self = .revoked
        } else if has(GNUTLS_CERT_INSECURE_ALGORITHM) {
            self = .weak(certificate?.weakness ?? words())
        } else if [
            GNUTLS_CERT_SIGNATURE_FAILURE, GNUTLS_CERT_SIGNER_CONSTRAINTS_FAILURE, GNUTLS_CERT_UNKNOWN_CRIT_EXTENSIONS,
        ].contains(where: has) {
            self = .untrusted(reason: words())
        } else if has(GNUTLS_CERT_EXPIRED) {
            self = .expired(on: certificate?.expiry?.day, isOwn: certificate?.expiry?.isOwn ?? false)
        } else if has(GNUTLS_CERT_NOT_ACTIVATED) {
            self = .notYetValid(until: certificate?.activation?.day, isOwn: certificate?.activation?.isOwn ?? false)
        } else if has(GNUTLS_CERT_PURPOSE_MISMATCH) {
            self = .wrongPurpose
        } else if has(GNUTLS_CERT_UNEXPECTED_OWNER), let certificate {
            self.init(names: certificate.names)
        } else {
            self = .untrusted(reason: words())
        }
    }

    /// The certificate is good, and not for the host that was asked for.
    init(names: CertificateNames) {
        self = names.isEmpty ? .namesNoHost : .wrongName(has: names.shown)
    }
}

extension CertificateFault: TextConvertible {
    /// As an error names it, with no more of the certificate than its names and days.
    public var text: Text {
        switch self {
        case .selfSigned: Text("the server's certificate is self-signed")
        case .intermediateMissing:
            Text(
                "the server does not send the certificate of the authority that signed its own (an intermediate certificate is missing)"
            )
        case .unknownAuthority: Text("the certificate was issued by an authority that is not trusted here")
        case .signerNotAuthority: Text("the certificate was signed with a certificate that is not an authority's")
        case .revoked: Text("the certificate was revoked by its authority")
        case .weak(let what): Text("the certificate is too weak: \(what)")
        case .expired(let day?, let isOwn): Text("\(Self.which(isOwn)) expired on \(day)")
        case .expired(nil, _): Text("a certificate above the server's in the chain has expired")
        case .notYetValid(let day?, let isOwn): Text("\(Self.which(isOwn)) is not valid before \(day)")
        case .notYetValid(nil, _): Text("a certificate above the server's in the chain is not valid yet")
        case .wrongPurpose: Text("the certificate is not meant for a server (extended key usage)")
        case .namesNoHost:
            Text("the certificate names no host (only subject alternative names count, not the common name)")
        case .wrongName(has: []): Text("the certificate is not for this host")
        case .wrongName(let names):
            Text("the certificate is not for this host, but for \(names.joined(separator: ", "))")
        case .untrusted(let reason): reason
        }
    }

    private static func which(_ isOwn: Bool) -> Text {
        isOwn ? Text("the certificate") : Text("a certificate above the server's in the chain")
    }
}
