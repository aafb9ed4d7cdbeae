import FoundationEssentials
import Handoff
import Varlink

@testable import secom_otp

/// Replies to Status, as the tests make them up.
enum Statuses {
    /// 2026-11-26T05:00:00Z
    static let now = Date(timeIntervalSince1970: 1_795_669_200)

    static func ago(_ seconds: Double) -> JSON { .string(RFC3339.format(now.addingTimeInterval(-seconds))) }

    static func mailbox(_ name: String, _ state: String = "watching", _ more: JSON.Object = [:]) -> JSON {
        var mailbox: JSON.Object = [
            "name": .string(name), "state": .string(state), "arrival": "idle", "claims": "exclusive",
            "lastRoundTripAt": ago(5), "lastArrivalAt": .null, "nextAttemptAt": .null, "reconnects": 0, "error": .null,
            "advice": .null,
        ]
        for (name, value) in more.members { mailbox[name] = value }
        return .object(mailbox)
    }

    static func password(
        _ uid: Int, _ state: String = "available", in mailbox: String = "main", issued seconds: Double? = 60,
        to recipient: String? = "webmaster@example.co.jp", reason: String? = nil
    ) -> JSON {
        [
            "id": .string("\(mailbox)/1795404976/\(uid)"), "mailbox": .string(mailbox), "state": .string(state),
            "recipient": JSON(recipient), "reason": JSON(reason), "issuedAt": seconds.map(ago) ?? .null,
            "expiresAt": seconds.map { ago($0 - 86_400) } ?? .null,
        ]
    }

    static func reply(_ mailboxes: [JSON], _ passwords: [JSON] = []) -> JSON.Object {
        ["version": "1.0.0", "mailboxes": .array(mailboxes), "passwords": .array(passwords)]
    }

    static func status(_ mailboxes: [JSON], _ passwords: [JSON] = []) -> DaemonStatus {
        DaemonStatus(reply(mailboxes, passwords))
    }
}
