import FoundationEssentials
import Handoff
import IMAP
import Messages

extension CertificateFault {
    /// What an operator can do about it. Never to trust what the server shows: that anybody on the way can show as well.
    var advice: Text {
        switch self {
        case .selfSigned:
            Text(
                "The server's operator must have one issued by a public authority, or by a private one whose certificate you put in ca_file. Do not put the server's own certificate there: anyone on the path can present a self-signed one."
            )
        case .intermediateMissing:
            Text(
                "The server's operator must make it send the intermediate certificates after its own (Dovecot: ssl_cert with the whole chain, such as fullchain.pem). Do not put the server's own certificate in ca_file; only a private authority's certificate belongs there."
            )
        case .unknownAuthority:
            Text(
                "The certificate of a private authority belongs in ca_file: get it from whoever runs the authority, not from the server. If ca_file is already set, it contains a different authority's certificate. For a public authority: is ca-certificates up to date? A firewall that inspects TLS presents such a certificate, too."
            )
        case .signerNotAuthority:
            Text(
                "ca_file must contain the certificate of an authority (basicConstraints CA:TRUE), and the server must send the certificates between that one and its own."
            )
        case .revoked:
            Text(
                "The server's operator must have a new one issued, and should find out why this one was revoked.")
        case .weak:
            Text(
                "The server's operator must have one issued with a key of at least 2048 bits (RSA) or 256 bits (ECDSA), signed with SHA-256 or better; the same applies to the certificates above it."
            )
        case .expired(_, isOwn: true):
            Text(
                "Is this machine's clock right? It says \(Self.clock). If so, the server's operator must renew the certificate and make the server load it."
            )
        case .expired(_, isOwn: false):
            Text(
                "Is this machine's clock right? It says \(Self.clock). If so, the server must send its authority's renewed certificate, or ca_file must contain it."
            )
        case .notYetValid:
            Text(
                "Is this machine's clock right? It says \(Self.clock); a wrong clock is the likely cause. Otherwise the certificate is not valid until later, or the machine that issued it has a wrong clock."
            )
        case .wrongPurpose:
            Text(
                "The server needs a certificate for TLS servers (extended key usage serverAuth).")
        case .namesNoHost:
            Text(
                "The server's operator must have it reissued with host as a subject alternative name (DNS:..., or IP:... for an address)."
            )
        case .wrongName(let names):
            names.count == 1
                ? Text(
                    "Set host to that name if it is the server's, or have the certificate issued for host as well. Otherwise host leads to the wrong server."
                )
                : Text(
                    "Set host to one of the names in the certificate if it is the server's, or have the certificate issued for host as well. Otherwise host leads to the wrong server."
                )
        case .untrusted:
            Text("The server's operator must have a new certificate issued.")
        }
    }

    /// What the time of day is here.
    private static var clock: String {
        RFC3339.format(Date(timeIntervalSince1970: Date().timeIntervalSince1970.rounded()))
    }
}
