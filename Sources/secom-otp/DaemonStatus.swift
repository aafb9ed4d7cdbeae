import FoundationEssentials
import Handoff
import Varlink

/// The reply to Status, read for people: its texts are harmless, and what is missing or makes no sense is left out.
struct DaemonStatus: Sendable {
    /// See `MailboxStatus` in the interface's text.
    struct Mailbox: Sendable {
        var name, state: String
        var arrival, claims, error, advice: String?
        var lastRoundTripAt, lastArrivalAt, nextAttemptAt: Date?
        var reconnects = 0

        /// Watched, and nothing speaks against a claim.
        var isWell: Bool { state == "watching" && error == nil }
    }

    /// See `PasswordStatus` there.
    struct Password: Sendable {
        var id, mailbox, state: String
        var recipient, reason: String?
        var issuedAt, expiresAt: Date?

        /// The stable code; what the mail says may follow it.
        var reasonCode: String? { reason.map { String($0.prefix { $0 != ":" }) } }
        /// Whether it is a mail that came and was not taken, and not another copy of one that was, nor gone again.
        var isRefusal: Bool { state == "refused" && !["duplicate", "expunged"].contains(reasonCode) }
    }

    var version: String
    var mailboxes: [Mailbox]
    var passwords: [Password]

    init(_ reply: JSON.Object) {
        version = Self.text(reply["version"]) ?? "?"
        mailboxes = Self.objects(reply["mailboxes"]).map(Mailbox.init)
        passwords = Self.objects(reply["passwords"]).map(Password.init)
    }

    /// The reply with one mailbox and its mails alone; nil where there is none of that name.
    static func only(_ mailbox: String, of reply: JSON.Object) -> JSON.Object? {
        func chosen(_ list: String, by key: String) -> JSON {
            .array((reply[list]?.array ?? []).filter { $0.object?[key]?.string == mailbox })
        }
        var part = reply
        part["mailboxes"] = chosen("mailboxes", by: "name")
        part["passwords"] = chosen("passwords", by: "mailbox")
        return part["mailboxes"]?.array?.isEmpty ?? true ? nil : part
    }

    private static func objects(_ value: JSON?) -> [JSON.Object] { (value?.array ?? []).compactMap(\.object) }
    fileprivate static func text(_ value: JSON?) -> String? { value?.string?.harmless }
    fileprivate static func time(_ value: JSON?) -> Date? { value?.string.flatMap(RFC3339.parse) }
}

extension DaemonStatus.Mailbox {
    fileprivate init(_ mailbox: JSON.Object) {
        func text(_ key: String) -> String? { DaemonStatus.text(mailbox[key]) }
        func time(_ key: String) -> Date? { DaemonStatus.time(mailbox[key]) }
        self.init(
            name: text("name") ?? "?", state: text("state") ?? "?", arrival: text("arrival"), claims: text("claims"),
            error: text("error"), advice: text("advice"), lastRoundTripAt: time("lastRoundTripAt"),
            lastArrivalAt: time("lastArrivalAt"), nextAttemptAt: time("nextAttemptAt"),
            reconnects: mailbox["reconnects"]?.int ?? 0)
    }
}

extension DaemonStatus.Password {
    fileprivate init(_ password: JSON.Object) {
        func text(_ key: String) -> String? { DaemonStatus.text(password[key]) }
        func time(_ key: String) -> Date? { DaemonStatus.time(password[key]) }
        self.init(
            id: text("id") ?? "?", mailbox: text("mailbox") ?? "?", state: text("state") ?? "?",
            recipient: text("recipient"), reason: text("reason"), issuedAt: time("issuedAt"),
            expiresAt: time("expiresAt"))
    }
}
