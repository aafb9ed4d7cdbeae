/// The commands that one ``Mark`` takes, one after the other. A pure value: ``start()``, then ``received(_:)`` with the answer to each
/// command, until it is done.
enum MarkProcedure: Equatable, Sendable {
    case claim(ClaimProcedure)
    case verify(VerifyProcedure)
    case release(ReleaseProcedure)
    case settle(SettleProcedure)

    init(_ mark: Mark, of target: MarkTarget, _ habit: ChangeHabit, _ abilities: SettleProcedure.Abilities) {
        switch mark {
        case .claim: self = .claim(ClaimProcedure(target, habit))
        case .verify: self = .verify(VerifyProcedure(target))
        case .release: self = .release(ReleaseProcedure(target))
        case .settle(let used, let seen, let afterUse, let isRepeated):
            let wanted = SettleProcedure.Wanted(used: used, seen: seen, afterUse: afterUse, isRepeated: isRepeated)
            self = .settle(SettleProcedure(wanted, target, abilities))
        }
    }

    mutating func start() -> MarkStep {
        switch self {
        case .claim(var claim):
            defer { self = .claim(claim) }
            return claim.start()
        case .verify(let verify): return verify.start()
        case .release(var release):
            defer { self = .release(release) }
            return release.start()
        case .settle(var settle):
            defer { self = .settle(settle) }
            return settle.start()
        }
    }

    /// The answer to the command that was run.
    mutating func received(_ reply: Reply) -> MarkStep {
        switch self {
        case .claim(var claim):
            defer { self = .claim(claim) }
            return claim.received(reply)
        case .verify(var verify):
            defer { self = .verify(verify) }
            return verify.received(reply)
        case .release(var release):
            defer { self = .release(release) }
            return release.received(reply)
        case .settle(var settle):
            defer { self = .settle(settle) }
            return settle.received(reply)
        }
    }

    /// The message, as it is known now.
    var target: MarkTarget {
        switch self {
        case .claim(let claim): claim.target
        case .verify(let verify): verify.target
        case .release(let release): release.target
        case .settle(let settle): settle.target
        }
    }

    var findings: MarkFindings {
        switch self {
        case .claim(let claim): claim.findings
        case .settle(let settle): settle.findings
        case .verify, .release: MarkFindings()
        }
    }

    /// It may have been carried out, if the session ends now.
    var mayBeMade: Bool {
        switch self {
        case .claim(let claim): claim.mayBeMade
        case .settle(let settle): settle.mayBeMade
        case .release: true
        case .verify: false
        }
    }
}
