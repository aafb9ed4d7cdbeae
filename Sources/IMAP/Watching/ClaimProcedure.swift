/// The commands of a claim. A pure value.
///
/// Conditional if changes are numbered, and then won only if nothing but our own change explains the answer; if it might be
/// another's, the claim is lost, unless the server's habit proves nothing at all: then only a single daemon can rely on what is reported back.
struct ClaimProcedure: Equatable, Sendable {
    /// What the answer to the claim's STORE looked like.
    private enum Appearance: Equatable { case modified, flags, nothing }
    private enum State: Equatable {
        case new, numbering
        case storing(ClaimProof)
        case rereading(ClaimProof, after: Appearance)
        case probing(HabitProbe, after: Appearance)
        /// The message's flags are read again: after a probe whose answer was not clear, or for another one.
        case lookingAgain(HabitProbe, hasFlags: Bool?, after: Appearance)
    }

    private(set) var target: MarkTarget
    private(set) var findings = MarkFindings()
    private var habit: ChangeHabit
    private var state = State.new
    private var tries = 0
    /// How often the STORE was refused for no reason that is told.
    private var refusals = 0

    /// Tries to claim a message that others keep changing.
    private static let mostTries = 8

    init(_ target: MarkTarget, _ habit: ChangeHabit) { (self.target, self.habit) = (target, habit) }

    /// It may have been carried out, if the session ends now.
    var mayBeMade: Bool {
        switch state {
        case .new, .numbering, .rereading(_, after: .modified): false
        default: true
        }
    }

    /// The command that was run last.
    var name: CommandName {
        switch state {
        case .storing, .probing: .uidStore
        default: .uidFetch
        }
    }

    mutating func start() -> MarkStep {
        guard target.scheme.keepsMarks else { return .done(.notKept) }
        guard target.mark == .none else { return .done(.lost(target.mark)) }
        // A claim is conditional or proves little: the number that it needs is asked for where it is not known.
        let isConditional = target.numbersChanges && habit != .refused && refusals < 2
        if isConditional, target.flags.modSeq == nil, state == .new {
            state = .numbering
            return .run(target.read)
        }
        guard tries < Self.mostTries else { return .done(.unavailable(.flagsKeepChanging)) }
        tries += 1
        let known = isConditional ? target.flags : MessageFlags(uid: target.uid, flags: target.flags.flags)
        let proof = ClaimProof(known: known, flag: target.scheme.claim)
        state = .storing(proof)
        return .run(proof.command)
    }

    mutating func received(_ reply: Reply) -> MarkStep {
        if reply.isRefused, reply.completion.code != .modified { return refused(reply) }
        switch state {
        case .new: return .done(.unavailable(.outOfStep(during: .waiting, code: -1)))
        case .numbering:
            guard isTold(by: reply) else { return .done(.gone) }
            return start()
        case .storing(let proof): return judge(proof, reply)
        case .rereading(let proof, let appearance):
            guard isTold(by: reply) else { return .done(.gone) }
            return reread(proof, appearance)
        case .probing(let probe, let appearance):
            switch probe.told(by: reply) {
            case .ownChange(let own): return learnt(own, appearance)
            case .contended: return lookAgain(probe, hasFlags: nil, appearance)
            case .unclear(let hasFlags): return lookAgain(probe, hasFlags: hasFlags, appearance)
            }
        case .lookingAgain(let probe, let hasFlags, let appearance):
            guard target.isTold(by: reply) else { return .done(.gone) }
            if let hasFlags, let own = probe.appearance(hasFlags: hasFlags, now: target.flags) {
                return learnt(own, appearance)
            }
            return self.probe(after: appearance)
        }
    }

    /// Flags were asked for, and their number as well.
    private mutating func isTold(by reply: Reply) -> Bool {
        guard target.isTold(by: reply) else { return false }
        if target.numbersChanges, target.flags.modSeq == nil { findings.lacksModSeq = true }
        return true
    }

    // MARK: The claim's answer

