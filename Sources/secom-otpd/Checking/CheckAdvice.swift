import IMAP

extension IMAPError {
    /// What an operator can do about it, where ``description`` does not say so itself; nil where nothing is to be done.
    var advice: CheckReport.Words? {
        switch self {
        case .resolution, .connection:
            .init(
                "Check host and port, the name server, the firewall.",
                "host と port、DNS、ファイアウォールを確認してください。")
        case .tls(_, let fault): fault.advice
        case .certificates:
            .init(
                "ca_file must be a PEM file that the daemon's user may read.",
                "ca_file は、デーモンのユーザーが読める PEM ファイルでなければなりません。")
        case .startTLS:
            .init(
                "Try tls = \"implicit\" with port 993, or ask the server's operator.",
                "tls = \"implicit\" と port = 993 を試すか、サーバーの管理者に問い合わせてください。")
        case .credential(let reason) where reason.contains("ExecPaths="):
            .init(
                "Name it in ExecPaths= of a drop-in (systemctl edit secom-otpd), as systemd/examples/token-command.conf does, and restart.",
                "ドロップイン (systemctl edit secom-otpd) の ExecPaths= に、プログラムと、スクリプトの場合はインタープリターも書き (例: systemd/examples/token-command.conf)、再起動してください。"
            )
        case .credential:
            .init(
                "Mend the credential, the file or the command. What systemd passes is there only within a unit.",
                "認証情報、ファイルまたはコマンドを直してください。systemd が渡す認証情報は、ユニットの中でしか読めません。")
        case .loginRefused:
            .init(
                "Check user and password or token. The daemon tries again after 5 minutes, then less often.",
                "user とパスワード (またはトークン) を確認してください。デーモンは 5 分後に再試行し、その後は間隔を延ばします。")
        case .tokenRefused:
            .init(
                "The token must be for this user, and for IMAP: https://outlook.office.com/IMAP.AccessAsUser.All (an application: IMAP.AccessAsApp), Google: https://mail.google.com/. A stale one was asked for anew at once; the daemon asks again after 5 minutes, then less often.",
                "トークンは、この user の、IMAP 用のものでなければなりません: https://outlook.office.com/IMAP.AccessAsUser.All (アプリケーションの場合は IMAP.AccessAsApp)、Google では https://mail.google.com/。期限切れの場合に備え、直ちに取り直しても拒否されました。デーモンは 5 分後に再試行し、その後は間隔を延ばします。"
            )
        case .loginUnexplained(hasWorked: true):
            .init(
                "The password may have been changed. Where it is right, the daemon tries again after 30 seconds, then up to 5 minutes.",
                "パスワードが変更された可能性があります。正しければ、デーモンが 30 秒後に、その後は最長 5 分の間隔で再試行します。")
        case .loginUnexplained(hasWorked: false):
            .init(
                "The server does not know this way to log in, or is at fault. Its own words, if any, are above.",
                "サーバーがこのログイン方法を知らないか、サーバー側の問題です。サーバーの言葉があれば上に示しています。")
        case .tooManyConnections:
            .init(
                "Too many programs are logged in to this account: end some, or raise the server's limit. The daemon tries again by itself; it holds one connection a mailbox.",
                "このアカウントに接続しているプログラムが多すぎます。減らすか、サーバーの上限を上げてください。デーモンは自動で再試行します (メールボックスごとに 1 接続)。")
        case .throttled:
            .init(
                "The server has enough of this account for now. The daemon leaves it alone for as long as it says, and tries again by itself.",
                "このアカウントの利用が一時的に制限されています。デーモンはサーバーの指定する時間だけ待ち、自動で再試行します。")
        case .authenticatedNotConnected:
            .init(
                "Exchange Online: the token needs IMAP.AccessAsUser.All (an application: IMAP.AccessAsApp, its service principal and FullAccess to the mailbox); of a shared mailbox the one who logs in needs FullAccess, and user is the shared mailbox's address; IMAP must be enabled for the mailbox (Set-CASMailbox -ImapEnabled $true). A change takes up to an hour.",
                "Exchange Online の場合: トークンには IMAP.AccessAsUser.All が必要です (アプリケーションの場合は IMAP.AccessAsApp、サービス プリンシパルの登録、メールボックスへの FullAccess)。共有メールボックスでは、ログインする人に FullAccess が必要で、user には共有メールボックスのアドレスを書きます。メールボックスで IMAP が有効でなければなりません (Set-CASMailbox -ImapEnabled $true)。変更の反映には最長 1 時間かかります。"
            )
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
        case .timeout(during: .greeting):
            .init(
                "Does port begin with TLS (993)? Then set tls = \"implicit\". Else the server or the network is slow; the daemon goes on trying.",
                "port は最初から TLS を話すポート (993) ですか。そうであれば tls = \"implicit\" を設定してください。そうでなければ、サーバーまたはネットワークの応答が遅いので、デーモンが再試行を続けます。"
            )
        case .timeout, .closed, .notConnected, .mailboxReplaced, .mailboxUnsound, .notificationOverflow:
            .init(
                "The server or the network is slow or down; the daemon goes on trying.",
                "サーバーまたはネットワークが遅いか、停止しています。デーモンは再試行を続けます。")
        case .cancelled: nil
        }
    }
}

extension Endpoint.Protection {
    /// What to do where TLS begins on this port in this way, and not as configured; nil where nothing can be said.
    var advice: CheckReport.Words? {
        switch self {
        case .implicit:
            .init(
                "This port begins with TLS: tls = \"implicit\" (most often port 993), or the port of STARTTLS (143).",
                "このポートは TLS で始まります。tls = \"implicit\" (通常はポート 993) にするか、STARTTLS のポート (143) を指定してください。")
        case .starttls, .off: nil
        }
    }
}
