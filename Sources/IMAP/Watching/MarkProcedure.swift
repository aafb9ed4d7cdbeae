/// The commands that one ``Mark`` takes, one after the other. A pure value: ``start()``, then ``received(_:habit:)`` with the answer to
/// each command, until it is done.
struct MarkProcedure: Equatable, Sendable {
    enum Step: Equatable, Sendable {
        case run(Command)
        /// The server is to be asked for its habit; ``habitLearnt(_:)`` then.
        case learnHabit
        case done(MarkResult)
    }

    /// What the mailbox and its server can do.
    struct Abilities: Equatable, Sendable {
        var keepsKeywords = true
        var numbersChanges = true
        var hasUIDPlus = true
        var hasMove = true
    }

    private enum State: Equatable {
        case new
        case claiming(ClaimProof), learning(ClaimProof, Reply), rereading
        case verifying
        /// Flags are being changed, or read again behind that.
        case changing(isReading: Bool)
        case deleting(isReading: Bool), expunging, moving, copying
    }

    let uid: UInt32
    let mark: Mark
    private let abilities: Abilities
    private var state = State.new
    private var tries = 0
    /// The result of a settlement, told when what comes after it is done too.
    private var settled = MarkResult.done
    /// The message's flags as they are known now; nil where the message is not known.
    private(set) var flags: MessageFlags?

    /// Tries to claim a message whose flags others keep changing.
    private static let mostTries = 8

    init(_ mark: Mark, of uid: UInt32, known: MessageFlags?, _ abilities: Abilities) {
        self.mark = mark
        self.uid = uid
        self.abilities = abilities
        flags = known
    }

    mutating func start() -> Step {
        switch mark {
        case .claim:
            guard abilities.keepsKeywords else { return .done(.done) }
            return claim()
        case .verify:
            guard abilities.keepsKeywords else { return .done(.done) }
            state = .verifying
            return .run(read)
        case .release(let keyword):
            guard abilities.keepsKeywords else { return .done(.done) }
            state = .changing(isReading: false)
            return .run(.uidStore(uid, add: false, [keyword]))
        case .settle(let wanted, _):
            let flags = wanted.filter { $0.hasPrefix("\\") || abilities.keepsKeywords }
            guard !flags.isEmpty else { return remove() }
            state = .changing(isReading: false)
            return .run(.uidStore(uid, add: true, flags))
        }
    }

    /// The answer to the command that was run.
    mutating func received(_ reply: Reply, habit: ClaimProof.Habit) -> Step {
        if reply.isRefused, reply.completion.code != .modified {
            return .done(.failed(.refused(name, code: reply.completion.code?.name)))
        }
        switch state {
        case .new, .learning: return .done(.failed(.outOfStep(during: .waiting, code: -1)))
        case .claiming(let proof): return judge(proof, reply, habit)
        case .rereading:
            guard take(reply) else { return .done(.gone) }
            return claim()
        case .verifying:
            guard take(reply), let flags, case .verify(let present, let absent) = mark else { return .done(.gone) }
            let isSound = flags.flags.contains(present) && flags.flags.isDisjoint(with: absent)
            return .done(isSound ? .done : .lost(flags))
        case .changing(let isReading):
            let before = flags
            guard take(reply) else { return isReading ? .done(.gone) : readAgain(.changing(isReading: true)) }
            return changed(before)
        case .deleting(let isReading):
            guard take(reply) else { return isReading ? .done(settled) : readAgain(.deleting(isReading: true)) }
            guard abilities.hasUIDPlus else { return .done(settled) }
            state = .expunging
            return .run(.uidExpunge(uid))
        case .copying: return delete()
        case .expunging, .moving: return .done(settled)
        }
    }

    /// What ``Step/learnHabit`` has brought.
    mutating func habitLearnt(_ habit: ClaimProof.Habit) -> Step {
        guard case .learning(let proof, let reply) = state else {
            return .done(.failed(.outOfStep(during: .waiting, code: -1)))
        }
        return judge(proof, reply, habit == .unknown ? .mayTellOthersFlags : habit)
    }