    private mutating func judge(_ proof: ClaimProof, _ reply: Reply) -> MarkStep {
        switch proof.told(by: reply) {
        case .modified: return lookAgain(proof, .modified)
        case .nothing: return lookAgain(proof, .nothing)
        case .number(let flags):
            target.update(flags)
            if habit != .provesNothing { learn(.silent) }
            return .done(.done)
        case .flags(let flags):
            target.update(flags)
            guard proof.condition != nil else { return unconditional() }
            switch habit {
            case .unknown: return probe(after: .flags)
            case .silent: return lookAgain(proof, .modified)
            case .tellsFlags, .provesNothing, .refused: return .done(.done)
            }
        }
    }

    private mutating func reread(_ proof: ClaimProof, _ appearance: Appearance) -> MarkStep {
        guard appearance == .nothing, target.mark.isClaim || target.mark == .none else { return start() }
        guard target.mark.isClaim else {
            // Taken, and not reported back, while nobody else changed anything: it is not kept.
            if proof.condition == nil || target.flags.modSeq == proof.condition {
                findings.forgetsMarks = true
                return .done(.notKept)
            }
            return start()
        }
        guard proof.condition != nil else { return unconditional() }
        switch habit {
        case .unknown: return probe(after: .nothing)
        case .provesNothing, .refused: return .done(.done)
        case .silent, .tellsFlags: return .done(.lost(target.mark))
        }
    }

    /// The mark is made, by a STORE without a condition: where one with it was refused, that was for the condition.
    private mutating func unconditional() -> MarkStep {
        if target.numbersChanges, refusals > 1 { learn(.refused) }
        return .done(.done)
    }

    private mutating func lookAgain(_ proof: ClaimProof, _ appearance: Appearance) -> MarkStep {
        state = .rereading(proof, after: appearance)
        return .run(target.read)
    }

    // MARK: The habit

    /// The claim is on the message, and nobody knows yet whose it is.
    private mutating func probe(after appearance: Appearance) -> MarkStep {
        guard target.mark.isClaim else { return start() }
        guard target.scheme.canProbe, let probe = HabitProbe(target.flags) else {
            return learnt(.unknowable, appearance)
        }
        guard tries < Self.mostTries else { return .done(.lost(target.mark)) }
        tries += 1
        findings.leavesProbe = true
        state = .probing(probe, after: appearance)
        return .run(probe.command)
    }

    private mutating func lookAgain(_ probe: HabitProbe, hasFlags: Bool?, _ appearance: Appearance) -> MarkStep {
        state = .lookingAgain(probe, hasFlags: hasFlags, after: appearance)
        return .run(target.read)
    }

    /// What one's own change looks like is known now, and so whether the claim's answer was one's own.
    private mutating func learnt(_ own: HabitProbe.Appearance, _ claim: Appearance) -> MarkStep {
        switch (own, claim) {
        case (.flags, .flags):
            learn(.tellsFlags)
            return .done(.done)
        case (.flags, _): learn(.tellsFlags)
        case (.number, _), (.nothing, .flags): learn(.silent)
        case (.nothing, _), (.unknowable, _):
            learn(.provesNothing)
            return .done(.done)
        }
        return .done(.lost(target.mark))
    }

    private mutating func learn(_ habit: ChangeHabit) { (self.habit, findings.habit) = (habit, habit) }

    // MARK: Refusals

    private mutating func refused(_ reply: Reply) -> MarkStep {
        switch state {
        // It may be for the condition, or for a reason that passes: asked again, after a look whether another was faster. A server that has
        // taken conditions goes on to get them.
        case .storing(let proof) where proof.condition != nil && habit == .unknown && reply.completion.isUnexplained:
            refusals += 1
            return lookAgain(proof, .modified)
        case .storing where target.refusesKeywords(reply.completion):
            refusals = 0
            findings.refusesKeywords = true
            target.scheme.refuseKeywords()
            return start()
        case .probing(_, let appearance) where reply.completion.state == nil: return learnt(.unknowable, appearance)
        // The claim is marked, but it is no longer known whose it is: if the server reports it again, it is in doubt.
        case .probing, .lookingAgain: return .done(.unknown(.refusal(of: name, reply.completion)))
        default: return .done(.refusal(of: name, reply.completion))
        }
    }
}

extension MarkTarget {
    /// A keyword was refused that PERMANENTFLAGS had allowed: Exchange says BAD, others NO [CANNOT].
    func refusesKeywords(_ status: StatusResponse) -> Bool {
        scheme.kind == .keywords && status.state == nil
            && (status.condition == .bad || status.code == .plain("CANNOT"))
    }
}
