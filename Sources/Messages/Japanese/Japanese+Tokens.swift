/// Why a token program of the package has no token, by templates of its words: the first that fits counts.
extension Japanese {
    static let tokens: KeyValuePairs<String, String> = [
        "{1} (this machine's clock is {2} s ahead of that of {3})":
            "{1} (このマシンの時計が {3} より {2} 秒進んでいる)",
        "{1} (this machine's clock is {2} s behind that of {3})":
            "{1} (このマシンの時計が {3} より {2} 秒遅れている)",
        "--user must be the address of a mailbox":
            "--user にはメールボックスのアドレスを指定すること",
        "the credential {1} is not a service account's JSON key as downloaded from Google (type service_account)":
            "認証情報 {1} が、Google からダウンロードしたサービスアカウントの JSON キー (type が service_account) ではない",
        "this machine's clock is wrong: set it (timedatectl)":
            "このマシンの時計が合っていない。合わせること (timedatectl)",
        "the key of the service account {1} is no longer one of its keys: create a new one and store it in the credential {2}":
            "サービスアカウント {1} のキーが無効になっている。新しいキーを作成し、認証情報 {2} に保存すること",
        "the service account {1} no longer exists, or is disabled":
            "サービスアカウント {1} がもう存在しないか、無効になっている",
        "there is no user {1} in the domain: --user must be a mailbox's primary address, not an alias or a group":
            "ユーザー {1} がドメインに存在しない。--user には、エイリアスやグループではなく、メールボックスのメインのアドレスを指定すること",
        "the service account may not act for {1}: check that it is a user of the domain and not suspended, and that the key in the credential {2} is still active":
            "サービスアカウントが {1} の代わりに操作できない。ドメインのユーザーで停止されていないことと、認証情報 {2} のキーが有効なことを確認すること",
        "the service account {1} is not authorised: add its client ID {2} with the scope {3} under {4} (a change takes from minutes up to a day)":
            "サービスアカウント {1} が承認されていない。{4} に、クライアント ID {2} とスコープ {3} を追加すること (反映には数分から最長 1 日かかる)",
        "the domain denies access: under {1}, the client ID {2} must have exactly the scope {3}":
            "ドメインがアクセスを拒否している。{1} で、クライアント ID {2} のスコープを {3} だけにすること",
        "a policy of the domain forbids it: see Admin console, Security, API controls, App access control":
            "ドメインのポリシーで禁止されている。管理コンソールの「セキュリティ」→「API の制御」→「アプリのアクセス制御」を確認すること",
        "Google does not know the scope {1}: it must be written exactly, including the slash at the end":
            "Google がスコープ {1} を認識しない。末尾のスラッシュも含めて正確に書くこと",
        "Google does not know the service account {1}: does the key belong to a deleted account?":
            "Google がサービスアカウント {1} を認識しない。削除したアカウントのキーではないか確認すること",
        "the service account {1} was deleted":
            "サービスアカウント {1} が削除されている",
        "the service account {1} is disabled":
            "サービスアカウント {1} が無効になっている",
        "the project of the service account {1} is restricted to users of another organisation":
            "サービスアカウント {1} のプロジェクトが、別の組織のユーザーに制限されている",
        "{1} refused (HTTP {2}, {3})":
            "{1} が拒否 (HTTP {2}、{3})",
        "--tenant must be the Directory (tenant) ID, or a domain of the tenant":
            "--tenant には、ディレクトリ (テナント) ID、またはテナントのドメインを指定すること",
        "--client-id must be the Application (client) ID, such as 11111111-2222-3333-4444-555555555555":
            "--client-id には、11111111-2222-3333-4444-555555555555 のようなアプリケーション (クライアント) ID を指定すること",
        "{1} contains no PEM certificate: it must contain both the certificate and its private key":
            "{1} に PEM の証明書がない。証明書と秘密鍵の両方が必要",
        "the token does not carry {1}: add this application permission of Office 365 Exchange Online under API permissions, and Grant admin consent":
            "トークンに {1} がない。「API のアクセス許可」で Office 365 Exchange Online のこのアプリケーションの許可を追加し、管理者の同意を与えること",
        "no administrator has consented: Grant admin consent, under API permissions of the app registration":
            "管理者の同意がない。アプリの登録の「API のアクセス許可」で、管理者の同意を与えること",
        "the scope {1} is not valid for the application: check --scope":
            "スコープ {1} はこのアプリケーションでは無効。--scope を確認すること",
        "there is no tenant {1}: check --tenant (Directory (tenant) ID), and the cloud that --endpoint names":
            "テナント {1} が存在しない。--tenant (ディレクトリ (テナント) ID) と、--endpoint のクラウドを確認すること",
        "{1} is not a tenant: --tenant must be the Directory (tenant) ID, or one of the tenant's domains":
            "{1} はテナントではない。--tenant には、ディレクトリ (テナント) ID、またはテナントのドメインを指定すること",
        "the tenant has no resource {1}: check --scope, and that the tenant includes Exchange Online":
            "テナントにリソース {1} がない。--scope と、テナントに Exchange Online が含まれていることを確認すること",
        "the application is not assigned to the resource: check API permissions and admin consent":
            "アプリケーションがリソースに割り当てられていない。「API のアクセス許可」と管理者の同意を確認すること",
        "a Conditional Access policy for workload identities blocks the application":
            "ワークロード ID の条件付きアクセスのポリシーが、アプリケーションをブロックしている",
        "the tenant {1} has no application {2}: check --client-id (Application (client) ID) and --tenant":
            "テナント {1} にアプリケーション {2} がない。--client-id (アプリケーション (クライアント) ID) と --tenant を確認すること",
        "the assertion was made for another application: check --client-id":
            "アサーションが別のアプリケーションのもの。--client-id を確認すること",
        "the signed assertion is not valid at this time: set this machine's clock (timedatectl)":
            "署名したアサーションの有効期間外。このマシンの時計を合わせること (timedatectl)",
        "the certificate in the credential {1} is not registered for the application, or its private key does not match it: upload the certificate under Certificates & secrets":
            "認証情報 {1} の証明書がアプリケーションに登録されていないか、秘密鍵が対応していない。「証明書とシークレット」で証明書をアップロードすること",
        "the certificate in the credential {1} has expired: create a new one, upload it under Certificates & secrets, store it and its key in the credential, and restart the service (systemctl restart)":
            "認証情報 {1} の証明書が期限切れ。新しく作成し、「証明書とシークレット」でアップロードし、鍵とともに認証情報に保存して、サービスを再起動すること (systemctl restart)",
        "Exchange Online is disabled in the tenant: check its subscription":
            "テナントで Exchange Online が無効になっている。契約を確認すること",
        "the certificate is not valid for this application: upload it under Certificates & secrets":
            "証明書がこのアプリケーションでは無効。「証明書とシークレット」でアップロードすること",
        "the scope must end in /.default: check --scope":
            "スコープは /.default で終わる必要がある。--scope を確認すること",
        "the application is disabled: Enterprise applications, Properties, Enabled for users to sign-in":
            "アプリケーションが無効になっている。「エンタープライズ アプリケーション」の「プロパティ」で、ユーザーのサインインを有効にすること",
        "the client secret is wrong: the credential {1} must hold the secret's Value, not its Secret ID":
            "クライアント シークレットが正しくない。認証情報 {1} には、シークレット ID ではなく、値を入れること",
        "the client secret has expired: create a new one under Certificates & secrets, store its Value in the credential {1}, and restart the service (systemctl restart)":
            "クライアント シークレットが期限切れ。「証明書とシークレット」で新しく作成し、その値を認証情報 {1} に保存して、サービスを再起動すること (systemctl restart)",
        "there is no enterprise application (service principal) for the application in the tenant {1}: grant admin consent there":
            "テナント {1} に、アプリケーションのエンタープライズ アプリケーション (サービス プリンシパル) がない。そのテナントで管理者の同意を与えること",
        "AADSTS{1}: refused; see https://login.microsoftonline.com/error?code={2}":
            "AADSTS{1}: 拒否された。https://login.microsoftonline.com/error?code={2} を参照",
        "{1} contains no PEM private key":
            "{1} に PEM の秘密鍵がない",
        "the private key in {1} has a passphrase: remove it (openssl pkey); the credential is encrypted anyway":
            "{1} の秘密鍵にパスフレーズが付いている。外すこと (openssl pkey。認証情報自体が暗号化されている)",
        "/usr/bin/openssl does not exist: apt install openssl":
            "/usr/bin/openssl がない: apt install openssl",
        "/usr/bin/openssl may not be executed: add ExecPaths=+/usr/bin/openssl to the unit's drop-in":
            "/usr/bin/openssl を実行できない。ユニットのドロップインに ExecPaths=+/usr/bin/openssl を追加すること",
        "openssl could not be run to sign the assertion":
            "アサーションに署名する openssl を実行できない",
        "openssl cannot sign with the private key in {1}: is it a complete RSA key of at least 2048 bits?":
            "{1} の秘密鍵で openssl が署名できない。2048 ビット以上の完全な RSA 鍵か確認すること",
        "a credential name is the one given to LoadCredential=, without a slash":
            "認証情報の名前には、LoadCredential= に指定した名前 (スラッシュなし) を書くこと",
        "systemd passed no credentials (CREDENTIALS_DIRECTORY is not set): add LoadCredentialEncrypted={1}:... to the unit":
            "systemd から認証情報が渡されていない (CREDENTIALS_DIRECTORY が未設定)。ユニットに LoadCredentialEncrypted={1}:... を追加すること",
        "systemd passed no credential {1}: add LoadCredentialEncrypted={2}:... to the unit, then systemctl restart":
            "systemd から認証情報 {1} が渡されていない。ユニットに LoadCredentialEncrypted={2}:... を追加し、systemctl restart を実行すること",
        "the credential {1} cannot be read: {2}":
            "認証情報 {1} を読み取れない: {2}",
        "the credential {1} is larger than {2} KiB":
            "認証情報 {1} が {2} KiB を超えている",
        "the credential {1} is empty or not text: create it again with systemd-creds encrypt --name={2}":
            "認証情報 {1} が空か、テキストではない。systemd-creds encrypt --name={2} で作り直すこと",
        "{1} returned no bearer token":
            "{1} の応答に bearer トークンがない",
        "the token endpoint must be an https URL":
            "トークンエンドポイントは https の URL でなければならない",
        "{1} cannot be read: {2}; the daemon sees only /etc, /run, /usr, /var/lib, /opt and /srv":
            "{1} を読み取れない: {2}。デーモンから見えるのは /etc、/run、/usr、/var/lib、/opt、/srv だけ",
        "{1}: cannot be read as PEM certificates":
            "{1}: PEM の証明書として読み取れない",
        "{1}: the certificate cannot be trusted: {2}; check ca-certificates, this machine's clock, and whether a proxy intercepts TLS":
            "{1}: 証明書を信頼できない: {2}。ca-certificates、このマシンの時計、TLS を中継するプロキシーの有無を確認すること",
        "{1}: TLS failed ({2}); something in between may not speak TLS":
            "{1}: TLS に失敗 ({2})。途中に TLS を話さないものがある可能性がある",
        "cannot resolve {1}: check the name server":
            "{1} の名前を解決できない。DNS を確認すること",
        "{1} port {2} does not answer: check the firewall; it must be reachable without a proxy":
            "{1} のポート {2} が応答しない。ファイアウォールを確認すること (プロキシーを使わずに接続できる必要がある)",
        "{1} port {2} refuses the connection: check the firewall":
            "{1} のポート {2} に接続を拒否された。ファイアウォールを確認すること",
        "{1} did not send a valid HTTP response: is a proxy in between?":
            "{1} が正しい HTTP の応答を返さない。途中にプロキシーがないか確認すること",
        "cannot reach {1} port {2}: {3}":
            "{1} のポート {2} に接続できない: {3}",
        "{1} is temporarily unavailable (HTTP {2}), and asks to wait {3} s; the request is retried automatically":
            "{1} が一時的に利用できない (HTTP {2}、{3} 秒待つよう要求)。自動で再試行する",
        "{1} is temporarily unavailable (HTTP {2}){3}; the request is retried automatically":
            "{1} が一時的に利用できない (HTTP {2}){3}。自動で再試行する",
        "what answers at {1} is not a token endpoint (HTTP {2}, not JSON): is a proxy in between?":
            "{1} で応答しているものはトークンエンドポイントではない (HTTP {2}、JSON ではない)。途中にプロキシーがないか確認すること",
        "wrong usage: {1}; see --help":
            "使い方の誤り: {1}。--help を参照",
        "no answer from the token endpoint in {1} s: check the name server, the firewall, the route to it":
            "トークンエンドポイントが {1} 秒以内に応答しない。DNS、ファイアウォール、経路を確認すること",
        "a bug in {1}: {2}":
            "{1} の不具合: {2}",
    ]
}
