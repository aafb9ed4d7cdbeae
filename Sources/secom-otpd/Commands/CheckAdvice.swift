import IMAP

extension IMAPError {
    /// What an operator can do about it, where ``description`` does not say so itself; nil where nothing is to be done.
    var advice: CheckReport.Words? {
        switch self {
        case .resolution, .connection:
            .init(
                "Check host and port, the name server, the firewall.",
                "host と port、DNS、ファイアウォールを確認してください。")
        case .tls:
            .init(
                "The certificate must be valid for host; for a private authority set ca_file.",
                "証明書は host の名前に対して有効でなければなりません。私設の認証局の場合は ca_file を設定してください。")
        case .certificates:
            .init(
                "ca_file must be a PEM file that the daemon's user may read.",
                "ca_file は、デーモンのユーザーが読める PEM ファイルでなければなりません。")
        case .startTLS:
            .init(
                "Try tls = \"implicit\" with port 993, or ask the server's operator.",
                "tls = \"implicit\" と port = 993 を試すか、サーバーの管理者に問い合わせてください。")
        case .credential:
            .init(
                "Mend the credential, the file or the command. What systemd passes is there only within a unit.",
                "認証情報、ファイルまたはコマンドを直してください。systemd が渡す認証情報は、ユニットの中でしか読めません。")
        case .loginRefused:
            .init(
                "Check user and password or token. The daemon tries again after 5 minutes, then less often.",
                "user とパスワード (またはトークン) を確認してください。デーモンは 5 分後に再試行し、その後は間隔を延ばします。")
        case .loginUnavailable:
            .init(
                "The server is at fault, or has enough of this account for now. The daemon tries again.",
                "サーバー側の問題か、このアカウントの利用が一時的に制限されています。デーモンは再試行します。")
        case .loginImpossible:
            .init(
                "The server must allow PLAIN, LOGIN, SCRAM-SHA-256 or XOAUTH2 here.",
                "サーバーが PLAIN、LOGIN、SCRAM-SHA-256、XOAUTH2 のいずれかを許可していなければなりません。")
        case .mailbox, .noUIDValidity:
            .init(
                "Set folder to its name as people write it, with the server's separator.",
                "folder には、メールソフトで見える名前を、サーバーの区切り文字で書いてください。")
        case .readOnly:
            .init(
                "Give the user the right to set flags, or set claim_mark = \"memory\".",
                "ユーザーにフラグを付ける権限を与えるか、claim_mark = \"memory\" を設定してください。")
        case .noThread:
            .init(
                "Raise the limit of processes and threads (TasksMax= of the unit, ulimit -u).",
                "プロセス・スレッド数の上限 (ユニットの TasksMax=、ulimit -u) を上げてください。")
        case .refused, .flagsKeepChanging:
            .init("The server's log tells why.", "理由はサーバーのログにあります。")
        case .breach, .outOfStep:
            .init(
                "Is it an IMAP server that answers there? If so, what it sent is no sound IMAP.",
                "接続先は IMAP サーバーですか。そうであれば、応答が IMAP の規則に反しています。")
        case .timeout, .closed, .notConnected, .mailboxReplaced, .notificationOverflow:
            .init(
                "The server or the network is slow or down; the daemon goes on trying.",
                "サーバーまたはネットワークが遅いか、停止しています。デーモンは再試行を続けます。")
        case .cancelled: nil
        }
    }
}
