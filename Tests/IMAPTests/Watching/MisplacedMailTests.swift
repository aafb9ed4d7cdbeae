import Testing

@testable import IMAP

/// Which mailboxes are searched for mail that is not where it is looked for.
@Suite struct MisplacedMailTests {
    private func listed(_ lines: [String]) throws -> [ListedMailbox] {
        try lines.map { line in
            var scanner = ResponseScanner(Array(line.utf8))
            return try #require(ListedMailbox(&scanner))
        }
    }

    private func order(_ lines: [String], without names: [String] = ["INBOX"]) throws -> [String] {
        MisplacedMail.order(try listed(lines), without: names).map { ModifiedUTF7.decode($0.name) }
    }

    @Test func junkFirstAndWhatWasThrownAwayLast() throws {
        let order = try order([
            #"(\HasNoChildren) "/" INBOX"#, #"(\Trash) "/" Trash"#, #"() "/" Lists"#, #"(\Noselect) "/" Folders"#,
            #"() "/" INBOX/Spam"#, #"(\Sent) "/" Sent"#, #"(\All) "/" "[Gmail]/All Mail""#, #"(\Junk) "/" Bad"#,
            #"() "." &j,dg0TDhMPww6w-"#,
        ])
        #expect(order == ["Bad", "INBOX/Spam", "迷惑メール", "Lists", "Trash"])
    }

    @Test func theWatchedOneAndTheOneForUsedMailsAreLeftOut() throws {
        #expect(try order(["() \"/\" OTP", "() \"/\" OTP/used", "() \"/\" x"], without: ["OTP", "OTP/used"]) == ["x"])
        #expect(try order(["() \"/\" INBOX", "() \"/\" x"], without: ["inbox"]) == ["x"])
    }

    @Test func noMoreThanABoundedNumber() throws {
        let many = try order((0..<100).map { "() \"/\" f\($0)" } + ["(\\Junk) \"/\" Junk"])
        #expect(many.count == MisplacedMail.mostSearched && many.first == "Junk")
    }
}
