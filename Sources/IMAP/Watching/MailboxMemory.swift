/// What is known of a mailbox's messages, from one session to the next. A pure value.
struct MailboxMemory: Sendable {
    struct Kept: Sendable {
        var flags: MessageFlags
        /// What these say of its password: what its owner knows of it.
        var mark: MarkState
        let identity: MessageIdentity
        /// Seconds since 1970; after this the message is of no use.
        let until: Double

        mutating func update(_ flags: MessageFlags, _ mark: MarkState) { (self.flags, self.mark) = (flags, mark) }
    }

    private(set) var uidValidity: UInt32?
    /// The messages that matter.
    var kept: [UInt32: Kept] = [:]
    /// Messages that were looked at and are irrelevant: not to be fetched again after a gap.
    private var ignored: Set<UInt32> = []
    /// Messages that were too old to matter when they were looked at, by the clock of that time.
    private var tooOld: Set<UInt32> = []
    /// Messages that the server may be unable to give.
    var division = FetchDivision()
    /// A FETCH of what no search had found has ended a session: what came is searched for alone.
    var skipsGaps = false
    /// What is known of how the server tells of new mail.
    var pushes = PushHabit()
    /// Its complaints about the mailbox, which do not end the session.
    var complaints = Complaints()
    /// What the server refuses to tell of any mailbox.
    var refusals = RefusalMemory()
    /// It may drop what comes with another command in one write.
    var turns = Turns()
    /// The server may want to be left alone.
    var throttling = Throttling()
    /// How marks are stored on messages, and whether they do at all: what a server has shown of that outlives the session.
    var marks = MarkScheme.nothing
    var refusesKeywords = false
    var forgetsMarks = false
    /// How the server tells of changes.
    var habit = ChangeHabit.unknown
    /// Messages of which nobody knows whether a mark was made: the next word of their flags is news, whatever it says.
    var uncertain: Set<UInt32> = []
    /// Messages in whose place there is another now that nobody has read yet.
    var replaced: Set<UInt32> = []
    /// New mail begins here.
    private(set) var nextUID: UInt32 = 1

    private static let ignoredBound = 100_000

    /// The mailbox was opened. Another UIDVALIDITY: nothing that was known holds (RFC 3501, section 2.3.1.1).
    mutating func opened(uidValidity: UInt32, marks: MarkScheme) {
        if uidValidity != self.uidValidity {
            // These are the server's.
            let (pushes, throttling, turns) = (pushes, throttling, turns)
            self = MailboxMemory()
            self.uidValidity = uidValidity
            (self.pushes, self.throttling, self.turns) = (pushes, throttling, turns)
        }
        self.marks = marks
        if refusesKeywords { self.marks.refuseKeywords() }
        if forgetsMarks { self.marks.keepNothing() }
    }

    /// New mail begins at the mailbox's UIDNEXT; where the server does not tell, after what a search finds. When it has gone back
    /// (a mailbox restored from a backup, its UIDVALIDITY unchanged), the UIDs from there on will be other messages' than those that
    /// were known.
    mutating func newMailBegins(at uidNext: UInt32?) {
        if let uidNext {
            ignored = ignored.filter { $0 < uidNext }
            tooOld = tooOld.filter { $0 < uidNext }
            division.forget { $0 >= uidNext }
            kept = kept.filter { $0.key < uidNext }
        }
        nextUID = uidNext ?? 1
    }

    func isNew(_ uid: UInt32) -> Bool {
        kept[uid] == nil && !ignored.contains(uid) && !tooOld.contains(uid) && !division.holds(uid)
    }

    mutating func keep(_ flags: MessageFlags, _ identity: MessageIdentity = MessageIdentity(), until: Double) {
        replaced.remove(flags.uid)
        uncertain.remove(flags.uid)
        kept[flags.uid] = Kept(flags: flags, mark: marks.state(of: flags.flags), identity: identity, until: until)
    }

    mutating func ignore(_ uid: UInt32) {
        if ignored.count >= Self.ignoredBound { ignored.removeAll() }
        ignored.insert(uid)
    }

    mutating func ignoreAsTooOld(_ uid: UInt32) {
        if tooOld.count >= Self.ignoredBound { tooOld.removeAll() }
        tooOld.insert(uid)
    }

    func isTooOld(_ uid: UInt32) -> Bool { tooOld.contains(uid) }

    /// The clock was set: what was too old may not be.
    mutating func lookAgainAtOld() { tooOld = [] }

    /// A message was seen: new mail begins after it.
    mutating func passed(_ uid: UInt32) {
        if uid >= nextUID { nextUID = uid == .max ? .max : uid + 1 }
    }

    mutating func forgetOld(now: Double) {
        kept = kept.filter { $0.value.until >= now }
        uncertain = uncertain.filter { kept[$0] != nil }
    }
}
