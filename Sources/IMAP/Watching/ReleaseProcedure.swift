/// The commands that remove a claim. A pure value.
struct ReleaseProcedure: Equatable, Sendable {
    private(set) var target: MarkTarget
    private var isReading = false

    init(_ target: MarkTarget) { self.target = target }

    var name: CommandName { isReading ? .uidFetch : .uidStore }

    mutating func start() -> MarkStep {
        guard target.scheme.keepsMarks else { return .done(.notKept) }
        // What has an end is not freed by anything.
        guard target.mark.isClaim || target.mark == .none else { return .done(.lost(target.mark)) }
        return .run(.uidStore(target.uid, add: false, [target.scheme.claim]))
    }

    mutating func received(_ reply: Reply) -> MarkStep {
        if reply.isRefused { return .done(.refusal(of: name, reply.completion)) }
        if target.isTold(by: reply) { return .done(target.mark == .none ? .done : .lost(target.mark)) }
        guard !isReading else { return .done(.gone) }
        isReading = true
        return .run(target.read)
    }
}

/// The command that checks whether a claim is still marked. A pure value.
struct VerifyProcedure: Equatable, Sendable {
    private(set) var target: MarkTarget

    init(_ target: MarkTarget) { self.target = target }

    func start() -> MarkStep { target.scheme.keepsMarks ? .run(target.read) : .done(.notKept) }

    mutating func received(_ reply: Reply) -> MarkStep {
        if reply.isRefused { return .done(.refusal(of: .uidFetch, reply.completion)) }
        guard target.isTold(by: reply) else { return .done(.gone) }
        return .done(target.mark.isClaim ? .done : .lost(target.mark))
    }
}
