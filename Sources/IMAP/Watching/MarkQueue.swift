/// The marks that are to be made in an open mailbox, one after the other. A pure value.
struct MarkQueue: Sendable {
    /// A mark that is being made.
    struct Job: Equatable, Sendable {
        let number: Int
        var procedure: MarkProcedure
    }

    enum Step: Equatable, Sendable {
        case run(Command, Purpose)
        case answer(Int, MarkResult)
        case tell(WatchAction.News)
    }

    private let uidValidity: UInt32
    /// Why no mark is made here at all.
    private let obstacle: MarkResult?
    private let numbersChanges: Bool
    private let abilities: SettleProcedure.Abilities
    private var waiting: [(number: Int, subject: MarkRequest.Subject)] = []
    /// Messages on which a probe's keyword may appear.
    private var probed: [UInt32] = []

    /// - Parameter isWritable: whether the configuration has it written to at all.
    init(_ selected: SelectedMailbox, capabilities: Set<String>, isWritable: Bool) {
        uidValidity = selected.uidValidity
        obstacle = !isWritable ? .notKept : selected.isReadOnly ? .refused(.readOnly) : nil
        numbersChanges = selected.numbersChanges
        abilities = .init(
            hasUIDPlus: capabilities.contains("UIDPLUS"), hasMove: capabilities.contains("MOVE"))
    }

    mutating func add(_ number: Int, _ subject: MarkRequest.Subject) { waiting.append((number, subject)) }

    /// Another message is under these UIDs: what was asked for meant the ones before.
    mutating func replaced(_ uids: [UInt32]) -> [Step] {
        let lost = waiting.filter { uids.contains($0.subject.uid) }
        waiting.removeAll { uids.contains($0.subject.uid) }
        return lost.map { .answer($0.number, .gone) }
    }

    /// None can be begun with now.
    mutating func refuseAll(_ result: MarkResult) -> [Step] {
        defer { waiting = [] }
        return waiting.map { .answer($0.number, result) }
    }

    /// Begins with the next one; nil: there is none that can be begun with. A message that is not known may be yet to be found, until the
    /// mailbox `isSearched`.
    mutating func start(_ memory: inout MailboxMemory, isSearched: Bool) -> [Step]? {
        if let uid = probed.popLast() {
            return [.run(.uidStore(uid, add: false, [HabitProbe.keyword]), .sweep)]
        }
        let index = waiting.firstIndex { _, subject in
            obstacle != nil || isSearched || subject.uidValidity != uidValidity || memory.kept[subject.uid] != nil
        }
        guard let index else { return nil }
        let (number, subject) = waiting.remove(at: index)
        guard subject.uidValidity == uidValidity else { return [.answer(number, .gone)] }
        if let obstacle { return [.answer(number, obstacle)] }
        let meant = MessageIdentity(internalDate: subject.internalDate)
        guard let kept = memory.kept[subject.uid], !kept.identity.differs(from: meant) else {
            return [.answer(number, .gone)]
        }
        let flags = kept.flags
        let target = MarkTarget(flags, memory.marks, numbersChanges: numbersChanges)
        var job = Job(
            number: number, procedure: MarkProcedure(subject.mark, of: target, memory.habit, abilities))
        let step = job.procedure.start()
        return carryOn(job, step, &memory)
    }

    /// Continues with the one whose command was answered.
    mutating func received(_ reply: Reply, for job: Job, _ memory: inout MailboxMemory) -> [Step] {
        var job = job
        let step = job.procedure.received(reply)
        return carryOn(job, step, &memory)
    }

    private mutating func carryOn(_ job: Job, _ step: MarkStep, _ memory: inout MailboxMemory) -> [Step] {
        let findings = job.procedure.findings
        let news = memory.learn(findings, from: job.procedure.target.flags)
        switch step {
        case .run(let command): return news + [.run(command, .mark(job))]
        case .done(let result):
            if findings.leavesProbe { probed.append(job.procedure.target.uid) }
            if case .unknown = result { memory.isUncertain(of: job.procedure.target.uid) }
            return news + [.answer(job.number, result)]
                + (findings.refusal.map { [.tell(.refused($0))] } ?? [])
        }
    }
}
