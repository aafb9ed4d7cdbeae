/// What is wrong with a connection's TLS, or with a certificate.
extension Japanese {
    static let tls: KeyValuePairs<String, String> = [
        "out of memory":
            "メモリー不足",
        "GnuTLS could not be set up":
            "GnuTLS を初期化できない",
        "an unknown alert":
            "不明なアラート",
        "the server sent the alert \"{1}\"":
            "サーバーがアラート \"{1}\" を送信",
        "the certificate is not trusted":
            "証明書を信頼できない",
        "signed with {1}":
            "署名が {1}",
        "a key of {1} bits ({2})":
            "鍵が {1} ビット ({2})",
        "it contains none":
            "証明書が含まれていない",
        "the system's store":
            "システムの証明書ストア",
        "the connection was established, but the first TLS packet got no answer":
            "接続は確立したが、最初の TLS パケットに応答がない",
        "the connection was reset during the handshake":
            "ハンドシェイクの途中で接続がリセットされた",
        "the server began the handshake and then sent nothing more":
            "サーバーがハンドシェイクを始めた後、応答しなくなった",
        "the server closed the connection during the handshake":
            "ハンドシェイクの途中で、サーバーが接続を閉じた",
        "the server offers no cipher or key exchange that is strong enough":
            "十分に強い暗号方式または鍵交換方式に、サーバーが対応していない",
        "the server requires a client certificate":
            "サーバーがクライアント証明書を要求している",
        "the server says that it does not know this host name":
            "このホスト名を知らないとサーバーが通知",
        "the server speaks {1} on this port, without TLS":
            "このポートのサーバーは、TLS なしで {1} を話す",
        "the server supports no TLS version newer than 1.1":
            "サーバーが TLS 1.1 より新しいバージョンに対応していない",
        "what answers on this port does not speak TLS":
            "このポートで応答しているものは TLS を話さない",
        "the server's certificate is self-signed":
            "サーバーの証明書が自己署名",
        "the server does not send the certificate of the authority that signed its own (an intermediate certificate is missing)":
            "サーバーが、自身の証明書に署名した認証局の証明書を送ってこない (中間証明書がない)",
        "the certificate was issued by an authority that is not trusted here":
            "証明書が、このマシンで信頼されていない認証局から発行されている",
        "the certificate was signed with a certificate that is not an authority's":
            "証明書が、認証局のものではない証明書で署名されている",
        "the certificate was revoked by its authority":
            "証明書が認証局によって失効している",
        "the certificate is too weak: {1}":
            "証明書の強度が足りない: {1}",
        "the certificate":
            "証明書",
        "a certificate above the server's in the chain":
            "サーバーの証明書より上位の証明書",
        "{1} expired on {2}":
            "{1}が {2} に期限切れになっている",
        "{1} is not valid before {2}":
            "{1}の有効期間が {2} より前には始まらない",
        "a certificate above the server's in the chain has expired":
            "サーバーの証明書より上位の証明書が期限切れになっている",
        "a certificate above the server's in the chain is not valid yet":
            "サーバーの証明書より上位の証明書の有効期間がまだ始まっていない",
        "the certificate is not meant for a server (extended key usage)":
            "証明書がサーバー用ではない (拡張キー使用法)",
        "the certificate names no host (only subject alternative names count, not the common name)":
            "証明書にホスト名がない (コモンネームではなく subjectAltName だけが有効)",
        "the certificate is not for this host":
            "証明書がこのホストのものではない",
        "the certificate is not for this host, but for {1}":
            "証明書がこのホストではなく {1} のもの",
    ]
}
