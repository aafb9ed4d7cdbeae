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
                "The server's operator must have one issued, by a public authority or by a private one, whose certificate belongs into ca_file. Do not put the server's own there: anybody on the way can show a self-signed one.")
        case .intermediateMissing:
            Text(
                "The server's operator must have it send the intermediate certificates behind its own (Dovecot: ssl_cert with the whole chain, such as fullchain.pem). The server's own certificate does not belong into ca_file; only that of a private authority does.")
        case .unknownAuthority:
            Text(
                "The certificate of a private authority belongs into ca_file: get it from whoever runs the authority, not from the server. Where ca_file is set, it holds that of another. For a public authority: is ca-certificates up to date? A firewall that looks into TLS shows such a certificate, too.")
        case .signerNotAuthority:
            Text(
                "ca_file must hold the certificate of an authority (basicConstraints CA:TRUE), and the server must send those between that and its own.")
        case .revoked:
            Text(
                "The server's operator must have a new one issued, and should know why this one was revoked.")
        case .weak:
            Text(
                "The server's operator must have one issued with a key of 2048 bits (RSA) or 256 (ECDSA) and signed by SHA-256 or better; so must be those above it.")
        case .expired(_, isOwn: true):
            Text(
                "Is this machine's clock right? It says \(Self.clock). If so, the server's operator must renew the certificate, and have the server load it.")
        case .expired(_, isOwn: false):
            Text(
                "Is this machine's clock right? It says \(Self.clock). If so, the server must send a renewed certificate of its authority's, or ca_file hold one.")
        case .notYetValid:
            Text(
                "Is this machine's clock right? It says \(Self.clock), and that is the likely cause. Else the certificate was made for later, or by a machine whose clock is wrong.")
        case .wrongPurpose:
            Text(
                "The server needs a certificate for TLS servers (extended key usage serverAuth).")
        case .namesNoHost:
            Text(
                "The server's operator must have it issued anew with host as a subject alternative name (DNS:..., or IP:... for an address).")
        case .wrongName(let names):
            Text(
                "\(names.count == 1 ? "Set host to that name if it is the server's" : "Set host to one of the names in the certificate if it is the server's"), or have the certificate issued for host as well. Else host leads to another server.")
        case .untrusted:
            Text("The server's operator must have a new certificate issued.")
        }
    }

    /// What the time of day is here.
    private static var clock: String {
        RFC3339.format(Date(timeIntervalSince1970: Date().timeIntervalSince1970.rounded()))
    }
}
