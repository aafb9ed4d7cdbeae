import Testing

@testable import IMAP

struct MessageCountTests {
    @Test func moreMessagesThanBefore() {
        var count = MessageCount(exists: 0)
        count.told(3)
        #expect(count.announced == 3)
        count.looked(at: 2)
        #expect(count.announced == 1)
        count.looked(at: 7)
        #expect(count.announced == 0)
        count.looked(at: -1)
        #expect(count.announced == 0)
    }

    /// Against the rules (without EXPUNGE), but what comes then is no less new.
    @Test func fewerMessagesAreNoArrivals() {
        var count = MessageCount(exists: 9)
        count.told(4)
        #expect(count.exists == 4 && count.announced == 0)
        count.told(5)
        #expect(count.announced == 1)
    }

    @Test func anExpungeMakesRoom() {
        var count = MessageCount(exists: 3)
        count.removed(1)
        #expect(count.exists == 2 && count.announced == 0)
        for _ in 0..<9 { count.removed(1) }
        #expect(count.exists == 0)
    }

    /// One that was looked at goes, a new one comes: as many as before, and one of them new.
    @Test func anExpungeHidesNoArrival() {
        var count = MessageCount(exists: 3)
        count.removed(2)
        count.told(3)
        #expect(count.announced == 1)
        // And the new one goes again.
        count.removed(3)
        #expect(count.announced == 0)
    }
}
