import ConfigurationFile
import IMAP
import Messages

/// All keys of the configuration.
enum ConfigurationKeys {
    static let socket = ["path", "mode", "group", "claim", "status"]
    static let handoff = ["worker_socket", "claim_mark", "delivery_timeout"]
    static let mail = [
        "from", "subject", "subject_prefixes", "subject_suffixes", "password_labels", "login_url_labels", "login_hosts",
        "login_paths", "valid_for", "authserv_id", "require_authentication",
    ]
    static let mailbox = [
        "name", "host", "port", "tls", "ca_file", "user", "password", "oauth2_token", "folder", "poll", "eager_poll",
        "after_use",
    ]
    static let tableNames = ["socket", "handoff", "mail", "mailbox"]

    /// A user's name is often written with a password.
    static let known = KnownKeys(
        [
            (.header("[socket]"), socket), (.header("[handoff]"), handoff), (.header("[mail]"), mail),
            (.header("[[mailbox]]"), mailbox),
        ], ofSecrets: ["password", "oauth2_token"], hidden: ["user"],
        choices: [
            "claim_mark": .quoted(Configuration.ClaimMark.allCases.map(\.rawValue)),
            "tls": .quoted(Endpoint.Protection.allCases.map(\.rawValue)), "after_use": afterUse,
        ])

    static let plainAfterUse = ["seen", "keep", "delete"]
    static let afterUse = Text.list([.quoted(plainAfterUse), Text(verbatim: "{ move = \"FOLDER\" }")])
}
