/// The marks that are to be made in an open mailbox, one after the other. A pure value.
struct MarkQueue: Sendable {
    private let uidValidity: UInt32
    /// Why no mark is made here at all.
    private let obstacle: MarkResult?
    private let abilities: MarkProcedure.Abilities
    private let offersID: Bool
    private var waiting: [(number: Int, subject: MarkRequest.Subject)] = []
    private var habit = ClaimProof.Habit.unknown

    /// - Parameter isWritable: whether the configuration has it written to at all.
    init(_ selected: SelectedMailbox, capabilities: Set<String>, isWritable: Bool) {
        uidValidity = selected.uidValidity
        obstacle = !isWritable ? .done : selected.isReadOnly ? .failed(.readOnly) : nil
        abilities = .init(
            keepsKeywords: selected.keepsKeywords, numbersChanges: selected.numbersChanges,
            hasUIDPlus: capabilities.contains("UIDPLUS"), hasMove: capabilities.contains("MOVE"))
        offersID = capabilities.contains("ID")
    }

    var isEmpty: Bool { waiting.isEmpty }

    mutating func add(_ number: Int, _ subject: MarkRequest.Subject) { waiting.append((number, subject)) }

    enum Step: Equatable {
        case run(Command, Purpose)
        case answer(Int, MarkResult)
    }

    /// Begins with the next one. `memory` learns what its message's flags are.
    mutating func start(_ memory: inout MailboxMemory) -> Step? {
        guard !waiting.isEmpty else { return nil }
        let (number, subject) = waiting.removeFirst()
        guard subject.uidValidity == uidValidity else { return .answer(number, .gone) }
        if let obstacle { return .answer(number, obstacle) }
        var procedure = MarkProcedure(subject.mark, of: subject.uid, known: memory.kept[subject.uid]?.flags, abilities)
        let step = procedure.start()
        return carryOn(number, &procedure, step, &memory)
    }

    /// Goes on with the one whose command was answered.
    mutating func received(
        _ reply: Reply, for number: Int, _ procedure: MarkProcedure, _ memory: inout MailboxMemory
    ) -> Step {
        var procedure = procedure
        let step = procedure.received(reply, habit: habit)
        return carryOn(number, &procedure, step, &memory)
    }

    /// The server was asked for its name, and has told it or not.
    mutating func received(
        name: String?, for number: Int, _ procedure: MarkProcedure, _ memory: inout MailboxMemory
    ) -> Step {
        habit =
            name.map { $0.lowercased().contains("dovecot") ? .mayTellOthersFlags : .tellsOwnFlags }
            ?? .mayTellOthersFlags
        var procedure = procedure
        let step = procedure.habitLearnt(habit)
        return carryOn(number, &procedure, step, &memory)
    }

    private mutating func carryOn(
        _ number: Int, _ procedure: inout MarkProcedure, _ step: MarkProcedure.Step, _ memory: inout MailboxMemory
    ) -> Step {
        var step = step
        if case .learnHabit = step {
            // Asked only where it matters: once in a session, and not of Dovecot but in a close race.
            if habit == .unknown, offersID { return .run(.id, .habit(number, procedure)) }
            if habit == .unknown { habit = .tellsOwnFlags }
            step = procedure.habitLearnt(habit)
        }
        if let flags = procedure.flags { memory.update(flags) }
        switch step {
        case .run(let command): return .run(command, .mark(number, procedure))
        case .done(let result): return .answer(number, result)
        // A habit that is learnt is not asked for again.
        case .learnHabit: return .answer(number, .failed(.flagsKeepChanging))
        }
    }
}
