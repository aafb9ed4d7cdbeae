/// What strerror(3), gai_strerror(3) and gnutls_strerror(3) say of what can happen here.
extension Japanese {
    static let system: KeyValuePairs<String, String> = [
        "No such file or directory":
            "そのようなファイルやディレクトリーはない",
        "Permission denied":
            "権限がない",
        "Operation not permitted":
            "操作が許可されていない",
        "Is a directory":
            "ディレクトリーになっている",
        "Not a directory":
            "ディレクトリーではない",
        "Connection refused":
            "接続を拒否された",
        "Connection reset by peer":
            "接続がリセットされた",
        "Connection timed out":
            "接続がタイムアウトした",
        "Network is unreachable":
            "ネットワークに到達できない",
        "No route to host":
            "ホストへの経路がない",
        "Network is down":
            "ネットワークが停止している",
        "Host is down":
            "ホストが停止している",
        "Cannot assign requested address":
            "要求されたアドレスを割り当てられない",
        "Address family not supported by protocol":
            "アドレスファミリーに対応していない",
        "Address already in use":
            "アドレスが使用中",
        "Broken pipe":
            "パイプが切断された",
        "Input/output error":
            "入出力エラー",
        "Too many open files":
            "開いているファイルが多すぎる",
        "Too many open files in system":
            "システム全体で開いているファイルが多すぎる",
        "Cannot allocate memory":
            "メモリーを確保できない",
        "No space left on device":
            "デバイスに空き領域がない",
        "Read-only file system":
            "読み取り専用のファイルシステム",
        "File name too long":
            "ファイル名が長すぎる",
        "Too many levels of symbolic links":
            "シンボリックリンクの段数が多すぎる",
        "Resource temporarily unavailable":
            "リソースが一時的に利用できない",
        "Exec format error":
            "実行形式の誤り",
        "Argument list too long":
            "引数リストが長すぎる",
        "Text file busy":
            "実行中のファイルに書き込み中",
        "No buffer space available":
            "バッファーの空きがない",
        "Invalid argument":
            "引数が無効",
        "Protocol not supported":
            "プロトコルに対応していない",
        "Name or service not known":
            "名前またはサービスが不明",
        "Temporary failure in name resolution":
            "名前解決に一時的に失敗した",
        "Non-recoverable failure in name resolution":
            "名前解決に失敗した",
        "No address associated with hostname":
            "ホスト名に対応するアドレスがない",
        "Memory allocation failure":
            "メモリーを確保できない",
        "System error":
            "システムエラー",
        "Error while reading file.":
            "ファイルの読み取りエラー",
        "Base64 decoding error.":
            "Base64 の復号エラー",
        "Base64 unexpected header error.":
            "Base64 のヘッダーが不正",
        "The TLS connection was non-properly terminated.":
            "TLS 接続が正しく終了しなかった",
        "Error in the pull function.":
            "受信エラー",
        "Error in the push function.":
            "送信エラー",
        "An unexpected TLS packet was received.":
            "予期しない TLS パケットを受信",
        "A TLS fatal alert has been received.":
            "TLS の致命的なアラートを受信",
    ]
}
