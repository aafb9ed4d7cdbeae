/// Names a mail: its mailbox, and in it UIDVALIDITY and UID (RFC 3501, section 2.3.1.1). Never tells of the password, and is the
/// same after a restart.
public struct PasswordID: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let mailbox: String
    public let uidValidity: UInt32
    public let uid: UInt32

    public init(mailbox: String, uidValidity: UInt32, uid: UInt32) {
        self.mailbox = mailbox
        self.uidValidity = uidValidity
        self.uid = uid
    }

    /// `main/1700000000/42`. The mailbox's name may hold a slash itself.
    public var description: String { "\(mailbox)/\(uidValidity)/\(uid)" }

    /// By mailbox and then by age, as far as UIDs tell of it.
    public static func < (left: PasswordID, right: PasswordID) -> Bool {
        (left.mailbox, left.uidValidity, left.uid) < (right.mailbox, right.uidValidity, right.uid)
    }

    /// Reads what ``description`` wrote; nil for anything else.
    public init?(_ text: String) {
        guard text.utf8.count <= 512 else { return nil }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count >= 3, let uid = UInt32(parts[parts.count - 1]),
            let uidValidity = UInt32(parts[parts.count - 2])
        else { return nil }
        self.init(mailbox: parts.dropLast(2).joined(separator: "/"), uidValidity: uidValidity, uid: uid)
        guard description == text, !mailbox.isEmpty else { return nil }
    }
}
