/// Identifies a mail: its mailbox, UIDVALIDITY and UID (RFC 3501, section 2.3.1.1). Reveals nothing about the password, and is the
/// same after a restart.
public struct PasswordID: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let mailbox: String
    public let uidValidity: UInt32
    public let uid: UInt32
    /// The message's INTERNALDATE in seconds since 1970, where an earlier message under the same numbers is known; else nil.
    public let internalDate: Int64?

    public init(mailbox: String, uidValidity: UInt32, uid: UInt32, internalDate: Int64? = nil) {
        self.mailbox = mailbox
        self.uidValidity = uidValidity
        self.uid = uid
        self.internalDate = internalDate
    }

    /// `main/1700000000/42`, or `main/1700000000/42-1764115200`. The mailbox's name may hold a slash itself.
    public var description: String {
        "\(mailbox)/\(uidValidity)/\(uid)" + (internalDate.map { "-\($0)" } ?? "")
    }

    /// By mailbox and then by age, as far as UIDs tell of it.
    public static func < (left: PasswordID, right: PasswordID) -> Bool {
        (left.mailbox, left.uidValidity, left.uid, left.internalDate ?? .min)
            < (right.mailbox, right.uidValidity, right.uid, right.internalDate ?? .min)
    }

    /// Reads what ``description`` wrote; nil for anything else.
    public init?(_ text: String) {
        guard text.utf8.count <= 512 else { return nil }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count >= 3, let last = parts.last, let uidValidity = UInt32(parts[parts.count - 2]) else {
            return nil
        }
        let numbers = last.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = numbers.first, let uid = UInt32(first) else { return nil }
        let internalDate = numbers.count > 1 ? Int64(numbers[1]) : nil
        self.init(
            mailbox: parts.dropLast(2).joined(separator: "/"), uidValidity: uidValidity, uid: uid,
            internalDate: internalDate)
        guard description == text, !mailbox.isEmpty else { return nil }
    }

    /// The mailbox's own name for the message, which an earlier message may have had before.
    var number: PasswordID { PasswordID(mailbox: mailbox, uidValidity: uidValidity, uid: uid) }
}
