/// What the server says against the open mailbox without refusing a command: untagged NOs (RFC 3501, section 7.1.2). A pure value.
///
/// Dovecot 2.4 may go on with them for good in a mailbox that was deleted and made anew; it tells the old UIDVALIDITY then, whatever is
/// asked, and nothing new. Other servers warn so of trifles, in every answer. To open the mailbox anew tells them apart.
struct Complaints: Equatable, Sendable {
    /// Since the last proof.
    private var count = 0
    /// They went on after the mailbox was opened anew.
    private var areHarmless = false

    /// An untagged NO with this code.
    mutating func heard(_ code: ResponseCode?) {
        // About the account, for people.
        if code == .plain("ALERT") || code == .plain("OVERQUOTA") { return }
        count = min(count + 1, 2)
    }

    /// The mailbox was asked about, and no change was told: whether it is to be opened anew all the same.
    mutating func heardNothingNew() -> Bool {
        defer { count = 0 }
        if count == 0 { areHarmless = false }
        guard count > 1, !areHarmless else { return false }
        areHarmless = true
        return true
    }
}
