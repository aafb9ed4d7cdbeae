import IMAP

extension TLSFault {
    /// What an operator can do about it.
    var advice: CheckReport.Words {
        switch self {
        case .notTLS(let language): Self.advice(onPortOf: language)
        case .tooOld:
            .init(
                "TLS 1.2 is the least that will do: the server's operator must allow it (Dovecot: ssl_min_protocol), or renew the server.",
                "TLS 1.2 以上が必要です。サーバーの管理者が TLS 1.2 を有効にする (Dovecot では ssl_min_protocol) か、サーバーを更新する必要があります。")
        case .nothingInCommon:
            .init(
                "The server's operator must allow today's ciphers (ECDHE or DHE of 2048 bits, with AES-GCM or ChaCha20).",
                "サーバーの管理者が、現在の暗号方式 (ECDHE または 2048 ビット以上の DHE と、AES-GCM または ChaCha20) を有効にする必要があります。")
        case .wantsClientCertificate:
            .init(
                "The daemon has none to show: the server's operator must ask for none on this port (Dovecot: auth_ssl_require_client_cert), since the password or token says who logs in. Else stunnel on this machine can show one: host = \"127.0.0.1\", tls = \"off\".",
                "デーモンはクライアント証明書を提示できません。ログインはパスワードまたはトークンで行うので、サーバーの管理者がこのポートで証明書を求めないようにする (Dovecot では auth_ssl_require_client_cert) 必要があります。できない場合は、このマシンの stunnel に提示させることができます (host = \"127.0.0.1\"、tls = \"off\")。"
            )
        case .unknownName:
            .init(
                "Set host to the name that the server's operator tells for IMAP, not to an alias or another name of the machine.",
                "host には、別名ではなく、サーバーの管理者が IMAP 用に案内している名前を設定してください。")
        case .reset:
            .init(
                "Something cuts TLS to this port: a firewall or a filter on the way, or the server, which turns this address away (an access list, fail2ban). Try from this machine and from another: openssl s_client -connect HOST:PORT",
                "このポートへの TLS が切断されています。途中のファイアウォールかフィルター、またはこのアドレスを拒否するサーバー (アクセス制限、fail2ban) が原因です。このマシンと別のマシンから試してください: openssl s_client -connect ホスト:ポート"
            )
        case .closed:
            .init(
                "Does port speak TLS from the first byte (993)? Else set tls = \"starttls\". If it does, the server's log tells why: an access list, too many connections, no certificate of its own.",
                "port は最初から TLS を話すポート (993) ですか。そうでなければ tls = \"starttls\" を設定してください。そうであれば、理由 (アクセス制限、接続数の上限、証明書の未設定など) はサーバーのログにあります。"
            )
        case .silent:
            .init(
                "Most often large packets are lost on the way (the MTU of a VPN, a tunnel or PPPoE, while ICMP is filtered): try ping -M do -s 1472 HOST, and lower the MTU or clamp the MSS. Else a firewall or a hanging server takes the connection and passes nothing on, or port waits for something other than TLS.",
                "多くの場合、大きなパケットが途中で失われています (VPN、トンネル、PPPoE の MTU と、ICMP の遮断)。ping -M do -s 1472 ホスト で確かめ、MTU を下げるか MSS を調整してください。そうでなければ、ファイアウォールか応答しないサーバーが接続だけを受け付けているか、port が TLS 以外のものを待っています。"
            )
        case .handshake:
            .init(
                "The server's log tells more, and so does: openssl s_client -connect HOST:PORT",
                "詳しくはサーバーのログか、次のコマンドで確認してください: openssl s_client -connect ホスト:ポート")
        case .notSetUp:
            .init(
                "Give the daemon more memory; is its GnuTLS whole?",
                "デーモンが使えるメモリーを増やし、GnuTLS が正しくインストールされているか確認してください。")
        case .certificate(let fault): fault.advice
        }
    }

    private static func advice(onPortOf language: PortLanguage?) -> CheckReport.Words {
        switch language {
        case .imap:
            .init(
                "This port speaks IMAP without TLS: tls = \"starttls\" (most often port 143), or the port of implicit TLS (993).",
                "このポートの IMAP は TLS で始まりません。tls = \"starttls\" (通常はポート 143) にするか、TLS のポート (993) を指定してください。")
        case .smtp:
            .init(
                "This port takes mail in (SMTP). IMAP with TLS is most often on port 993.",
                "このポートはメールの送信用 (SMTP) です。TLS の IMAP は通常ポート 993 です。")
        case .pop3:
            .init(
                "This port speaks POP3. IMAP with TLS is most often on port 993.",
                "このポートは POP3 です。TLS の IMAP は通常ポート 993 です。")
        case .http:
            .init(
                "A web server or a proxy answers there: check host and port. IMAP with TLS is most often on port 993.",
                "ウェブサーバーまたはプロキシーが応答しています。host と port を確認してください。TLS の IMAP は通常ポート 993 です。")
        case .ssh:
            .init(
                "An SSH server answers there: check host and port. IMAP with TLS is most often on port 993.",
                "SSH サーバーが応答しています。host と port を確認してください。TLS の IMAP は通常ポート 993 です。")
        case .tls, nil:
            .init(
                "Check host and port: IMAP with TLS is most often on port 993.",
                "host と port を確認してください。TLS の IMAP は通常ポート 993 です。")
        }
    }
}
