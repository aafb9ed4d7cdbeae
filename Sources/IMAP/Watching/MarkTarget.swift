/// The message that a mark is made on, as far as it is known. A pure value.
struct MarkTarget: Equatable, Sendable {
    private(set) var flags: MessageFlags
    var scheme: MarkScheme
    /// Changes have numbers (RFC 7162).
    let numbersChanges: Bool

    init(_ flags: MessageFlags, _ scheme: MarkScheme, numbersChanges: Bool) {
        (self.flags, self.scheme, self.numbersChanges) = (flags, scheme, numbersChanges)
    }

    var uid: UInt32 { flags.uid }
    var mark: MarkState { scheme.state(of: flags.flags) }
    var read: Command { .uidFetch(UIDSet(uid), .flags, numbersChanges: numbersChanges) }

    mutating func update(_ now: MessageFlags) { flags = now }

    /// Whether the answer tells this very message's flags, which are taken in then. A server need not repeat flags that are as they were,
    /// and may tell others' meanwhile.
    mutating func isTold(by reply: Reply) -> Bool {
        guard let told = reply.fetched.last(where: { $0.uid == uid && $0.flags != nil }), let now = told.flags else {
            return false
        }
        flags = MessageFlags(uid: uid, flags: now, modSeq: told.modSeq)
        return true
    }
}
