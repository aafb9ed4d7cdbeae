/// What `check` says of a mailbox.
extension Japanese {
    static let check: KeyValuePairs<String, String> = [
        "{1} mailbox(es)":
            "メールボックス {1} 個",
        "{1} of {2} mailbox(es) usable":
            "{2} 個中 {1} 個のメールボックスを利用できる",
        "{1} of {2} mailbox(es) not usable: {3}":
            "{2} 個中 {1} 個のメールボックスを利用できない: {3}",
        "{1}; worth checking: {2}":
            "{1}。確認したほうがよいもの: {2}",
        "mailbox {1}: {2} at {3} port {4}":
            "メールボックス {1}: {3} のポート {4}、ユーザー {2}",
        "{1}, certificate and name verified":
            "{1}、証明書と名前を検証済み",
        "off (loopback)":
            "なし (ループバック)",
        "accepted":
            "成功",
        "{1}, {2} message(s)":
            "{1}、メール {2} 通",
        "{1} message(s), {2} from the sender":
            "メール {1} 通、うち差出人から {2} 通",
        "it says: {1}":
            "サーバーからのメッセージ: {1}",
        "the mail from {1} is in \"{2}\" ({3}), not in \"{4}\"":
            "{1} からのメールは \"{4}\" ではなく \"{2}\" にある ({3} 通)",
        "Set folder = \"{1}\", or fix the filter that puts it there.":
            "folder = \"{1}\" を設定するか、そこへ振り分けているフィルターを直してください。",
        "none from {1} in the last {2}":
            "{1} からのメールは過去 {2} に届いていない",
        "pushed ({1})":
            "サーバーが通知する ({1})",
        "the server does not push; it is polled every {1}":
            "サーバーが通知しないため、{1} ごとに問い合わせる",
        "the folder is read-only, so claims cannot be marked":
            "フォルダーが読み取り専用のため、受け取りの印を付けられない",
        "exclusive: marked on the server; safe across restarts and between several daemons":
            "exclusive: サーバー上に印を付ける。再起動の後でも、複数のデーモンの間でも有効",
        "marked: safe across restarts, but only one daemon may watch this folder: two could claim the same mail":
            "marked: 再起動の後でも有効。ただし、このフォルダーを監視するデーモンは 1 つに限ること (2 つあると同じメールを受け取りうる)",
        "memory: nothing is written to the mailbox; after a restart, mails that were already there are in doubt unless they are recorded in the runtime directory":
            "memory: メールボックスには何も書き込まない。再起動の前からあるメールは、ランタイムディレクトリーの記録がなければ inDoubt になる",
        "memory: the folder keeps neither keywords nor \\Flagged and \\Answered; after a restart, mails that were already there are in doubt unless they are recorded in the runtime directory":
            "memory: フォルダーがキーワードも \\Flagged・\\Answered も保存しない。再起動の前からあるメールは、ランタイムディレクトリーの記録がなければ inDoubt になる",
        "not checked: the mailboxes before it took up all the time":
            "時間切れのため確認していない (前のメールボックスに時間がかかりすぎた)",
        "Check it alone: --mailbox {1}":
            "単独で確認してください: --mailbox {1}",
        "not tried: because of the refusal below, the daemon does not log in again before {1}":
            "試していない (下記の理由で拒否されたため、デーモンは {1} までログインしない)",
        "result from {1} s ago: the daemon checks a mailbox at most once a minute":
            "{1} 秒前の結果 (デーモンが同じメールボックスを確認するのは 1 分に 1 回まで)",
        "the server allows this account no further connection; the daemon's own is up and watching":
            "サーバーがこのアカウントにこれ以上の接続を許可しない。デーモン自身の接続は維持され、監視を続けている",
        "not done, because claim_mark = \"memory\" writes nothing to the mailbox":
            "claim_mark = \"memory\" ではメールボックスに何も書き込まないため、行わない",
        "the server has no UIDPLUS: a used mail is flagged \\Deleted and stays until the folder is expunged":
            "サーバーに UIDPLUS がないため、使用済みのメールは \\Deleted が付くだけで、フォルダーが整理されるまで残る",
        "moved to \"{1}\", which exists":
            "\"{1}\" へ移動 (存在を確認済み)",
        "moved to \"{1}\"; the server does not say whether that folder exists":
            "\"{1}\" へ移動 (存在するかどうかをサーバーが答えない)",
        "the user is not allowed to put mail into \"{1}\" (MYRIGHTS)":
            "ユーザーに \"{1}\" へ書き込む権限がない (MYRIGHTS)",
        "Give the user the right to insert (i) there, or set after_use to another folder.":
            "そのフォルダーへの挿入の権限 (i) を与えるか、after_use に別のフォルダーを設定してください。",
        "there is no folder \"{1}\"":
            "フォルダー \"{1}\" がない",
        "there is no folder \"{1}\"; similar folders: {2}":
            "フォルダー \"{1}\" がない。似た名前のフォルダー: {2}",
        "Create it, or set after_use to an existing folder. Until then used mails stay where they are.":
            "作成するか、after_use に存在するフォルダーを設定してください。それまで、使用済みのメールは元の場所に残ります。",
        "uid {1}":
            "uid {1} のメール",
        "uid {1} issued at {2}":
            "uid {1} ({2} 発行) のメール",
        "{1}: accepted, {2}":
            "{1}: 受理 ({2})",
        "{1} s: {2}":
            "{1} 秒: {2}",
        "{1} s: {2}; {3} address(es) accepted a connection but were unusable":
            "{1} 秒: {2}。接続はできたが使えなかったアドレスが {3} 個",
        "{1} {2} s":
            "{1} {2} 秒",
        "name lookup, connection, TLS and greeting":
            "名前解決・接続・TLS・挨拶",
        "opening the folder":
            "フォルダーを開く処理",
        "other folders":
            "ほかのフォルダー",
        "the credential":
            "認証情報の取得",
        "the search":
            "検索",
        "{1} at once for {2}: many servers allow 10 per account and address, and other programs need some too; Dovecot: mail_max_userip_connections":
            "{2} に同時に {1} 本接続する。1 アカウント・1 アドレスあたり 10 本までのサーバーが多く、ほかのプログラムも接続を使う (Dovecot では mail_max_userip_connections)",
        "--mailbox: no mailbox \"{1}\" is configured, only {2}":
            "--mailbox: メールボックス \"{1}\" は設定にない。あるもの: {2}",
        "{1} and {2} more":
            "{1} ほか {2} 個",
        "mailbox \"{1}\": {2} may be read by every user of this machine (mode {3})":
            "メールボックス \"{1}\": {2} は、このマシンのどのユーザーでも読み取れる (モード {3})",
        "Run: chown root:secom-otpd {1} && chmod 640 {2}":
            "次のコマンドを実行してください: chown root:secom-otpd {1} && chmod 640 {2}",
    ]
}