    // MARK: Claiming

    private mutating func claim() -> Step {
        guard let flags, case .claim(let keyword) = mark else { return .done(.gone) }
        if flags.flags.contains(keyword) { return .done(.lost(flags)) }
        guard tries < Self.mostTries else { return .done(.failed(.flagsKeepChanging)) }
        tries += 1
        // A claim is conditional or proves little: the number that it needs is asked for where it is not known.
        if abilities.numbersChanges, flags.modSeq == nil, tries == 1 { return readAgain(.rereading) }
        let modSeq = abilities.numbersChanges ? flags.modSeq : nil
        let proof = ClaimProof(known: MessageFlags(uid: uid, flags: flags.flags, modSeq: modSeq), keyword: keyword)
        state = .claiming(proof)
        return .run(proof.command)
    }

    private mutating func judge(_ proof: ClaimProof, _ reply: Reply, _ habit: ClaimProof.Habit) -> Step {
        switch proof.verdict(reply, habit: habit) {
        case .won(let flags):
            self.flags = flags
            return .done(.done)
        case .dependsOnHabit:
            state = .learning(proof, reply)
            return .learnHabit
        case .notProven:
            return readAgain(.rereading)
        }
    }

    // MARK: Changing

    /// Made by nobody's leave. What others did to the message meanwhile is told all the same: as a loss.
    private mutating func changed(_ before: MessageFlags?) -> Step {
        guard let now = flags else { return .done(.gone) }
        let expected: Set<String>?
        switch mark {
        case .release(let keyword): expected = before?.flags.subtracting([keyword])
        case .settle(let wanted, _):
            expected = before?.flags.union(wanted.filter { $0.hasPrefix("\\") || abilities.keepsKeywords })
        case .claim, .verify: expected = nil
        }
        settled = expected == nil || expected == now.flags ? .done : .lost(now)
        return remove()
    }

    /// Deletes or moves the message, where that is wanted.
    private mutating func remove() -> Step {
        guard case .settle(_, let afterUse) = mark else { return .done(settled) }
        switch afterUse {
        case .keep: return .done(settled)
        case .delete: return delete()
        case .move(let name):
            guard let mailbox = MailboxName(name) else {
                return .done(.failed(.mailbox(name: "(with a line end)", code: nil)))
            }
            state = abilities.hasMove ? .moving : .copying
            return .run(abilities.hasMove ? .uidMove(uid, to: mailbox) : .uidCopy(uid, to: mailbox))
        }
    }

    /// `\Deleted`, then UID EXPUNGE. Without UIDPLUS the message is only flagged, since a plain EXPUNGE would take along what others have
    /// flagged.
    private mutating func delete() -> Step {
        state = .deleting(isReading: false)
        return .run(.uidStore(uid, add: true, ["\\Deleted"]))
    }

    // MARK: Reading

    private var read: Command { .uidFetch(UIDSet(uid), .flags, numbersChanges: abilities.numbersChanges) }

    private mutating func readAgain(_ state: State) -> Step {
        self.state = state
        return .run(read)
    }

    /// Takes in the message's flags, if they were told. A server need not repeat flags that are as they were.
    private mutating func take(_ reply: Reply) -> Bool {
        guard let told = reply.fetched.last(where: { $0.uid == uid && $0.flags != nil }), let now = told.flags else {
            return false
        }
        flags = MessageFlags(uid: uid, flags: now, modSeq: told.modSeq)
        return true
    }

    /// The command that was run last.
    private var name: CommandName {
        switch state {
        case .new, .claiming, .learning, .changing(isReading: false), .deleting(isReading: false): .uidStore
        case .rereading, .verifying, .changing(isReading: true), .deleting(isReading: true): .uidFetch
        case .expunging: .uidExpunge
        case .moving: .uidMove
        case .copying: .uidCopy
        }
    }
}
