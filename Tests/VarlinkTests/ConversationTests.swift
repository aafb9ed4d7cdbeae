import Testing

@testable import Varlink

private struct Waiting: VarlinkInterface {
    let definition: InterfaceDefinition
    let waitingMethods: Set<String> = ["Wait"]
    init() throws { definition = try InterfaceDefinition(parsing: "interface a.b\nmethod Wait()->()\nmethod Do()->()") }
    func call(_ call: Call) async throws(VarlinkError) -> Reply { Reply() }
}

extension Conversation {
    fileprivate mutating func receive(_ method: String, _ mode: CallMessage.Mode = .single) throws {
        received(
            CallMessage(method: "a.b.\(method)", mode: mode), for: .interface(try Waiting(), method: method), at: .now)
    }

    /// The next step in a word.
    fileprivate mutating func step() -> String {
        switch next() {
        case .answer(let pending):
            if case .error(let error) = pending.route { error.name } else { pending.message.method }
        case .wait: "wait"
        case .close: "close"
        case .over: "over"
        }
    }
}

@Suite struct ConversationTests {
    @Test func oneAfterTheOther() throws {
        var conversation = Conversation(limits: VarlinkLimits.test)
        #expect(conversation.step() == "wait")
        try conversation.receive("Wait")
        try conversation.receive("Do")
        #expect(conversation.step() == "a.b.Wait")
        #expect(conversation.step() == "wait")
        conversation.answered()
        #expect(conversation.step() == "a.b.Do")
        conversation.answered()
        #expect(conversation.step() == "wait")
        #expect(conversation.wantsInput)
    }

    @Test func oneWaitingCallTooMany() throws {
        var limits = VarlinkLimits.test
        limits.waitingCalls = 2
        var conversation = Conversation(limits: limits)
        try conversation.receive("Wait")
        #expect(conversation.step() == "a.b.Wait")
        for method in ["Wait", "Wait", "Do", "Wait"] { try conversation.receive(method) }
        var steps: [String] = []
        for _ in 0..<4 {
            conversation.answered()
            steps.append(conversation.step())
        }
        #expect(steps == ["a.b.Wait", "org.example.test.Busy", "a.b.Do", "org.example.test.Busy"])
        conversation.answered()
        try conversation.receive("Wait")
        #expect(conversation.step() == "a.b.Wait")
    }

    @Test func noMoreIsReadThanThereIsRoomFor() throws {
        var limits = VarlinkLimits.test
        limits.pendingCalls = 2
        var conversation = Conversation(limits: limits)
        try conversation.receive("Do")
        _ = conversation.next()
        #expect(conversation.wantsInput)
        try conversation.receive("Do")
        #expect(!conversation.wantsInput && !conversation.hasRoom)
        conversation.answered()
        #expect(conversation.wantsInput && conversation.hasRoom)
    }

    @Test func aHalfClosedClientIsStillAnswered() throws {
        var conversation = Conversation(limits: VarlinkLimits.test)
        try conversation.receive("Do")
        try conversation.receive("Do")
        #expect(conversation.step() == "a.b.Do")
        conversation.inputEnded()
        #expect(!conversation.wantsInput && !conversation.currentIsAbandoned)
        conversation.answered()
        #expect(conversation.step() == "a.b.Do")
        conversation.answered()
        #expect(conversation.step() == "close")
    }

    @Test func whoHangsUpIsForgottenButForOnewayCalls() throws {
        var conversation = Conversation(limits: VarlinkLimits.test)
        for mode in [CallMessage.Mode.single, .single, .oneway, .more] { try conversation.receive("Do", mode) }
        _ = conversation.next()
        conversation.ended()
        #expect(conversation.currentIsAbandoned)
        #expect(conversation.step() == "wait")
        conversation.answered()
        #expect(conversation.step() == "a.b.Do")
        #expect(!conversation.currentIsAbandoned)
        conversation.answered()
        #expect(conversation.step() == "over")
    }

    @Test func aBreachEndsIt() throws {
        var conversation = Conversation(limits: VarlinkLimits.test)
        try conversation.receive("Wait")
        _ = conversation.next()
        try conversation.receive("Do", .oneway)
        conversation.breached()
        #expect(conversation.currentIsAbandoned && !conversation.hasRoom)
        conversation.ended()
        conversation.answered()
        #expect(conversation.step() == "over")
    }

    @Test func stopping() throws {
        var conversation = Conversation(limits: VarlinkLimits.test)
        try conversation.receive("Wait", .oneway)
        try conversation.receive("Do")
        _ = conversation.next()
        conversation.stop()
        #expect(conversation.currentIsAbandoned && !conversation.wantsInput)
        conversation.answered()
        #expect(conversation.step() == "close")
        conversation.ended()
        #expect(conversation.step() == "over")
    }
}
