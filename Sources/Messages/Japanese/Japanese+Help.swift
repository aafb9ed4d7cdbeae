/// The help of both programs.
extension Japanese {
    static let help: KeyValuePairs<String, String> = [
        "Claims one-time passwords from secom-otpd, and shows what it watches.":
            "secom-otpd からワンタイムパスワードを受け取り、その状態を表示します。",
        "Claim one password.":
            "パスワードを 1 つ受け取ります。",
        "Without a command the password is printed and settled as used. With one, the command gets it as JSON on its standard input, and its exit status settles it: 0 used, 75 unused, any other rejected. If a signal kills the command, the password is in doubt.\n\nExit status: that of the command; 128 plus the signal's number if a signal killed it, 127 if it was not found, 126 if it could not be executed. Otherwise 0, or: 64 wrong usage, 65 no such mailbox, 66 the password could not be printed, 69 the daemon cannot be reached or does not answer in time, or the claim could not be marked, 75 no password, 77 not allowed.":
            "コマンドを指定しないと、パスワードを表示し、used とします。指定すると、パスワードを JSON でコマンドの標準入力に渡し、その終了ステータスを結果とします (0 は used、75 は unused、それ以外は rejected)。コマンドがシグナルで強制終了した場合は inDoubt になります。\n\n終了ステータス: コマンドの終了ステータス。シグナルによる強制終了は 128 とその番号の和、見つからないときは 127、実行できないときは 126。それ以外は 0、または 64 使い方の誤り、65 メールボックスがない、66 パスワードを表示できない、69 デーモンに接続できないか時間内に応答しない、または印を付けられない、75 パスワードがない、77 許可されていない。",
        "Only from this mailbox. (default: from any)":
            "このメールボックスのものだけ (既定値: すべて)",
        "Only sent to this address. (default: to any)":
            "この宛先のものだけ (既定値: すべて)",
        "Only issued after this time (RFC 3339, or now). (default: at any time)":
            "この時刻 (RFC 3339 または now) より後に発行されたものだけ (既定値: すべて)",
        "Wait this long for one to arrive: 30s, 5m, at most 1h. (default: do not wait)":
            "届くまで待つ時間: 30s、5m など、1h まで (既定値: 待たない)",
        "Include passwords whose claimant disappeared without settling them.":
            "受け取った側が結果を伝えずに消えたパスワードも対象にする",
        "The output format.":
            "出力の形式",
        "The command to run with the password.":
            "パスワードを渡して実行するコマンド",
        "Report what became of a claimed password.":
            "受け取ったパスワードの結果を伝えます。",
        "Exit status: 0; 64 wrong usage, 65 the password with that ID is neither claimed nor in doubt, 69 the daemon cannot be reached or does not answer in time, or the mail could not be marked yet, 77 not allowed.":
            "終了ステータス: 0、64 使い方の誤り、65 その ID のパスワードが claimed でも inDoubt でもない、69 デーモンに接続できないか時間内に応答しない、またはメールにまだ印を付けられない、77 許可されていない。",
        "The ID that claim or status printed.":
            "claim または status が表示した ID",
        "used, rejected (by the login page) or unused (the password becomes available again).":
            "used、rejected (ログイン画面で拒否された)、unused (再び受け取れるようになる) のいずれか",
        "Show the watched mailboxes and what became of each mail from the sender.":
            "監視しているメールボックスと、差出人からの各メールの状態を表示します。",
        "Without --json, --openmetrics or --nagios the output is for people: problems come first, and times are local.\n\nExit status: 0; 64 wrong usage, 65 no such mailbox, 69 the daemon cannot be reached or does not answer in time, 77 not allowed. With --nagios 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN.":
            "--json、--openmetrics、--nagios のいずれも指定しないと、人が読むための形式で、問題のあるものから順に、ローカル時刻で表示します。\n\n終了ステータス: 0、64 使い方の誤り、65 メールボックスがない、69 デーモンに接続できないか時間内に応答しない、77 許可されていない。--nagios では 0 OK、1 WARNING、2 CRITICAL、3 UNKNOWN。",
        "Print the reply as JSON.":
            "応答を JSON で出力する",
        "Print metrics for node_exporter's textfile collector.":
            "node_exporter の textfile コレクター用のメトリクスを出力する",
        "Print one line with performance data for Nagios, Icinga and the like.":
            "Nagios、Icinga などのために、パフォーマンスデータ付きの 1 行を出力する (英語)",
        "Show only this mailbox. (default: all)":
            "このメールボックスだけを表示する (既定値: すべて)",
        "Repeat every 2 seconds until Ctrl-C; on a terminal, redraw in place.":
            "Ctrl-C を押すまで 2 秒ごとに繰り返す。端末では同じ場所に表示する",
        "Have the daemon check its mailboxes and say what is wrong.":
            "デーモンにメールボックスを確認させ、問題を表示します。",
        "Like 'secom-otpd check', but done by the running daemon, in its sandbox and with its credentials. It checks a mailbox at most once a minute and repeats its last result in between; while it holds back a login, it says why. Up to three mailboxes are shown in full; of more, each mailbox without problems takes one line.\nExit status: 0 when every mailbox is usable, 65 no such mailbox, 77 not allowed, 69 otherwise.":
            "'secom-otpd check' と同じ確認を、動作中のデーモンが、自身のサンドボックスの中で、自身の認証情報を使って行います。同じメールボックスを確認するのは 1 分に 1 回までで、その間は前回の結果を表示します。ログインを控えている間は、その理由を表示します。3 個までのメールボックスは詳しく表示し、それより多ければ、問題のないものは 1 行で表示します。\n終了ステータス: すべてのメールボックスを利用できれば 0、メールボックスがなければ 65、許可されていなければ 77、それ以外は 69。",
        "Check only this mailbox.":
            "このメールボックスだけを確認する",
        "The daemon's socket.":
            "デーモンのソケット",
        "Hands each one-time password that SECOM Passport for Web sends by mail to exactly one login worker.":
            "セコムパスポート for Web からメールで届くワンタイムパスワードを、それぞれただ 1 つのログインワーカーに渡します。",
        "Exit status: 0; 1 explain: a mail was refused, 64 wrong usage, 66 a file could not be read, 69 a server cannot be reached or a mailbox is not usable, 77 not allowed, 78 the configuration is wrong.":
            "終了ステータス: 0、1 拒否されるメールがある (explain)、64 使い方の誤り、66 ファイルを読み取れない、69 サーバーに接続できないかメールボックスを利用できない、77 許可されていない、78 設定に誤りがある。",
        "Run the daemon in the foreground.":
            "デーモンをフォアグラウンドで実行します。",
        "The configuration file. (default: {1})":
            "設定ファイル (既定値: {1})",
        "Check the configuration, then check every mailbox as the daemon would.":
            "設定を検査し、続けてデーモンと同じようにすべてのメールボックスを確認します。",
        "For use before the daemon is started; to see what the running daemon finds, in its sandbox and with its credentials, use 'secom-otp check'. Up to three mailboxes are shown in full; of more, each mailbox without problems takes one line. Writes nothing to any mailbox.\nExit status: 0 when every mailbox is usable, 65 for a mailbox that is not configured, 78 for a bad configuration, 69 otherwise.":
            "デーモンを起動する前に使います。動作中のデーモンが、自身のサンドボックスの中で、自身の認証情報を使って確認した結果は 'secom-otp check' で分かります。3 個までのメールボックスは詳しく表示し、それより多ければ、問題のないものは 1 行で表示します。メールボックスには何も書き込みません。\n終了ステータス: すべてのメールボックスを利用できれば 0、設定にないメールボックスを指定したときは 65、設定に誤りがあれば 78、それ以外は 69。",
        "Check only the configuration.":
            "設定だけを検査する",
        "Check only this mailbox; may be repeated.":
            "このメールボックスだけを確認する (複数指定可)",
        "Show only what needs attention.":
            "注意が必要なものだけを表示する",
        "Show what the daemon would do with each mail, and which rule decided.":
            "デーモンが各メールをどう扱うかと、その理由を表示します。",
        "Exit status: 0 when all were accepted, 1 when any was refused, 66 when a file could not be read.":
            "終了ステータス: すべて受理されれば 0、拒否されるものがあれば 1、ファイルを読み取れなければ 66。",
        "Print one JSON object per line.":
            "1 行に 1 つの JSON オブジェクトを出力する",
        "Show the passwords.":
            "パスワードを表示する",
        "Write a sample mail in the form that the configuration expects, to test a mail's whole path: for sendmail -t.":
            "設定に合う形式の見本のメールを書き出す。sendmail -t で送って、配送からの経路全体を試すためのもの",
        "The recipient of the sample mail.":
            "見本のメールの宛先",
        "Mails as .eml files, or directories of them; - is standard input.":
            "メールの .eml ファイル、またはそのディレクトリー (- は標準入力)",
    ]
}
