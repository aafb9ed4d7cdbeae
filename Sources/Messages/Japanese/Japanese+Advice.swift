/// What to do about an error: of `check` and Status.
extension Japanese {
    static let advice: KeyValuePairs<String, String> = [
        "Check host and port, the name server and the firewall.":
            "host と port、DNS、ファイアウォールを確認してください。",
        "ca_file must be a PEM file that the daemon's user can read.":
            "ca_file には、デーモンのユーザーが読み取れる PEM ファイルを指定してください。",
        "Try tls = \"implicit\" with port 993, or ask the server's operator.":
            "tls = \"implicit\" と port = 993 を試すか、サーバーの管理者に問い合わせてください。",
        "Add the program, and a script's interpreter too, to ExecPaths= in a drop-in (systemctl edit secom-otpd), as in systemd/examples/token-command.conf, and restart.":
            "ドロップイン (systemctl edit secom-otpd) の ExecPaths= に、プログラムと、スクリプトの場合はインタープリターも書き (例: systemd/examples/token-command.conf)、再起動してください。",
        "Fix the credential, the file or the command. The daemon must be able to read a file: chown root:secom-otpd FILE && chmod 640 FILE. Credentials that systemd passes can be read only inside the unit: try secom-otp check.":
            "認証情報、ファイル、またはコマンドを直してください。ファイルは、デーモンが読める必要があります: chown root:secom-otpd FILE && chmod 640 FILE。systemd が渡す認証情報は、ユニットの中でしか読めません。secom-otp check を使ってください。",
        "Check user and password, or the token. A new file is noticed at once; a new credential of the unit needs: systemctl restart secom-otpd. Otherwise the daemon tries again after 5 minutes, then less often.":
            "user と、パスワードまたはトークンを確認してください。新しいファイルにはすぐに気付きます。ユニットの認証情報を新しくしたときは systemctl restart secom-otpd が必要です。そのほかの場合、デーモンは 5 分後に再試行し、その後は間隔を延ばします。",
        "The token must be for this user and for IMAP: https://outlook.office.com/IMAP.AccessAsUser.All (for an application: IMAP.AccessAsApp), Google: https://mail.google.com/. In case it was stale, a new token was fetched at once, and was refused too; the daemon tries again after 5 minutes, then less often.":
            "トークンは、この user の、IMAP 用のものでなければなりません: https://outlook.office.com/IMAP.AccessAsUser.All (アプリケーションの場合は IMAP.AccessAsApp)、Google では https://mail.google.com/。期限切れの場合に備えて直ちに取り直しましたが、それも拒否されました。デーモンは 5 分後に再試行し、その後は間隔を延ばします。",
        "The password may have been changed. If it is right, nothing need be done: the daemon tries again after 30 seconds, then at intervals of up to 5 minutes.":
            "パスワードが変更された可能性があります。正しければ、何もする必要はありません。デーモンが 30 秒後に、その後は最長 5 分の間隔で再試行します。",
        "The server does not support this way of logging in, or has a fault of its own. What it said, if anything, is shown above.":
            "サーバーがこのログイン方法に対応していないか、サーバー側の問題です。サーバーからのメッセージがあれば、上に示しています。",
        "Too many programs are logged in to this account: stop some, or raise the server's limit. The daemon tries again automatically; it holds one connection per mailbox.":
            "このアカウントにログインしているプログラムが多すぎます。減らすか、サーバーの上限を上げてください。デーモンは自動で再試行します (メールボックスごとに 1 接続を使います)。",
        "The server limits this account for now. The daemon waits for as long as the server asks, then tries again automatically.":
            "このアカウントの利用が一時的に制限されています。デーモンはサーバーの指定する時間だけ待ち、自動で再試行します。",
        "Exchange Online: the token needs IMAP.AccessAsUser.All (for an application: IMAP.AccessAsApp, a service principal and FullAccess to the mailbox); for a shared mailbox, the account that logs in needs FullAccess, and user is the shared mailbox's address; IMAP must be enabled for the mailbox (Set-CASMailbox -ImapEnabled $true). A change takes up to an hour.":
            "Exchange Online の場合: トークンには IMAP.AccessAsUser.All が必要です (アプリケーションの場合は IMAP.AccessAsApp、サービス プリンシパルの登録、メールボックスへの FullAccess)。共有メールボックスでは、ログインするアカウントに FullAccess が必要で、user には共有メールボックスのアドレスを書きます。メールボックスで IMAP が有効でなければなりません (Set-CASMailbox -ImapEnabled $true)。変更の反映には最長 1 時間かかります。",
        "The server has a fault, or limits this account for now. The daemon tries again.":
            "サーバー側の問題か、このアカウントの利用が一時的に制限されています。デーモンは再試行します。",
        "The server must allow PLAIN, LOGIN, SCRAM-SHA-256 or XOAUTH2 here.":
            "サーバーが PLAIN、LOGIN、SCRAM-SHA-256、XOAUTH2 のいずれかを許可していなければなりません。",
        "Set folder to the name that mail clients show, with the server's hierarchy separator.":
            "folder には、メールソフトで見える名前を、サーバーの区切り文字で書いてください。",
        "Give the user permission to set flags, or set claim_mark = \"memory\".":
            "ユーザーにフラグを付ける権限を与えるか、claim_mark = \"memory\" を設定してください。",
        "Raise the limit on processes and threads (TasksMax= in the unit, ulimit -u).":
            "プロセスとスレッドの数の上限 (ユニットの TasksMax=、ulimit -u) を上げてください。",
        "The server's log says why.":
            "理由はサーバーのログにあります。",
        "Is it an IMAP server that answers on this port? If so, its response was not valid IMAP.":
            "このポートで応答しているのは IMAP サーバーですか。そうであれば、応答が IMAP の規則に違反しています。",
        "If this port speaks TLS from the start (993), set tls = \"implicit\". Otherwise the server or the network is slow; the daemon keeps trying.":
            "最初から TLS を話すポート (993) であれば、tls = \"implicit\" を設定してください。そうでなければ、サーバーまたはネットワークの応答が遅れています。デーモンは再試行を続けます。",
        "The server or the network is slow or down; the daemon keeps trying.":
            "サーバーまたはネットワークの応答が遅いか、停止しています。デーモンは再試行を続けます。",
        "This port speaks TLS from the start: set tls = \"implicit\" (usually port 993), or use the STARTTLS port (143).":
            "このポートは最初から TLS を話します。tls = \"implicit\" (通常はポート 993) にするか、STARTTLS のポート (143) を指定してください。",
        "Is this machine's clock right? It says {1}. If so, the server must send its authority's renewed certificate, or ca_file must contain it.":
            "このマシンの時計は合っていますか (現在 {1})。合っていれば、更新された認証局の証明書を、サーバーが送るか ca_file に入れる必要があります。",
        "Is this machine's clock right? It says {1}. If so, the server's operator must renew the certificate and make the server load it.":
            "このマシンの時計は合っていますか (現在 {1})。合っていれば、サーバーの管理者が証明書を更新し、サーバーに読み込ませる必要があります。",
        "Is this machine's clock right? It says {1}; a wrong clock is the likely cause. Otherwise the certificate is not valid until later, or the machine that issued it has a wrong clock.":
            "このマシンの時計は合っていますか (現在 {1})。多くの場合、これが原因です。合っていれば、有効期間がまだ始まっていないか、発行したマシンの時計が間違っています。",
        "The certificate of a private authority belongs in ca_file: get it from whoever runs the authority, not from the server. If ca_file is already set, it contains a different authority's certificate. For a public authority: is ca-certificates up to date? A firewall that inspects TLS presents such a certificate, too.":
            "私設の認証局の場合は、その証明書を (サーバーからではなく) 認証局の管理者から受け取り、ca_file に設定してください。設定済みの場合は、別の認証局の証明書になっています。公的な認証局の場合は、ca-certificates が最新か確認してください。TLS を検査するファイアウォールも、このような証明書を提示します。",
        "The server needs a certificate for TLS servers (extended key usage serverAuth).":
            "サーバーには TLS サーバー用の証明書 (拡張キー使用法 serverAuth) が必要です。",
        "The server's operator must have a new certificate issued.":
            "サーバーの管理者が証明書を発行し直してもらう必要があります。",
        "The server's operator must have a new one issued, and should find out why this one was revoked.":
            "サーバーの管理者が新しい証明書を発行してもらう必要があります。失効の理由も確認してもらってください。",
        "The server's operator must have it reissued with host as a subject alternative name (DNS:..., or IP:... for an address).":
            "サーバーの管理者が、host の名前を subjectAltName (DNS:...、アドレスの場合は IP:...) に含む証明書を発行し直してもらう必要があります。",
        "The server's operator must have one issued by a public authority, or by a private one whose certificate you put in ca_file. Do not put the server's own certificate there: anyone on the path can present a self-signed one.":
            "サーバーの管理者が、公的な認証局か、私設の認証局 (その証明書を ca_file に設定) に証明書を発行してもらう必要があります。サーバー自身の証明書を ca_file に入れないでください。自己署名の証明書は、経路上の誰でも提示できます。",
        "The server's operator must have one issued with a key of at least 2048 bits (RSA) or 256 bits (ECDSA), signed with SHA-256 or better; the same applies to the certificates above it.":
            "サーバーの管理者が、2048 ビット以上の RSA または 256 ビット以上の ECDSA の鍵と、SHA-256 以上の署名で証明書を発行してもらう必要があります。上位の証明書も同様です。",
        "The server's operator must make it send the intermediate certificates after its own (Dovecot: ssl_cert with the whole chain, such as fullchain.pem). Do not put the server's own certificate in ca_file; only a private authority's certificate belongs there.":
            "サーバーの管理者が、サーバーの証明書に続けて中間証明書も送るように設定する必要があります (Dovecot では ssl_cert に fullchain.pem などの証明書チェーン全体を指定)。ca_file にサーバー自身の証明書を入れないでください。入れるのは私設の認証局の証明書だけです。",
        "ca_file must contain the certificate of an authority (basicConstraints CA:TRUE), and the server must send the certificates between that one and its own.":
            "ca_file には認証局の証明書 (basicConstraints CA:TRUE) が必要です。サーバーは、その間の証明書も送る必要があります。",
        "Set host to that name if it is the server's, or have the certificate issued for host as well. Otherwise host leads to the wrong server.":
            "その名前がこのサーバーのものなら、host に設定してください。そうでなければ、host の名前を含む証明書を発行してもらってください。host が別のサーバーを指している可能性もあります。",
        "Set host to one of the names in the certificate if it is the server's, or have the certificate issued for host as well. Otherwise host leads to the wrong server.":
            "証明書にある名前がこのサーバーのものなら、そのいずれかを host に設定してください。そうでなければ、host の名前を含む証明書を発行してもらってください。host が別のサーバーを指している可能性もあります。",
        "A web server or a proxy answers on this port: check host and port. IMAP with TLS is usually on port 993.":
            "ウェブサーバーまたはプロキシーが応答しています。host と port を確認してください。TLS の IMAP は通常ポート 993 です。",
        "An SSH server answers on this port: check host and port. IMAP with TLS is usually on port 993.":
            "SSH サーバーが応答しています。host と port を確認してください。TLS の IMAP は通常ポート 993 です。",
        "Check host and port: IMAP with TLS is usually on port 993.":
            "host と port を確認してください。TLS の IMAP は通常ポート 993 です。",
        "For more, see the server's log or run: openssl s_client -connect HOST:PORT":
            "詳しくは、サーバーのログを見るか、次のコマンドで確認してください: openssl s_client -connect ホスト:ポート",
        "Give the daemon more memory, and check that GnuTLS is installed correctly.":
            "デーモンが使えるメモリーを増やし、GnuTLS が正しくインストールされているか確認してください。",
        "If this port does not speak TLS from the start (as 993 does), set tls = \"starttls\". If it does, the server's log says why: an access list, too many connections, no server certificate.":
            "最初から TLS を話すポート (993 など) でなければ、tls = \"starttls\" を設定してください。最初から話すポートであれば、理由 (アクセス制限、接続数の上限、証明書の未設定など) はサーバーのログにあります。",
        "Set host to the name that the server's operator gives for IMAP, not to an alias or another name of the machine.":
            "host には、別名ではなく、サーバーの管理者が IMAP 用に案内している名前を設定してください。",
        "Something cuts off TLS to this port: a firewall or a filter on the path, or the server itself, if it rejects this address (an access list, fail2ban). Try from this machine and from another: openssl s_client -connect HOST:PORT":
            "このポートへの TLS が切断されています。経路上のファイアウォールかフィルター、またはこのアドレスを拒否するサーバー (アクセス制限、fail2ban) が原因です。このマシンと別のマシンから試してください: openssl s_client -connect ホスト:ポート",
        "TLS 1.2 or later is required: the server's operator must enable it (Dovecot: ssl_min_protocol) or upgrade the server.":
            "TLS 1.2 以上が必要です。サーバーの管理者が有効にする (Dovecot では ssl_min_protocol) か、サーバーを更新する必要があります。",
        "The daemon cannot present one: the server's operator must not require one on this port (Dovecot: auth_ssl_require_client_cert), because the password or token already says who logs in. Otherwise stunnel on this machine can present one: host = \"127.0.0.1\", tls = \"off\".":
            "デーモンはクライアント証明書を提示できません。ログインはパスワードまたはトークンで行うので、サーバーの管理者がこのポートで証明書を要求しないようにする (Dovecot では auth_ssl_require_client_cert) 必要があります。できない場合は、このマシンの stunnel に提示させることができます (host = \"127.0.0.1\"、tls = \"off\")。",
        "The server's operator must enable modern ciphers (ECDHE, or DHE of at least 2048 bits, with AES-GCM or ChaCha20).":
            "サーバーの管理者が、現在の暗号方式 (ECDHE または 2048 ビット以上の DHE と、AES-GCM または ChaCha20) を有効にする必要があります。",
        "This port accepts mail (SMTP). IMAP with TLS is usually on port 993.":
            "このポートはメールの送信用 (SMTP) です。TLS の IMAP は通常ポート 993 です。",
        "This port speaks IMAP without TLS: set tls = \"starttls\" (usually port 143), or use the implicit TLS port (993).":
            "このポートの IMAP は TLS で始まりません。tls = \"starttls\" (通常はポート 143) にするか、最初から TLS を話すポート (993) を指定してください。",
        "This port speaks POP3. IMAP with TLS is usually on port 993.":
            "このポートは POP3 です。TLS の IMAP は通常ポート 993 です。",
        "Usually large packets are being lost on the path (the MTU of a VPN, a tunnel or PPPoE, with ICMP filtered): try ping -M do -s 1472 HOST, and lower the MTU or clamp the MSS. Otherwise a firewall or a hung server accepts the connection and passes nothing on, or this port expects something other than TLS.":
            "多くの場合、大きなパケットが途中で失われています (VPN、トンネル、PPPoE の MTU と、ICMP の遮断)。ping -M do -s 1472 ホスト で確かめ、MTU を下げるか MSS を調整してください。そうでなければ、ファイアウォールか応答しないサーバーが接続だけを受け付けているか、port が TLS 以外のものを待っています。",
        "{1} rewrites links ({2}) and can redirect anywhere: remove it. Where the original URL is readable in such a link, it is found without this entry; otherwise exempt SECOM's mail from the rewriting at the gateway.":
            "{1} はリンクを書き換えるサービス ({2}) のホストで、どこへでも転送されます。login_hosts から外してください。元の URL が読み取れる形で含まれていれば、設定なしで読み取ります。読み取れない場合は、ゲートウェイ側でセコムのメールを書き換えの対象から除外してください。",
    ]
}
