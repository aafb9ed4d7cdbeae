/// What the daemon says of itself, of commands that it runs, and of marks.
extension Japanese {
    static let daemon: KeyValuePairs<String, String> = [
        "the daemon is stopping":
            "デーモンが停止しようとしている",
        "the daemon is stopping before the mailbox could be marked":
            "メールボックスに印を付ける前に、デーモンが停止しようとしている",
        "the mailbox does not answer":
            "メールボックスが応答しない",
        "the mailbox is being reopened":
            "メールボックスを開き直している",
        "the mailbox has not been opened yet":
            "メールボックスをまだ開いていない",
        "the mailbox is no longer watched":
            "メールボックスはもう監視されていない",
        "the mailbox is still being searched":
            "メールボックスをまだ検索している",
        "a different mail has this UID now":
            "この UID は別のメールのものになっている",
        "{1}; it will be marked as soon as possible":
            "{1}。印はできるだけ早く付ける",
        "the folder is read-only: claims fail":
            "フォルダーが読み取り専用のため、受け取りに失敗する",
        "{1}; until {2}":
            "{1} ({2} まで)",
        "the command is empty":
            "コマンドが空",
        "{1} printed more than {2} bytes, or did not finish within {3}":
            "{1} の出力が {2} バイトを超えたか、{3} 以内に終わらなかった",
        "{1} was stopped, because its output is no longer needed":
            "{1} は、出力が不要になったため中止した",
        "{1} {2}; run it by hand, as the daemon's user, to see why":
            "{1} が{2}。デーモンのユーザーで手動で実行し、理由を確認すること",
        "; the unit's ExecPaths= must name the program, and a script's interpreter too (ExecPaths=+/usr/bin/...)":
            "。ユニットの ExecPaths= に、プログラムと、スクリプトの場合はインタープリターも必要 (ExecPaths=+/usr/bin/...)",
        "exited with status {1}":
            "終了ステータス {1} で終了した",
        "was killed by signal {1}":
            "シグナル {1} で強制終了した",
        "ended with an unknown status":
            "不明な終了ステータスで終了した",
        "systemd passed no credentials (LoadCredential={1}:... in the unit)":
            "systemd から認証情報が渡されていない (ユニットの LoadCredential={1}:...)",
        "the credential {1}":
            "認証情報 {1}",
        "the output of {1}":
            "コマンドの出力 ({1})",
        "{1} contains more than one line, or a NUL":
            "{1} に 2 行以上、または NUL がある",
        "{1} is empty":
            "{1} が空",
        "{1} is larger than 64 KiB":
            "{1} が 64 KiB を超えている",
        "systemd passed {1} sockets; exactly one is needed (one ListenStream= in the socket unit)":
            "systemd から {1} 個のソケットが渡された。必要なのは 1 個 (ソケットユニットの ListenStream= を 1 つにすること)",
        "{1}: longer than 107 bytes, the limit for a socket path":
            "{1}: ソケットのパスの上限 (107 バイト) を超えている",
        "{1}: another process is already listening there":
            "{1}: すでに別のプロセスが待ち受けている",
        "{1}: exists and is not a socket":
            "{1}: 存在するが、ソケットではない",
        "descriptor {1} is not a listening Unix stream socket":
            "ディスクリプター {1} は、待ち受け中の Unix ストリームソケットではない",
    ]
}
