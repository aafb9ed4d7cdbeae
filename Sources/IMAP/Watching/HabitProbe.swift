/// A conditional change that nobody else makes, whose answer reveals the server's ``ChangeHabit``. A pure value.
///
/// It sets a keyword that stands for nothing, or takes it off where it is. What others do to the message in between makes the answer
/// worthless, not wrong: the condition then fails, the change is dropped, or more flags than expected are told.
struct HabitProbe: Equatable, Sendable {
    static let keyword = "$SecomOTPProbe"

    /// The message's flags as they were last told, and the number that the change is made on.
    let before: MessageFlags
    private let condition: UInt64

    enum Told: Equatable, Sendable {
        /// Others have changed the message meanwhile.
        case contended
        /// What one's own change looks like.
        case ownChange(Appearance)
        /// It looks at the message's flags: ``appearance(hasFlags:now:)``.
        case unclear(hasFlags: Bool)
    }

    enum Appearance: Equatable, Sendable {
        case number, flags, nothing
        /// The keyword is not kept.
        case unknowable
    }

    /// Nil where no number is known.
    init?(_ before: MessageFlags) {
        guard let modSeq = before.modSeq else { return nil }
        (self.before, condition) = (before, modSeq)
    }

    private var adds: Bool { !before.flags.contains(Self.keyword) }

    var command: Command {
        .uidStore(before.uid, unchangedSince: condition, add: adds, Self.keyword)
    }

    /// - Parameter reply: the answer to ``command``, which was no refusal.
    func told(by reply: Reply) -> Told {
        if reply.completion.code == .modified { return .contended }
        let own = reply.fetched.filter { $0.uid == before.uid && $0.modSeq ?? 0 > condition }
        if own.contains(where: { $0.flags == nil && !$0.hasUnknownFlags }) { return .ownChange(.number) }
        guard let flags = own.last?.flags else { return .unclear(hasFlags: false) }
        let expected = adds ? before.flags.union([Self.keyword]) : before.flags.subtracting([Self.keyword])
        return Self.lasting(flags) == Self.lasting(expected) ? .ownChange(.flags) : .unclear(hasFlags: true)
    }

    /// What one's own change looked like, by the message's flags after it; nil: others have changed them too.
    func appearance(hasFlags: Bool, now: MessageFlags) -> Appearance? {
        if now.flags.contains(Self.keyword) == adds {
            let others = { Self.lasting($0).subtracting([Self.keyword]) }
            return others(now.flags) == others(before.flags) ? hasFlags ? .flags : .nothing : nil
        }
        if now.modSeq == before.modSeq { return .unknowable }
        // Dropped without a word of it, and another's change told instead: flags are not of one's own changes here.
        return hasFlags ? .number : nil
    }

    /// `\Recent` is the session's, not the message's.
    private static func lasting(_ flags: Set<String>) -> Set<String> { flags.subtracting(["\\Recent"]) }
}
