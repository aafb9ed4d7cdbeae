import Testing

@testable import IMAP

struct MailboxMemoryTests {
    private func memory(_ uids: UInt32..., validity: UInt32 = 1) -> MailboxMemory {
        var memory = MailboxMemory()
        memory.opened(uidValidity: validity)
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
        memory.opened(uidValidity: 1)
        #expect(!memory.isNew(4) && !memory.isNew(5))
    }

    @Test func anotherUIDValidityForgetsAll() {
        var memory = memory(4)
        memory.ignore(5)
        memory.opened(uidValidity: 2)
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

    @Test func refreshTellsWhatChangedAndWhatIsGone() {
        var memory = memory(4, 5, 6)
        let claimed = MessageFlags(uid: 5, flags: ["$X"], modSeq: 6)
        let (changed, vanished) = memory.refreshed([
            MessageFlags(uid: 4, flags: [], modSeq: 5), claimed, MessageFlags(uid: 99, flags: ["$X"]),
        ])
        #expect(changed == [claimed])
        #expect(vanished == [6])
        #expect(memory.kept[5]?.flags == claimed)
        #expect(memory.kept[6] == nil && memory.kept[99] == nil)
        #expect(memory.refreshed([claimed, MessageFlags(uid: 4, flags: [], modSeq: 5)]).changed.isEmpty)
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
}
