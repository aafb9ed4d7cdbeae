/// The commands that end a claim: the mark first, and what comes after use once the server has told that back. A pure value.
///
/// It can be made any number of times. Only a COPY cannot: where an earlier attempt may have begun it, it is not begun again, and nothing
/// is deleted that may not have been copied.
struct SettleProcedure: Equatable, Sendable {
    /// What the server can do.
    struct Abilities: Equatable, Sendable {
        var hasUIDPlus = true
        var hasMove = true
    }

    /// The settlement, as the ledger asks for it.
    struct Wanted: Equatable, Sendable {
        var used: Bool
        var seen: Bool
        var afterUse: AfterUse
        var isRepeated: Bool
    }

    private enum State: Equatable {
        case new, looking
        case marking(isReading: Bool), takingOff(isReading: Bool)
        /// Nothing but `\Seen`, in a mailbox that keeps no marks.
        case reading
        case deleting, expunging, moving, copying
    }

    private(set) var target: MarkTarget
    private(set) var findings = MarkFindings()
    private let wanted: Wanted
    private let abilities: Abilities
    private var state = State.new
    /// What comes after use may have been begun before.
    private var mayBeCopied = false
    /// Told when what comes after use is done too.
    private var result = MarkResult.done

    init(_ wanted: Wanted, _ target: MarkTarget, _ abilities: Abilities) {
        (self.wanted, self.target, self.abilities) = (wanted, target, abilities)
    }

    /// It may have been carried out, in part or wholly, if the session ends now.
    var mayBeMade: Bool { state != .new && state != .looking }

    /// The command that was run last.
    var name: CommandName {
        switch state {
        case .new, .marking(isReading: false), .takingOff(isReading: false), .reading, .deleting: .uidStore
        case .looking, .marking(isReading: true), .takingOff(isReading: true): .uidFetch
        case .expunging: .uidExpunge
        case .moving: .uidMove
        case .copying: .uidCopy
        }
    }

    mutating func start() -> MarkStep {
        guard wanted.isRepeated else { return mark() }
        state = .looking
        return .run(target.read)
    }

    mutating func received(_ reply: Reply) -> MarkStep {
        if reply.isRefused { return refused(reply.completion) }
        switch state {
        case .new: return .done(.unavailable(.outOfStep(during: .waiting, code: -1)))
        case .looking:
            guard target.isTold(by: reply) else { return .done(.gone) }
            mayBeCopied = isMarked
            return mark()
        case .marking(let isReading):
            let isTold = target.isTold(by: reply)
            if isTold, end.isSubset(of: target.flags.flags) { return takeOff() }
            guard isReading else { return readAgain(.marking(isReading: true)) }
            guard isTold else { return .done(.gone) }
            findings.forgetsMarks = true
            mayBeCopied = wanted.isRepeated
            return finish(.notKept)
        case .takingOff(let isReading):
            let isTold = target.isTold(by: reply)
            guard isTold || isReading else { return readAgain(.takingOff(isReading: true)) }
            return isTold ? finish(settled) : .done(.gone)
        case .reading: return finish(.notKept)
        case .deleting:
            guard abilities.hasUIDPlus else { return .done(result) }
            state = .expunging
            return .run(.uidExpunge(target.uid))
        case .copying: return delete()
        case .expunging, .moving: return .done(result)
        }
    }

    // MARK: The mark

    private var end: Set<String> { target.scheme.end(used: wanted.used, of: target.mark) }
    /// What comes after use is begun with no sooner.
    private var isMarked: Bool {
        let flags = target.flags.flags
        return end.isSubset(of: flags) && !(target.scheme.takenOff(used: wanted.used).map(flags.contains) ?? false)
    }
    private var seen: Set<String> { wanted.seen ? ["\\Seen"] : [] }

    private mutating func mark() -> MarkStep {
        guard target.scheme.keepsMarks else {
            mayBeCopied = wanted.isRepeated
            guard wanted.seen else { return finish(.notKept) }
            state = .reading
            return .run(.uidStore(target.uid, add: true, ["\\Seen"]))
        }
        if state == .looking, end.union(seen).isSubset(of: target.flags.flags) { return takeOff() }
        state = .marking(isReading: false)
        return .run(.uidStore(target.uid, add: true, end.union(seen).sorted()))
    }

    /// The end is reported back.
    private mutating func takeOff() -> MarkStep {
        guard let flag = target.scheme.takenOff(used: wanted.used), target.flags.flags.contains(flag) else {
            return finish(settled)
        }
        state = .takingOff(isReading: false)
        return .run(.uidStore(target.uid, add: false, [flag]))
    }

    /// Two may have had it, and the other's word is in the mailbox.
    private var settled: MarkResult {
        target.mark == (wanted.used ? .used : .rejected) ? .done : .lost(target.mark)
    }

    private mutating func readAgain(_ state: State) -> MarkStep {
        self.state = state
        return .run(target.read)
    }

    // MARK: After use

    private mutating func finish(_ result: MarkResult) -> MarkStep {
        self.result = result
        switch wanted.afterUse {
        case .keep: return .done(result)
        case .delete: return delete()
        case .move(let name):
            guard let mailbox = MailboxName(name) else {
                findings.refusal = .mailbox(name: "(contains a line break)", code: nil)
                return .done(result)
            }
            guard abilities.hasMove || !mayBeCopied else { return .done(result) }
            state = abilities.hasMove ? .moving : .copying
            return .run(abilities.hasMove ? .uidMove(target.uid, to: mailbox) : .uidCopy(target.uid, to: mailbox))
        }
    }

    /// `\Deleted`, then UID EXPUNGE. Without UIDPLUS the message is only flagged, since a plain EXPUNGE would take along what others have
    /// flagged.
    private mutating func delete() -> MarkStep {
        state = .deleting
        return .run(.uidStore(target.uid, add: true, ["\\Deleted"]))
    }

    // MARK: Refusals

    /// What comes after use may fail, and the mark counts all the same.
    private mutating func refused(_ status: StatusResponse) -> MarkStep {
        switch state {
        case .marking(isReading: false) where target.refusesKeywords(status):
            findings.refusesKeywords = true
            target.scheme.refuseKeywords()
            return mark()
        case .new, .looking, .marking, .takingOff: return .done(.refusal(of: name, status))
        case .reading where status.state == nil: return finish(.notKept)
        case .reading, .deleting, .expunging, .moving, .copying:
            if status.state != nil { return .done(.refusal(of: name, status)) }
            findings.refusal = .refusal(of: name, status)
            return .done(result)
        }
    }
}
