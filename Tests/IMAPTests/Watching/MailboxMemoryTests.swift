import Testing

@testable import IMAP

struct MailboxMemoryTests {
    private func memory(_ uids: UInt32..., validity: UInt32 = 1) -> MailboxMemory {
        var memory = MailboxMemory()
        memory.opened(uidValidity: validity, marks: .test)
        for uid in uids {
            memory.keep(MessageFlags(uid: uid, flags: [], modSeq: 5), until: 100)
            memory.passed(uid)
        }
        return memory
    }

    @Test func newMailBeginsBehindWhatWasSeen() {
        var memory = memory(4, 9, 7)
        #expect(memory.nextUID == 10)
        memory.passed(.max)
        #expect(memory.nextUID == .max)
        memory.passed(.max)
        #expect(memory.nextUID == .max)
    }

    @Test func whatIsKnownIsNotNew() {
        var memory = memory(4)
        memory.ignore(5)
        #expect(!memory.isNew(4) && !memory.isNew(5) && memory.isNew(6))
        memory.opened(uidValidity: 1, marks: .test)
        #expect(!memory.isNew(4) && !memory.isNew(5))
    }

    @Test func anotherUIDValidityForgetsAll() {
        var memory = memory(4)
        memory.ignore(5)
        memory.opened(uidValidity: 2, marks: .test)
        #expect(memory.isNew(4) && memory.isNew(5))
        #expect(memory.kept.isEmpty && memory.nextUID == 1 && memory.uidValidity == 2)
    }

    @Test func aUIDNEXTThatWentBackMakesItsUIDsNewAgain() {
        var memory = memory(4, 9)
        memory.ignore(5)
        memory.ignore(8)
        memory.newMailBegins(at: 8)
        #expect(memory.nextUID == 8)
        #expect(!memory.isNew(4) && !memory.isNew(5) && memory.isNew(8) && memory.isNew(9))
    }

    @Test func aServerWithoutUIDNEXTTakesNothingBack() {
        var memory = memory(4)
        memory.ignore(5)
        memory.newMailBegins(at: nil)
        #expect(!memory.isNew(4) && !memory.isNew(5))
        #expect(memory.nextUID == 1)
    }

    private func told(
        _ uid: UInt32, _ flags: Set<String> = [], date: Int64? = nil, size: UInt64? = nil
    ) -> ToldMessage {
        ToldMessage(
            flags: MessageFlags(uid: uid, flags: flags, modSeq: 6), identity: .init(internalDate: date, size: size))
    }

    @Test func refreshTellsWhatChangedAndWhatIsGone() {
        var memory = memory(4, 5, 6)
        let (changed, vanished, replaced) = memory.refreshed(
            [told(4, ["\\Seen"]), told(5, ["$C"]), told(99, ["$C"])], of: [4, 5, 6])
        // What says nothing of a password is nobody's business.
        #expect(changed == [MarkedMessage(uid: 5, mark: .claimed)])
        #expect(vanished == [6] && replaced.isEmpty)
        #expect(memory.kept[5]?.flags.flags == ["$C"])
        #expect(memory.kept[6] == nil && memory.kept[99] == nil)
        #expect(memory.refreshed([told(4), told(5, ["$C"])], of: [4, 5]).changed.isEmpty)
    }

    /// After an answer that was lost the next word is news, whatever it says.
    @Test func whatIsUncertainIsToldAgain() {
        var memory = memory(4, 5)
        memory.isUncertain(of: 4)
        #expect(memory.refreshed([told(4), told(5)], of: [4, 5]).changed == [MarkedMessage(uid: 4, mark: .none)])
        #expect(memory.told(MessageFlags(uid: 4, flags: [])) == nil)
    }

    @Test func anotherMessageOfTheSameUID() {
        var memory = MailboxMemory()
        memory.opened(uidValidity: 1, marks: .test)
        for uid in UInt32(4)...7 {
            memory.keep(MessageFlags(uid: uid, flags: []), .init(internalDate: 10, size: 20), until: 100)
        }
        let told = [told(4, date: 10, size: 20), told(5, date: 11, size: 20), told(6, date: 10, size: 21), told(7)]
        #expect(memory.refreshed(told, of: [4, 5, 6, 7]).replaced == [5, 6])
        #expect(memory.isNew(5) && memory.replaced.contains(5) && memory.kept[5] == nil && memory.kept[7] != nil)
        memory.keep(MessageFlags(uid: 5, flags: []), until: 100)
        #expect(!memory.replaced.contains(5))
        #expect(memory.takeReplaced() == [6])
        #expect(memory.takeReplaced().isEmpty)
    }

    /// What a server has shown of its marks counts in its next session too, but not in a mailbox made anew.
    @Test func whatWasLearntOutlivesTheSession() {
        var memory = memory(4)
        var findings = MarkFindings()
        (findings.habit, findings.refusesKeywords) = (.tellsFlags, true)
        _ = memory.learn(findings, from: MessageFlags(uid: 4, flags: []))
        memory.opened(uidValidity: 1, marks: MarkScheme(.test, permanentFlags: nil))
        #expect(memory.habit == .tellsFlags && memory.marks.kind == .systemFlags)
        memory.opened(uidValidity: 2, marks: .test)
        #expect(memory.habit == .unknown && memory.marks.kind == .keywords)
    }

    @Test func oldMailIsForgotten() {
        var memory = memory(4)
        memory.keep(MessageFlags(uid: 5, flags: []), until: 200)
        memory.forgetOld(now: 150)
        #expect(memory.kept.keys.sorted() == [5])
    }

    @Test func itsMemoryIsBounded() {
        var memory = MailboxMemory()
        for uid in UInt32(1)...250_000 { memory.ignore(uid) }
        #expect(!memory.isNew(250_000))
        #expect(memory.isNew(1))
    }

    /// Ends that were told in one session are not in the next: no daemon takes them off, so the mailbox does not keep them.
    @Test func marksThatLastForOneSession() {
        func memory(_ flags: Set<String>...) -> MailboxMemory {
            var memory = MailboxMemory()
            memory.opened(uidValidity: 1, marks: .test)
            for (index, flags) in flags.enumerated() {
                memory.keep(MessageFlags(uid: UInt32(index) + 7, flags: flags), until: 100)
            }
            return memory
        }
        func told(_ flags: Set<String>...) -> [ToldMessage] {
            flags.enumerated().map { index, flags in
                ToldMessage(
                    flags: MessageFlags(uid: UInt32(index) + 7, flags: flags), identity: MessageIdentity())
            }
        }
        let (used, rejected): (Set<String>, Set<String>) = (["$C", "$U"], ["$C", "$R"])
        var forgetful = memory(used, rejected)
        let news = [told(used, rejected), told([], []), told([], [])].map { forgetful.forgets($0) }
        #expect(news == [false, true, false] && !forgetful.marks.keepsMarks)
        forgetful.opened(uidValidity: 1, marks: .test)
        #expect(!forgetful.marks.keepsMarks)
        // A person may take one off, and a claim alone is taken off by who had it.
        for (before, now) in [
            (memory(used), told([])), (memory(used, used), told([], used)), (memory(["$C"], ["$C"]), told([], [])),
        ] {
            var memory = before
            let isNews = memory.forgets(now)
            #expect(!isNews && memory.marks.keepsMarks)
        }
    }
}
