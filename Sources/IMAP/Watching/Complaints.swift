/// The server's complaints about the open mailbox that refuse no command: untagged NOs (RFC 3501, section 7.1.2). A pure value.
///
/// Dovecot 2.4 may keep sending them forever in a mailbox that was deleted and recreated; it then reports the old UIDVALIDITY, whatever is
/// asked, and nothing new. Other servers warn about trivial matters like this in every answer. Reopening the mailbox distinguishes the two.
struct Complaints: Equatable, Sendable {
    /// Since the last proof.
    private var count = 0
    /// They continued after the mailbox was reopened.
    private var areHarmless = false

    /// An untagged NO with this code.
    mutating func heard(_ code: ResponseCode?) {
        // About the account, for people.
        if code == .plain("ALERT") || code == .plain("OVERQUOTA") { return }
        count = min(count + 1, 2)
    }

    /// The mailbox was asked about, and no change was told: whether it is to be reopened all the same.
    mutating func heardNothingNew() -> Bool {
        defer { count = 0 }
        if count == 0 { areHarmless = false }
        guard count > 1, !areHarmless else { return false }
        areHarmless = true
        return true
    }
}
