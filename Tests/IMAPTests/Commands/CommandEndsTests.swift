import Testing

@testable import IMAP

@Suite struct CommandEndsTests {
    private var ends = CommandEnds()

    private mutating func next() -> [Int32] {
        var tags: [Int32] = []
        while let (tag, _) = ends.next() { tags.append(tag) }
        return tags
    }

    @Test mutating func inTheirOrder() throws {
        ends.sent(1, .uidSearch)
        ends.sent(2, .uidFetch)
        ends.sent(3, .idle)
        try ends.received(2, .no())
        #expect(next() == [] && ends.oldest == .uidSearch)
        try ends.received(1, .ok)
        #expect(ends.hasNext)
        #expect(next() == [1, 2] && ends.oldest == .idle)
    }

    /// What was never sent, or has ended, is in doubt.
    @Test mutating func strangers() throws {
        ends.sent(1, .noop)
        ends.sent(2, .uidFetch)
        try ends.received(2, .ok)
        for tag: Int32 in [0, 2, 3] {
            #expect(throws: IMAPError.breach(.unexpectedTag)) { try ends.received(tag, .ok) }
        }
        try ends.received(1, .ok)
        #expect(next() == [1, 2])
        #expect(throws: IMAPError.breach(.unexpectedTag)) { try ends.received(1, .ok) }
    }

    /// An IDLE ends with what comes after its DONE, if it is not told to end; and may be told later.
    @Test mutating func anIdleThatIsNotEnded() throws {
        ends.sent(1, .idle)
        ends.idleEnded()
        #expect(next() == [])
        ends.sent(2, .uidFetch)
        ends.sent(3, .idle)
        try ends.received(2, .ok)
        #expect(next() == [1, 2])
        try ends.received(1, .ok)
        #expect(throws: IMAPError.breach(.unexpectedTag)) { try ends.received(1, .ok) }
        #expect(next() == [])
    }

    /// One that goes on does not end with another command.
    @Test mutating func anIdleThatGoesOn() throws {
        ends.sent(1, .idle)
        ends.sent(2, .noop)
        try ends.received(2, .ok)
        #expect(next() == [])
    }
}
