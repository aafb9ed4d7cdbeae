/// Mistakes in the configuration: behind the key that they are about.
extension Japanese {
    static let configuration: KeyValuePairs<String, String> = [
        "is missing":
            "がない",
        "must not be empty":
            "空にはできない",
        "must have at most {1} bytes, not {2}":
            "{1} バイト以内でなければならない ({2} バイトは不可)",
        "must have at most {1} elements":
            "要素は {1} 個までしか書けない",
        "must be a string in quotes, \"...\", not {1}":
            "引用符で囲んだ文字列 (\"...\") でなければならない ({1}が書かれている)",
        "must be a list of strings in brackets, [\"...\", \"...\"], not {1}":
            "角括弧で囲んだ文字列のリスト ([\"...\", \"...\"]) でなければならない ({1}が書かれている)",
        "must be a number without quotes, not {1}":
            "引用符のない数値でなければならない ({1}が書かれている)",
        "must be a table, [{1}], not {2}":
            "テーブル [{1}] でなければならない ({2}が書かれている)",
        "must be a single table, [{1}], not a list of tables, [[{2}]]":
            "テーブルのリスト [[{2}]] ではなく、1 つのテーブル [{1}] でなければならない",
        "must be written as tables, [[{1}]], not {2}":
            "[[{1}]] の形のテーブルで書かなければならない ({2}が書かれている)",
        "must be a DURATION, a string with a unit such as \"500ms\", \"60s\", \"5m\" or \"24h\", {1}":
            "\"500ms\"、\"60s\"、\"5m\"、\"24h\" のような単位付きの時間 (文字列) でなければならない ({1})",
        "not \"{1}\"":
            "\"{1}\" は不可",
        "not {1}":
            "{1}は不可",
        "not {1}: did you mean \"{2}s\"?":
            "{1} は不可。\"{2}s\" の誤りか",
        "must be from {1} to {2}, not {3}":
            "{1} から {2} まででなければならない ({3} は不可)",
        "must be from {1} to {2}, or 0s, not {3}":
            "{1} から {2} まで、または 0s でなければならない ({3} は不可)",
        "must be an absolute path, beginning with /":
            "/ で始まる絶対パスでなければならない",
        "must be an absolute path, beginning with /, not \"{1}\"":
            "/ で始まる絶対パスでなければならない (\"{1}\" は不可)",
        "{1}{2} {3} (line {4}): ":
            "{1}{2} {3} ({4} 行目): ",
        "belongs at the beginning of the file, above the first header":
            "ファイルの先頭、最初の見出しより前に書く",
        "belongs between the braces of {1} = { }":
            "{1} = { } の波括弧の中に書く",
        "the beginning of the file":
            "ファイルの先頭",
        "belongs in {1}, below that line":
            "{1} の行より下に書くキー",
        "unknown key: did you mean {1}?":
            "不明なキー。{1} の誤りか",
        "unknown key: did you mean {1} in {2}?":
            "不明なキー。{2} の {1} の誤りか",
        "unknown key; known here: {1}":
            "不明なキー。ここで使えるキー: {1}",
        "is larger than 1 MiB":
            "1 MiB を超えている",
        "is UTF-16 text: save it as UTF-8":
            "UTF-16 のテキスト。UTF-8 で保存すること",
        "is not UTF-8 text (is it Shift_JIS?): save it as UTF-8":
            "UTF-8 のテキストではない (Shift_JIS か)。UTF-8 で保存すること",
        "the line is: {1}":
            "該当の行: {1}",
        "do not put the secret itself here, only where to find it: { credential = \"NAME\" }":
            "ここにはパスワードやトークンそのものではなく、取得元を書く: { credential = \"NAME\" }",
        "mailbox \"{1}\" already watches this folder of {2} at {3}":
            "{3} の {2} のこのフォルダーは、すでにメールボックス \"{1}\" が監視している",
        "at least one [[mailbox]] is needed":
            "[[mailbox]] が少なくとも 1 つ必要",
        "must be an octal mode such as \"0660\", not \"{1}\"":
            "\"0660\" のような 8 進数のモードでなければならない (\"{1}\" は不可)",
        "takes a group name without the @: \"{1}\"":
            "@ の付かないグループ名を書く: \"{1}\"",
        "there is no group \"{1}\"":
            "グループ \"{1}\" が存在しない",
        "there is no group \"{1}\"; did you mean the user, \"{2}\"?":
            "グループ \"{1}\" が存在しない。ユーザー \"{2}\" の誤りか",
        "there is no user \"{1}\"":
            "ユーザー \"{1}\" が存在しない",
        "there is no user \"{1}\"; did you mean the group, \"@{2}\"?":
            "ユーザー \"{1}\" が存在しない。グループ \"@{2}\" の誤りか",
        "there is no user or group {1}":
            "ユーザーまたはグループ {1} が存在しない",
        "an earlier mailbox is already named \"{1}\"":
            "前にも \"{1}\" という名前のメールボックスがある",
        "\"{1}\" contains a colon: a label is the text before the colon":
            "\"{1}\" にコロンが含まれている。項目名はコロンの前の部分",
        "\"{1}\" is in password_labels too: a label can be in only one of the two lists":
            "\"{1}\" は password_labels にもある。項目名はどちらか一方にしか書けない",
        "is needed when require_authentication is set: whose Authentication-Results to trust":
            "require_authentication を設定するときは必須。どのサーバーの Authentication-Results を信用するかを書く",
        "may contain only \"dmarc\", \"dkim\" and \"spf\", not \"{1}\"":
            "\"dmarc\"、\"dkim\"、\"spf\" だけが使える (\"{1}\" は不可)",
        "must be URL paths, beginning with / and without ? and #; \"{1}\" is not one":
            "/ で始まり ? や # を含まない URL のパスでなければならない (\"{1}\" は不可)",
        "must be host names, without scheme, port or path; \"{1}\" is not one":
            "スキーム、ポート、パスを除いたホスト名でなければならない (\"{1}\" は不可)",
        "must be one plain address, not \"{1}\"":
            "メールアドレス 1 つだけでなければならない (\"{1}\" は不可)",
        "must not contain a label that is only white space":
            "空白だけの項目名は書けない",
        "\"off\" is for a server on this machine (localhost, 127.0.0.1, ::1), not for {1}":
            "\"off\" は、このマシン上のサーバー (localhost、127.0.0.1、::1) にしか使えない ({1} は不可)",
        "cannot be combined with password: remove one of the two":
            "password と同時には使えない。どちらかを削除すること",
        "is missing, as in password = { credential = \"imap-password\" } (or oauth2_token)":
            "がない。例: password = { credential = \"imap-password\" } (または oauth2_token)",
        "must be a host name or address, in ASCII, without imaps:// and without a path":
            "imaps:// もパスも付けない、ASCII のホスト名またはアドレスでなければならない",
        "must be a host name or address, not just the DNS root":
            "ホスト名またはアドレスでなければならない (DNS のルートだけでは不可)",
        "must be only the host, \"{1}\": the port goes on a line of its own, port = {2}":
            "ホスト \"{1}\" だけを書く。ポートは別の行に port = {2} と書く",
        "must have exactly one of credential, file, command, as in { credential = \"NAME\" }":
            "credential、file、command のどれか 1 つだけを書く。例: { credential = \"NAME\" }",
        "must say where the secret is, not contain it: { credential = \"NAME\" }, { file = \"PATH\" } or { command = [...] }":
            "パスワードやトークンそのものではなく、取得元を書く: { credential = \"NAME\" }、{ file = \"PATH\" }、{ command = [...] } のいずれか",
        "contains {1} {2}":
            "{2}{1} がある",
        "contains {1} {2}: delete it":
            "{2}{1} がある。削除すること",
        "contains the full-width {1} {2}: write the ASCII {3}":
            "{2}全角の {1} がある。半角の {3} を書くこと",
        "at the beginning":
            "先頭に",
        "at the end":
            "末尾に",
        "as character {1}":
            "{1} 文字目に",
        "after \"{1}\"":
            "\"{1}\" の後に",
        "{1}: a host name is in ASCII, an international one in its xn-- form":
            "{1}。ホスト名は半角の ASCII で書く (日本語などの名前は xn-- の形)",
        "must be the host name or address itself: variables are not expanded here":
            "ホスト名またはアドレスそのものを書く (変数は展開されない)",
        "must be the name of a credential, in ASCII, without a slash or a colon":
            "スラッシュやコロンを含まない、ASCII の認証情報の名前でなければならない",
        "must be one of {1}, {2}":
            "{1} のいずれかでなければならない ({2})",
        "it can be one of {1}":
            "書けるのは {1} のいずれか",
        "must have only move, as in { move = \"FOLDER\" }":
            "move だけを書く。例: { move = \"FOLDER\" }",
        "would move mail to the watched folder itself, \"{1}\"":
            "監視しているフォルダー \"{1}\" そのものには移動できない",
        "is not allowed with tls = \"off\": remove it":
            "tls = \"off\" とともに使えない。削除すること",
        "{1} cannot be read: {2}; in its unit the daemon sees only /etc, /run, /usr, /var/lib, /opt and /srv, and what BindReadOnlyPaths= adds":
            "{1} を読み取れない: {2}。ユニットの中のデーモンには /etc、/run、/usr、/var/lib、/opt、/srv と、BindReadOnlyPaths= で加えたものだけが見える",
        "{1} cannot be read: {2}":
            "{1} を読み取れない: {2}",
        "cannot be read: {1}":
            "読み取れない: {1}",
        "{1} for the user {2}":
            "ユーザー {2} には{1}",
        "it is not a regular file":
            "通常のファイルではない",
        "there is a NUL byte here: delete it":
            "ここに NUL がある。削除すること",
        "not \"{1}\": did you mean \"{2}\"?":
            "\"{1}\" は不可。\"{2}\" の誤りか",
        "not \"{1}\", which is negative":
            "\"{1}\" は負の値なので不可",
        "not \"{1}\", which is too large":
            "\"{1}\" は大きすぎる",
        "write [{1}.{2}], or {3} = { ... } in {4}":
            "[{1}.{2}] とするか、{4} の中に {3} = { ... } と書く",
        "unknown table: did you mean {1}?":
            "不明なテーブル。{1} の誤りか",
        "write [[{1}]], with name = \"{2}\" below it, instead of [{3}.{4}]":
            "[{3}.{4}] ではなく [[{1}]] と書き、その下に name = \"{2}\" と書く",
        "belongs in {1}: write {2} above this line":
            "{1} に書くキー。この行の上に {2} と書く",
        "this looks like {1}, but must be TOML, as in the installed example":
            "{1} のようだが、TOML で書かなければならない (インストールされた例を参照)",
        "this is not TOML: it has no key = value; see the installed example":
            "TOML ではない (キー = 値 がない)。インストールされた例を参照",
        "belongs in {1}, a table of its own":
            "別のテーブル {1} に書くキー",
    ]
}
