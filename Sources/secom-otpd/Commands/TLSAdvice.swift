import IMAP

extension TLSFault {
    /// What an operator can do about it.
    var advice: CheckReport.Words {
        switch self {
        case .handshake, .closed:
            .init(
                "Does port speak TLS from the first byte (993)? Else set tls = \"starttls\". TLS 1.2 is the least that will do.",
                "port は最初から TLS を話すポート (993) ですか。そうでなければ tls = \"starttls\" を設定してください。TLS 1.2 以上が必要です。")
        case .notSetUp:
            .init(
                "Give the daemon more memory; is its GnuTLS whole?",
                "デーモンが使えるメモリーを増やし、GnuTLS が正しくインストールされているか確認してください。")
        case .unknownAuthority:
            .init(
                "For a private authority set ca_file; else the server must send the certificates between its own and the authority's.",
                "私設の認証局の場合は ca_file を設定してください。そうでなければ、サーバーは中間証明書も送る必要があります。")
        case .expired:
            .init(
                "The server's operator must renew the certificate. Is this machine's clock right?",
                "サーバーの管理者が証明書を更新する必要があります。このマシンの時計は合っていますか。")
        case .notYetValid:
            .init(
                "Is this machine's clock right? Else the certificate's time has not come yet.",
                "このマシンの時計は合っていますか。合っていれば、証明書の有効期間がまだ始まっていません。")
        case .wrongPurpose:
            .init(
                "The server needs a certificate for TLS servers (extended key usage serverAuth).",
                "サーバーには TLS サーバー用の証明書 (拡張キー使用法 serverAuth) が必要です。")
        case .wrongName:
            .init(
                "Set host to a name that the certificate has as a subject alternative name, or have it issued for host.",
                "host には、証明書の subjectAltName にある名前を設定するか、host の名前を含む証明書を発行してもらってください。")
        case .untrusted:
            .init(
                "The server's operator must have a new certificate issued.",
                "サーバーの管理者が証明書を発行し直してもらう必要があります。")
        }
    }
}
