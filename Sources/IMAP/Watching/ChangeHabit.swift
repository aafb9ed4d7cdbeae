/// How a server answers to a conditional STORE with `.SILENT` that has changed something (RFC 7162, section 3.1.3): learnt from its answers to
/// changes that are known to be one's own. A pure value that outlives the session.
///
/// Two changes that arrive together are where servers differ. Dovecot drops a change that another session has just made before it looks at the
/// condition: the loser of a close race gets a plain OK, and with it the winner's flags. Cyrus 3.6 tells the winner its own flags.
/// The two answers are the same to the byte.
enum ChangeHabit: Equatable, Sendable {
    case unknown
    /// One's own change is told by its number alone, or not at all: flags in an answer are of somebody else's. Dovecot, Cyrus 3.10.
    case silent
    /// One's own change is told with its flags, and the loser gets MODIFIED. Cyrus 3.6.
    case tellsFlags
    /// No answer tells one's own change from another's.
    case provesNothing
    /// It refuses conditions, whatever it offers.
    case refused

    /// An answer may prove whose change it tells.
    var mayProve: Bool { self != .provesNothing && self != .refused }
}
