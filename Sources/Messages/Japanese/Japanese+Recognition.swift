/// Why a mail is refused, and the rest of `explain`.
extension Japanese {
    static let recognition: KeyValuePairs<String, String> = [
        "From does not contain the sender's address":
            "From に差出人のアドレスがない",
        "From contains more than just the sender's address, or contains it in a way that another mail reader might not see":
            "From に差出人のアドレス以外のものがあるか、ほかのメールソフトでは見えない形で書かれている",
        "the header has {1} {2} fields":
            "ヘッダーに {2} フィールドが {1} 個ある",
        "another mail reader might see different lines in the header: it contains a NUL, an unusual line ending, or a line that is not a field before From, Subject, Date or Authentication-Results":
            "ほかのメールソフトでは、ヘッダーの行が異なって見える可能性がある (NUL、通常と異なる改行、または From・Subject・Date・Authentication-Results より前にフィールドでない行がある)",
        "the message was truncated within its header":
            "メールがヘッダーの途中で切れている",
        "the message was truncated, and the missing part might contain another password":
            "メールが途中で切れており、失われた部分に別のパスワードがある可能性がある",
        "no {1} pass for {2} in Authentication-Results":
            "Authentication-Results で、{2} の {1} が pass になっていない",
        "the topmost Authentication-Results names a server, but authserv_id = \"\" asks for one that names none":
            "最も上の Authentication-Results にサーバー名があるが、authserv_id = \"\" ではサーバー名のないものが必要",
        "there is no Authentication-Results field":
            "Authentication-Results フィールドがない",
        "there is no Authentication-Results field from {1}":
            "{1} の Authentication-Results フィールドがない",
        "there is no Subject":
            "件名がない",
        "the subject is \"{1}\"":
            "件名が \"{1}\" になっている",
        "the message is too large":
            "メールが大きすぎる",
        "the header has too many fields":
            "ヘッダーのフィールドが多すぎる",
        "the header is too large":
            "ヘッダーが大きすぎる",
        "the parts are nested too deeply":
            "パートの入れ子が深すぎる",
        "there are too many parts":
            "パートが多すぎる",
        "there is too much text":
            "本文が多すぎる",
        "the HTML has too many links":
            "HTML のリンクが多すぎる",
        "a multipart has no usable boundary":
            "multipart に有効な boundary がない",
        "reading it has crashed the daemon before":
            "このメールを読んだときに、デーモンがクラッシュしたことがある",
        "no line has the label {1} followed by a colon and a password":
            "項目名 {1} の後にコロンとパスワードが続く行がない",
        "no line has the label {1} followed by a colon and a URL":
            "項目名 {1} の後にコロンと URL が続く行がない",
        "the mail contains more than one password under its label":
            "項目名の後のパスワードが 2 つ以上ある",
        "the password may be broken across lines: the line below it may be the rest of it":
            "パスワードが途中で改行されている可能性がある (次の行が続きかもしれない)",
        "the mail contains more than one login URL under its label":
            "項目名の後のログイン URL が 2 つ以上ある",
        "the password and the login URL both end in \"{1}\": quoted-printable that was only partly decoded":
            "パスワードとログイン URL が、どちらも \"{1}\" で終わっている (quoted-printable が途中までしかデコードされていない)",
        "a link shows the login URL but leads to another":
            "リンクの表示はログイン URL だが、リンク先が異なる",
        "the value after the label {1} {2}":
            "項目名 {1} の後の値{2}",
        "contains a space or something other than printable ASCII":
            "に、空白、または印字可能な ASCII 以外の文字がある",
        "is a URL":
            "が URL になっている",
        "ends in an HTML tag, as where HTML is labelled text/plain":
            "の終わりに HTML のタグがある (HTML が text/plain として送られている可能性がある)",
        "is not 4 to 64 characters long":
            "の長さが 4 から 64 文字ではない",
        "{1} or {2}":
            "{1} または {2}",
        "what the daemon cannot read: {1}":
            "デーモンが読めない部分: {1}",
        "application/pkcs7-mime (S/MIME, the text inside its signature)":
            "application/pkcs7-mime (S/MIME、本文が署名の中にある)",
        "application/pkcs7-mime (S/MIME, encrypted)":
            "application/pkcs7-mime (S/MIME、暗号化されている)",
        "multipart/encrypted (OpenPGP)":
            "multipart/encrypted (OpenPGP、暗号化されている)",
        "application/ms-tnef (winmail.dat, as Exchange and Outlook produce it)":
            "application/ms-tnef (Exchange や Outlook が作る winmail.dat)",
        "application/pdf":
            "application/pdf (PDF ファイル)",
        "message/rfc822 (a mail within this one, as SpamAssassin's report encloses it: report_safe 0)":
            "message/rfc822 (メールの中のメール。SpamAssassin の報告によるものなら report_safe 0 を設定)",
        "its lines with a colon: {1}; if {2} follows one of these, add the text before its colon to {3}":
            "コロンを含む行: {1}。このいずれかの後に{2}があれば、そのコロンの前の文字列を {3} に追加する",
        "the password":
            "パスワード",
        "the login URL":
            "ログイン URL",
        "the login URL is longer than 2048 bytes":
            "ログイン URL が 2048 バイトを超えている",
        "the login URL contains white space, a control character or a non-ASCII character":
            "ログイン URL に、空白、制御文字、または ASCII 以外の文字がある",
        "the login URL contains a character that is not allowed in a URL, such as a backslash or a bracket":
            "ログイン URL に、URL に使えない文字 (バックスラッシュ、括弧など) がある",
        "the login URL is not https":
            "ログイン URL が https ではない",
        "the login URL contains user information before its host":
            "ログイン URL のホスト名の前にユーザー情報がある",
        "the login URL names a port other than 443":
            "ログイン URL のポートが 443 ではない",
        "the login URL's host is followed by something other than a path":
            "ログイン URL のホスト名の後に、パス以外のものがある",
        "the login URL's path is \"{1}\", which is not in login_paths":
            "ログイン URL のパス \"{1}\" が login_paths にない",
        "the login URL is broken across lines; with login_paths set, one that is broken once can be joined":
            "ログイン URL が途中で改行されている。login_paths を設定すると、1 か所だけの改行はつなげられる",
        "the login URL's host is \"{1}\", which is not in login_hosts; if a mail gateway has rewritten the link, exempt this sender there, and leave the gateway's host out of login_hosts":
            "ログイン URL のホスト \"{1}\" が login_hosts にない。メールゲートウェイがリンクを書き換えている場合は、ゲートウェイ側でこの差出人を書き換えの対象から除外する (ゲートウェイのホストを login_hosts に加えないこと)",
        "the login URL was rewritten by {1}, and the original cannot be recovered from it with certainty; exempt this sender there, and leave the gateway's host out of login_hosts":
            "ログイン URL が {1} によって書き換えられており、元の URL を確実には復元できない。ゲートウェイ側でこの差出人を書き換えの対象から除外する (ゲートウェイのホストを login_hosts に加えないこと)",
        "{1}: accepted":
            "{1}: 受理",
        "{1}: refused: {2}: {3}":
            "{1}: 拒否: {2}: {3}",
        "  password: {1}":
            "  パスワード: {1}",
        "  password: (--reveal shows it)":
            "  パスワード: (--reveal で表示)",
        "  login URL: {1}":
            "  ログイン URL: {1}",
        "  recipient: {1}":
            "  宛先: {1}",
        "  issued at {1}, expires at {2}":
            "  発行 {1}、有効期限 {2}",
        "  the text around the labels:":
            "  項目名の前後の本文:",
        "the password expired at {1}":
            "パスワードは {1} に期限切れになった",
        "{1} mails":
            "{1} 通",
        "{1} mails: {2} accepted, {3} refused":
            "{1} 通: 受理 {2} 通、拒否 {3} 通",
        "note: require_authentication is set: this mail will be refused (sender-not-authenticated), as it should be, because it is not from {1}":
            "注意: require_authentication が設定されているため、このメールは拒否される (sender-not-authenticated)。{1} からのメールではないので、これは正しい動作",
    ]
}
