/// What is known of a mailbox's messages, from one session to the next. A pure value.
struct MailboxMemory: Sendable {
    struct Kept: Sendable {
        var flags: MessageFlags
        /// Seconds since 1970; after this the message is of no use.
        let until: Double
    }

    private(set) var uidValidity: UInt32?
    /// The messages that matter.
    private(set) var kept: [UInt32: Kept] = [:]
    /// Messages that were looked at and are nobody's business: not to be fetched again after a gap.
    private var ignored: Set<UInt32> = []
    /// Messages that were too old to matter when they were looked at, by the clock of that time.
    private var tooOld: Set<UInt32> = []
    /// Messages that the server may be unable to give.
    var division = FetchDivision()
    /// A FETCH of what no search had found has ended a session: what came is searched for alone.
    var skipsGaps = false
    /// What is known of how the server tells of new mail.
    var pushes = PushHabit()
    /// New mail begins here.
    private(set) var nextUID: UInt32 = 1

    private static let ignoredBound = 100_000

    /// The mailbox was opened. Another UIDVALIDITY: nothing that was known holds (RFC 3501, section 2.3.1.1).
    mutating func opened(uidValidity: UInt32) {
        guard uidValidity != self.uidValidity else { return }
        let pushes = pushes
        self = MailboxMemory()
        self.uidValidity = uidValidity
        self.pushes = pushes
    }

    /// New mail begins at the mailbox's UIDNEXT; where the server does not tell, behind what a search finds. When it has gone back
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

    mutating func keep(_ flags: MessageFlags, until: Double) { kept[flags.uid] = Kept(flags: flags, until: until) }

    mutating func ignore(_ uid: UInt32) {
        if ignored.count >= Self.ignoredBound { ignored.removeAll() }
        ignored.insert(uid)
    }

    mutating func ignoreAsTooOld(_ uid: UInt32) {
        if tooOld.count >= Self.ignoredBound { tooOld.removeAll() }
        tooOld.insert(uid)
    }

    /// The clock was set: what was too old may not be.
    mutating func lookAgainAtOld() { tooOld = [] }

    /// A message was seen: new mail begins behind it.
    mutating func passed(_ uid: UInt32) {
        if uid >= nextUID { nextUID = uid == .max ? .max : uid + 1 }
    }

    mutating func update(_ flags: MessageFlags) { kept[flags.uid]?.flags = flags }

    /// Somebody told of one message's flags. True when they differ from what was known of a message that matters.
    mutating func told(_ flags: MessageFlags) -> Bool {
        guard let before = kept[flags.uid]?.flags else { return false }
        kept[flags.uid]?.flags = flags
        return before.flags != flags.flags
    }

    mutating func forgetOld(now: Double) {
        kept = kept.filter { $0.value.until >= now }
    }

    /// Takes in the flags of all messages that matter, as they are now. Returns what differs, and what is gone.
    mutating func refreshed(_ now: [MessageFlags]) -> (changed: [MessageFlags], vanished: [UInt32]) {
        var changed: [MessageFlags] = []
        var missing = Set(kept.keys)
        for flags in now {
            missing.remove(flags.uid)
            guard let before = kept[flags.uid]?.flags else { continue }
            if before.flags != flags.flags { changed.append(flags) }
            kept[flags.uid]?.flags = flags
        }
        for uid in missing { kept[uid] = nil }
        return (changed, missing.sorted())
    }
}
