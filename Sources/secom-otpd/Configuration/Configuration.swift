import Handoff
import IMAP
import Recognition

/// The validated configuration by which the daemon runs.
struct Configuration {
    struct Socket: Equatable {
        var path = HandoffClient.defaultPath
        var mode: UInt32 = 0o660
        var group: String?
        /// Users and @groups; nil: who can connect.
        var claim: [String]?
        var status: [String]?
    }

    struct Mailbox: Equatable {
        var name: String
        var endpoint: Endpoint
        var user: String
        var login: Login
        var folder = "INBOX"
        var poll: Duration = .seconds(60)
        var eagerPoll: Duration = .milliseconds(250)
        var afterUse = AfterUse.seen
    }

    /// What the user logs in with.
    enum Login: Equatable {
        case password(CredentialSource)
        case oauth2Token(CredentialSource)
    }

    /// Where a password or token comes from. Never from the configuration itself.
    enum CredentialSource: Equatable {
        /// A systemd credential, by name.
        case credential(String)
        case file(String)
        case command([String])
    }

    enum AfterUse: Equatable {
        case seen, keep, delete
        case move(String)
    }

    enum ClaimMark: String, CaseIterable { case mailbox, memory }

    var socket = Socket()
    var workerSocket: String?
    /// How long a password that was pushed to the worker may go unanswered.
    var deliveryTimeout: Duration = .seconds(600)
    var claimMark = ClaimMark.mailbox
    var rules = RecognitionRules()
    var mailboxes: [Mailbox] = []

    /// The keys that count at the start alone, of those that are different in another configuration.
    func needsRestart(to other: Configuration) -> [String] {
        [
            ("socket.path", socket.path != other.socket.path), ("socket.mode", socket.mode != other.socket.mode),
            ("socket.group", socket.group != other.socket.group),
            ("handoff.worker_socket", workerSocket != other.workerSocket),
            ("handoff.delivery_timeout", deliveryTimeout != other.deliveryTimeout),
        ].filter(\.1).map(\.0)
    }
}

extension Configuration.Mailbox {
    /// Whose mailbox it is, on which server: tells it from others that have the same numbers. One word, and no secret.
    var account: String {
        // FNV-1a, which is the same in every process.
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        // INBOX is the one name that has no case (RFC 3501, section 5.1), nor have hosts' names.
        let folder = folder.uppercased() == "INBOX" ? "INBOX" : folder
        for byte in "\(user)\n\(endpoint.name.lowercased())\n\(endpoint.port)\n\(folder)".utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        return String(hash, radix: 16)
    }
}

extension Configuration.AfterUse {
    /// A mail that was used is taken out of the folder.
    var takesAway: Bool {
        switch self {
        case .delete, .move: true
        case .seen, .keep: false
        }
    }
}
