import FoundationEssentials
import Handoff
import IMAP

extension CertificateFault {
    /// What an operator can do about it. Never to trust what the server shows: that anybody on the way can show as well.
    var advice: CheckReport.Words {
        switch self {
        case .selfSigned:
            .init(
                "The server's operator must have one issued, by a public authority or by a private one, whose certificate belongs into ca_file. Do not put the server's own there: anybody on the way can show a self-signed one.",
                "サーバーの管理者が、公的な認証局か私設の認証局 (その証明書を ca_file に設定) に証明書を発行してもらう必要があります。サーバー自身の証明書を ca_file に入れないでください。自己署名の証明書は、途中の誰でも提示できます。"
            )
        case .intermediateMissing:
            .init(
                "The server's operator must have it send the intermediate certificates behind its own (Dovecot: ssl_cert with the whole chain, such as fullchain.pem). The server's own certificate does not belong into ca_file; only that of a private authority does.",
                "サーバーの管理者が、サーバーの証明書に続けて中間証明書も送るように設定する必要があります (Dovecot では ssl_cert に fullchain.pem などの全体を指定)。ca_file にサーバー自身の証明書を入れないでください。入れるのは私設の認証局の証明書だけです。"
            )
        case .unknownAuthority:
            .init(
                "The certificate of a private authority belongs into ca_file: get it from whoever runs the authority, not from the server. Where ca_file is set, it holds that of another. For a public authority: is ca-certificates up to date? A firewall that looks into TLS shows such a certificate, too.",
                "私設の認証局の場合は、その証明書を (サーバーからではなく) 認証局の管理者から受け取り、ca_file に設定してください。設定済みの場合は、別の認証局の証明書になっています。公的な認証局の場合は、ca-certificates が最新か確認してください。TLS を検査するファイアウォールも、このような証明書を提示します。"
            )
        case .signerNotAuthority:
            .init(
                "ca_file must hold the certificate of an authority (basicConstraints CA:TRUE), and the server must send those between that and its own.",
                "ca_file には認証局の証明書 (basicConstraints CA:TRUE) が必要です。サーバーはその間の証明書も送る必要があります。")
        case .revoked:
            .init(
                "The server's operator must have a new one issued, and should know why this one was revoked.",
                "サーバーの管理者が新しい証明書を発行してもらう必要があります。失効の理由も確認してください。")
        case .weak:
            .init(
                "The server's operator must have one issued with a key of 2048 bits (RSA) or 256 (ECDSA) and signed by SHA-256 or better; so must be those above it.",
                "サーバーの管理者が、2048 ビット以上の RSA または 256 ビット以上の ECDSA の鍵と、SHA-256 以上の署名で証明書を発行してもらう必要があります。上位の証明書も同様です。"
            )
        case .expired(_, isOwn: true):
            .init(
                "Is this machine's clock right? It says \(Self.clock). If so, the server's operator must renew the certificate, and have the server load it.",
                "このマシンの時計は合っていますか (現在 \(Self.clock))。合っていれば、サーバーの管理者が証明書を更新し、サーバーに読み込ませる必要があります。")
        case .expired(_, isOwn: false):
            .init(
                "Is this machine's clock right? It says \(Self.clock). If so, the server must send a renewed certificate of its authority's, or ca_file hold one.",
                "このマシンの時計は合っていますか (現在 \(Self.clock))。合っていれば、サーバーが更新された認証局の証明書を送るか、ca_file をその証明書にする必要があります。")
        case .notYetValid:
            .init(
                "Is this machine's clock right? It says \(Self.clock), and that is the likely cause. Else the certificate was made for later, or by a machine whose clock is wrong.",
                "このマシンの時計は合っていますか (現在 \(Self.clock))。多くの場合、これが原因です。合っていれば、有効期間がまだ始まっていないか、発行したマシンの時計が間違っています。")
        case .wrongPurpose:
            .init(
                "The server needs a certificate for TLS servers (extended key usage serverAuth).",
                "サーバーには TLS サーバー用の証明書 (拡張キー使用法 serverAuth) が必要です。")
        case .namesNoHost:
            .init(
                "The server's operator must have it issued anew with host as a subject alternative name (DNS:..., or IP:... for an address).",
                "サーバーの管理者が、host の名前を subjectAltName (DNS:...、アドレスの場合は IP:...) に含む証明書を発行し直してもらう必要があります。")
        case .wrongName(let names):
            .init(
                "\(names.count == 1 ? "Set host to that name if it is the server's" : "Set host to one of the names in the certificate if it is the server's"), or have the certificate issued for host as well. Else host leads to another server.",
                "証明書にある名前がこのサーバーのものなら、host に設定してください。そうでなければ、host の名前を含む証明書を発行してもらってください。host が別のサーバーを指している可能性もあります。")
        case .untrusted:
            .init(
                "The server's operator must have a new certificate issued.",
                "サーバーの管理者が証明書を発行し直してもらう必要があります。")
        }
    }

    /// What the time of day is here.
    private static var clock: String {
        RFC3339.format(Date(timeIntervalSince1970: Date().timeIntervalSince1970.rounded()))
    }
}
