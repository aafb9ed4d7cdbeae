/// Why a session could not be had, or ended.
extension Japanese {
    static let imap: KeyValuePairs<String, String> = [
        "cannot resolve {1}: {2}":
            "{1} の名前を解決できない: {2}",
        "cannot connect to {1} port {2}: {3}":
            "{1} のポート {2} に接続できない: {3}",
        "TLS with {1} failed: {2}":
            "{1} との TLS 接続に失敗: {2}",
        "cannot use the certificates in {1}: {2}":
            "{1} の証明書を使えない: {2}",
        "STARTTLS failed: {1}":
            "STARTTLS に失敗: {1}",
        "no credential for the login: {1}":
            "ログインに使う認証情報を取得できない: {1}",
        "the server refused the login{1}; check user and password":
            "サーバーがログインを拒否{1}。user とパスワードを確認すること",
        "the server refused the access token{1}":
            "サーバーがアクセストークンを拒否{1}",
        "the server refused the login{1} because of a problem on its side":
            "サーバー側の問題により、ログインを拒否された{1}",
        "the server refused the login without giving a reason, although it accepted the same login before":
            "サーバーが理由を示さずにログインを拒否 (以前は同じ認証情報で成功している)",
        "the server did not understand the login command":
            "サーバーがログインのコマンドを理解しない",
        "the server says that there are too many connections{1}":
            "接続数が多すぎるとサーバーが通知{1}",
        "the server is throttling this account{1}":
            "サーバーがこのアカウントの利用を制限している{1}",
        " and asks to be left alone for {1} s":
            " ({1} 秒待つよう要求)",
        "the server accepted the login but gives no access to a mailbox":
            "ログインは受け付けられたが、メールボックスにアクセスできない",
        "cannot log in: {1}":
            "ログインできない: {1}",
        "cannot open the folder \"{1}\"{2}":
            "フォルダー \"{1}\" を開けない{2}",
        "cannot open the folder \"{1}\"{2}; similar folders: {3}":
            "フォルダー \"{1}\" を開けない{2}。似た名前のフォルダー: {3}",
        "the folder \"{1}\" was deleted, or replaced by another":
            "フォルダー \"{1}\" が削除されたか、別のものに置き換えられた",
        "the server keeps complaining about the folder \"{1}\", so it is being reopened":
            "サーバーがフォルダー \"{1}\" の異常を繰り返し通知するため、開き直す",
        "the server had too many changes to report and has stopped reporting them":
            "変更が多すぎるため、サーバーが通知を中止した",
        "the server opened the folder \"{1}\" without UIDVALIDITY":
            "サーバーがフォルダー \"{1}\" の UIDVALIDITY を通知しない",
        "the folder is read-only: claims cannot be marked there":
            "フォルダーが読み取り専用のため、受け取りの印を付けられない",
        "the mailbox is not connected":
            "メールボックスに接続していない",
        "other clients keep changing the message's flags":
            "ほかのクライアントがメールのフラグを変更し続けている",
        "the server refused {1}{2}":
            "サーバーが {1} を拒否{2}",
        "the server broke the protocol: {1}":
            "サーバーの応答がプロトコルに違反している: {1}",
        "the session is out of step during {1} (libetpan code {2})":
            "{1}の途中で、セッションの同期が失われた (libetpan のコード {2})",
        "timed out during {1}":
            "{1}がタイムアウトした",
        "the server closed the connection{1} during {2}":
            "{2}の途中で、サーバーが接続を閉じた{1}",
        "the system cannot create another thread":
            "これ以上スレッドを作成できない",
        "stopped":
            "停止した",
        "the connection to {1}":
            "{1} への接続",
        "the TLS handshake":
            "TLS ハンドシェイク",
        "the greeting":
            "サーバーの挨拶の受信",
        "the login":
            "ログイン",
        "the wait for new mail":
            "新着の待機",
        "the connection is not encrypted":
            "接続が暗号化されていない",
        "the server does not offer XOAUTH2":
            "サーバーが XOAUTH2 に対応していない",
        "the server offers none of AUTH=PLAIN, LOGIN and SCRAM-SHA-256 (which needs libsasl2-modules here)":
            "サーバーが AUTH=PLAIN、LOGIN、SCRAM-SHA-256 (このマシンに libsasl2-modules が必要) のいずれにも対応していない",
        "the server does not offer it":
            "サーバーが対応していない",
        "the server refused it":
            "サーバーが拒否した",
        "the server greets with PREAUTH":
            "サーバーが PREAUTH で応答した",
        "a line longer than {1} bytes":
            "{1} バイトを超える行",
        "a literal larger than {1} bytes":
            "{1} バイトを超えるリテラル",
        "a response larger than {1} bytes":
            "{1} バイトを超える応答",
        "more than {1} bytes in answer to one command":
            "1 つのコマンドに対する {1} バイトを超える応答",
        "a line ending without CR":
            "CR のない行末",
        "a line that is not a response":
            "応答ではない行",
        "an invalid greeting":
            "不正な挨拶",
        "an answer to a command that was not sent":
            "送信していないコマンドへの応答",
        "data between the answer to STARTTLS and the handshake":
            "STARTTLS への応答とハンドシェイクの間のデータ",
        "the password contains a NUL or a line break":
            "パスワードに NUL または改行が含まれている",
        "a connection without TLS is allowed only to this machine":
            "TLS なしの接続は、このマシンのサーバーに対してだけ許される",
        "no address":
            "アドレスがない",
        "the name server did not answer in time":
            "DNS サーバーが時間内に応答しない",
        "no file descriptors are left (LimitNOFILE= in the unit, ulimit -n)":
            "ファイルディスクリプターが残っていない (ユニットの LimitNOFILE=、ulimit -n)",
    ]
}
