/// How many messages the open mailbox has, and how many of them were looked at (RFC 3501, section 7.3.1 and 7.4.1). A pure value.
///
/// New messages come last, so the ones already examined come first; a message that goes never hides one that arrives.
struct MessageCount: Equatable, Sendable {
    private(set) var exists: UInt32
    private(set) var seen: UInt32

    /// All of the messages that are there have been looked at, or are about to be.
    init(exists: UInt32) { (self.exists, seen) = (exists, exists) }

    /// Messages that the server told of and nobody has looked at.
    var announced: UInt32 { exists > seen ? exists - seen : 0 }

    /// EXISTS
    mutating func told(_ number: UInt32) {
        exists = number
        seen = min(seen, number)
    }

    /// EXPUNGE
    mutating func removed(_ number: UInt32) {
        if exists > 0 { exists -= 1 }
        if number <= seen, seen > 0 { seen -= 1 }
    }

    /// So many of the announced ones were looked at.
    mutating func looked(at count: Int) { seen += min(announced, UInt32(clamping: max(count, 0))) }

    /// All were.
    mutating func lookedAtAll() { seen = exists }
}
