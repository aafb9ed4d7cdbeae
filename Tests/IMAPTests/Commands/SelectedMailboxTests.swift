import Testing

@testable import IMAP

struct SelectedMailboxTests {
    /// What EXISTS tells is searched, unless that would never end; UIDNEXT is stale on some servers.
    @Test func howManyAreSearched() {
        let numbers: [(exists: UInt32, uidNext: UInt32?, searched: UInt32)] = [
            (0, nil, 0), (5, 6, 5), (5, 1, 5), (5, nil, 5), (1_000_000, 7, 1_000_000), (.max, 8, 7),
            (.max, .max, .max - 1),
            (.max, nil, 10_000_000),
        ]
        for (exists, uidNext, searched) in numbers {
            var mailbox = SelectedMailbox()
            (mailbox.exists, mailbox.uidNext) = (exists, uidNext)
            #expect(mailbox.searchable == searched, "\(exists) \(uidNext ?? 0)")
        }
    }
}
