import IMAP
import Ledger
import Testing
import Trials

@testable import secom_otpd

/// The keywords that two daemons of whatever version read of each other.
@Suite struct KeywordsTests {
    /// What was settled outweighs the claim before it, and used outweighs rejected: a used password is never handed out.
    @Test(
        arguments: chosen(
            [
                ([], .unmarked), (["$SecomOTPClaimed"], .claimed), (["$SecomOTPUsed"], .used),
                (["$SecomOTPRejected"], .rejected), (["$SecomOTPClaimed", "$SecomOTPUsed"], .used),
                (["$SecomOTPClaimed", "$SecomOTPRejected"], .rejected),
                (["$SecomOTPUsed", "$SecomOTPRejected"], .used),
                (["$SecomOTPClaimed", "$SecomOTPUsed", "$SecomOTPRejected"], .used),
            ] as [(Set<String>, Record)]))
    func flagsAreARecord(keywords: Set<String>, record: Record) {
        for others in [[], ["\\Seen", "\\Deleted", "\\Recent", "SecomOTPUsed", "$Junk"]] as [Set<String>] {
            #expect(Keywords.record(MessageFlags(uid: 1, flags: keywords.union(others))) == record)
        }
    }

    private static let everyUse: [Configuration.AfterUse] = [.seen, .keep, .delete, .move("済み")]

    @Test(arguments: chosen(everyUse)) func aClaimIsMarkedAlikeWhateverComesAfter(afterUse: Configuration.AfterUse) {
        #expect(Keywords.mark(.claim, afterUse) == .claim(keyword: "$SecomOTPClaimed"))
        #expect(Keywords.mark(.release, afterUse) == .release(keyword: "$SecomOTPClaimed"))
        #expect(
            Keywords.mark(.confirmClaimed, afterUse)
                == .verify(present: "$SecomOTPClaimed", absent: ["$SecomOTPUsed", "$SecomOTPRejected"]))
    }

    @Test(arguments: chosen([(true, "$SecomOTPUsed"), (false, "$SecomOTPRejected")]))
    func whatIsSettledIsMarkedAndPutAway(isUsed: Bool, keyword: String) {
        let change = RecordChange.settle(used: isUsed)
        #expect(Keywords.mark(change, .seen) == .settle(flags: [keyword, "\\Seen"], then: .keep))
        #expect(Keywords.mark(change, .keep) == .settle(flags: [keyword], then: .keep))
        #expect(Keywords.mark(change, .delete) == .settle(flags: [keyword], then: .delete))
        #expect(Keywords.mark(change, .move("済み")) == .settle(flags: [keyword], then: .move(to: "済み")))
    }

    @Test func resultsOfMarksAreResultsOfChanges() {
        #expect(Keywords.result(.done) == .done)
        #expect(Keywords.result(.gone) == .gone)
        let flags = MessageFlags(uid: 1, flags: ["$SecomOTPClaimed", "$SecomOTPUsed"])
        #expect(Keywords.result(.lost(flags)) == .lost(.used))
        #expect(Keywords.result(.failed(.cancelled)) == .failed(reason: IMAPError.cancelled.description))
    }
}
