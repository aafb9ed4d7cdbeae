/// What `secom-otp` says of a call that failed, and what is wrong with the arguments of both programs.
extension Japanese {
    static let client: KeyValuePairs<String, String> = [
        "no matching password is available":
            "条件に合うパスワードがない",
        "no matching password arrived in {1}":
            "条件に合うパスワードが {1}以内に届かなかった",
        "no mailbox \"{1}\" is configured: see secom-otp status":
            "メールボックス \"{1}\" は設定にない。名前は secom-otp status に表示される",
        "no password with the ID \"{1}\" is claimed or in doubt; see: secom-otp status":
            "ID が \"{1}\" で、受け取り済み、または結果が不明のパスワードはない。secom-otp status を参照",
        "the mark on {1} could not be removed: {2}; it is in doubt; see: secom-otp status":
            "{1} の印を外せなかった: {2}。inDoubt になっている。secom-otp status を参照すること",
        "this user is no longer allowed to claim":
            "このユーザーには、もう受け取りが許可されていない",
        "the claim could not be marked, so no password was handed out: {1}":
            "受け取りの印を付けられなかったため、パスワードを渡さなかった: {1}",
        "the daemon is busy: {1}":
            "デーモンに空きがない: {1}",
        "too many clients are connected":
            "接続しているクライアントが多すぎる",
        "another check is running; try again in a minute":
            "ほかの check が実行中。1 分後に再試行すること",
        "a message is longer than {1} bytes":
            "メッセージが {1} バイトを超えている",
        "all {1} connections are in use; try again in a moment":
            "{1} 本の接続がすべて使用中。少し待って再試行すること",
        "this user already has {1} connections, the most that one user may have; close one, or try again in a moment":
            "このユーザーの接続数が、1 ユーザーの上限 ({1} 本) に達している。1 本を閉じるか、少し待って再試行すること",
        "more than {1} calls are waiting on this connection; open another one":
            "この接続で待機中の呼び出しが {1} 個を超えた。別の接続を開くこと",
        "no answer from the daemon within {1}. {2}":
            "デーモンが {1} 以内に応答しない。{2}",
        "See: systemctl status secom-otpd; its log: journalctl -u secom-otpd. If its socket is missing: systemctl start secom-otpd.socket":
            "systemctl status secom-otpd と、ログ (journalctl -u secom-otpd) で確認できます。ソケットがなければ systemctl start secom-otpd.socket を実行してください。",
        "{1}: is secom-otpd running? {2}":
            "{1}。secom-otpd は動いていますか。{2}",
        "{1}: this user must be in the socket's group, usually secom-otp (usermod -aG), and log in again after being added":
            "{1}。このユーザーはソケットのグループ (通常は secom-otp) に入っている必要があります (usermod -aG)。追加したあとはログインし直してください。",
        "the daemon does not allow user {1} to do that; who may is in its configuration, claim and status under [socket]":
            "ユーザー {1} にはデーモンがこの操作を許可していない。許可する相手は、デーモンの設定ファイルの [socket] の claim と status にある",
        "the daemon does not accept {1}":
            "デーモンが {1} を受け付けない",
        "the daemon does not accept a parameter":
            "デーモンがパラメーターを受け付けない",
        "{1}: no such socket":
            "{1}: ソケットがない",
        "{1}: not a socket":
            "{1}: ソケットではない",
        "{1}; check --socket":
            "{1}。--socket を確認すること",
        "{1}: nothing is listening there":
            "{1}: 待ち受けているものがない",
        "{1}: permission denied":
            "{1}: 権限がない",
        "{1}: too many connections are waiting there already":
            "{1}: 待機中の接続が多すぎる",
        "the path of the socket is empty":
            "ソケットのパスが空",
        "{1}: too long for a socket: {2} bytes, at most 107":
            "{1}: ソケットのパスとして長すぎる ({2} バイト、107 バイトまで)",
        "the service closed the connection":
            "デーモンが接続を閉じた",
        "cancelled":
            "中止した",
        "what answers there is another Varlink service, not secom-otpd; check --socket":
            "応答しているのは別の Varlink サービスで、secom-otpd ではない。--socket を確認する",
        "the running daemon is of another version than this program; restart it: systemctl restart secom-otpd":
            "実行中のデーモンとこのプログラムのバージョンが異なる。デーモンを再起動する: systemctl restart secom-otpd",
        "what answers there is not secom-otpd, or broke the protocol: {1}":
            "応答しているのが secom-otpd ではないか、その応答がプロトコルに違反している: {1}",
        "several replies to one call":
            "1 つの呼び出しに複数の応答がある",
        "a Claim without a password":
            "Claim の応答にパスワードがない",
        "a Check without lines":
            "Check の応答に行がない",
        "a password without an id":
            "パスワードに ID がない",
        "Deliver answered without an outcome":
            "Deliver の応答に結果がない",
        "the way the command ended does not show what became of {1}: it is in doubt; see: secom-otp settle --help":
            "コマンドの終わり方からは {1} が使われたか分からないため、inDoubt になる。secom-otp settle --help を参照",
        "{1} is {2}, but its mail could not be marked yet: {3}; the daemon keeps trying":
            "{1} は {2} になったが、メールにはまだ印を付けられていない: {3}。デーモンが再試行を続ける",
        "warning: {1}": "警告: {1}",
        "put the command after --, and the options before it: {1}":
            "コマンドは -- の後、オプションはその前に書いてください: {1}",
        "it must be a duration such as 500ms, 30s or 5m, at most 1h":
            "500ms、30s、5m のような時間 (1h まで) を指定してください",
        "it must be now or a time such as 2026-11-23T09:30:00+09:00":
            "now、または 2026-11-23T09:30:00+09:00 のような時刻を指定してください",
        "--json, --openmetrics and --nagios cannot be combined":
            "--json、--openmetrics、--nagios は同時に指定できません",
        "--nagios and --watch cannot be combined":
            "--nagios と --watch は同時に指定できません",
        "--sample writes a mail: it cannot be combined with FILE, --json or --reveal":
            "--sample はメールを作るため、FILE、--json、--reveal と同時に指定できません",
        "--to can be used only with --sample":
            "--to は --sample と一緒にだけ指定できます",
        "--to takes one address, such as webmaster@example.co.jp":
            "--to には、webmaster@example.co.jp のようなアドレスを 1 つ指定してください",
        "name at least one mail as FILE, or - for standard input":
            "メールを FILE に 1 つ以上指定してください (標準入力は -)",
        "options come after the subcommand: {1} {2} {3} ...":
            "オプションはサブコマンドの後に書いてください: {1} {2} {3} ...",
        "Why a mail is refused, and what to do: secom-otp check":
            "メールを拒否した理由と対処: secom-otp check",
        "the configuration is given with --config: secom-otpd {1} --config {2}":
            "設定ファイルは --config で指定する: secom-otpd {1} --config {2}",
        "there is no subcommand '{1}'; there are: {2}":
            "'{1}' というサブコマンドはありません。使えるもの: {2}",
        "'{1}' begins with {2} (U+{3}), not with hyphens: write {4}":
            "'{1}' の先頭が半角のハイフンではなく {2} (U+{3}) になっています。{4} と書いてください",
        "a subcommand is missing: {1}":
            "サブコマンドを指定してください: {1}",
    ]
}
