import IMAP
import Ledger
import Testing
import Trials

@testable import secom_otpd

/// How the ledger's words are said to a mailbox.
@Suite struct MarksTests {
    /// What two daemons of whatever version read of each other.
    @Test func theContract() {
        #expect(
            MarkNames.contract
                == MarkNames(claimed: "$SecomOTPClaimed", used: "$SecomOTPUsed", rejected: "$SecomOTPRejected"))
    }

    @Test func aMarkIsARecord() {
        #expect(
            [MarkState.none, .claimed, .flagged, .used, .rejected].map(Record.init)
                == [.unmarked, .claimed, .flagged, .used, .rejected])
    }

    private static let everyUse: [Configuration.AfterUse] = [.seen, .keep, .delete, .move("済み")]

    @Test(arguments: chosen(everyUse)) func aClaimIsMarkedAlikeWhateverComesAfter(afterUse: Configuration.AfterUse) {
        #expect(Mark(.claim, afterUse) == .claim)
        #expect(Mark(.release, afterUse) == .release)
        #expect(Mark(.confirmClaimed, afterUse) == .verify)
    }

    @Test func whatIsSettledIsMarkedAndPutAway() {
        for (afterUse, seen, then) in [
            (.seen, true, .keep), (.keep, false, .keep), (.delete, false, .delete),
            (.move("済み"), false, .move(to: "済み")),
        ] as [(Configuration.AfterUse, Bool, AfterUse)] {
            #expect(
                Mark(.settle(used: true, isRepeated: true), afterUse)
                    == .settle(used: true, seen: seen, then: then, isRepeated: true))
        }
    }

    @Test func resultsOfMarksAreResultsOfChanges() {
        let reason = IMAPError.cancelled.text
        #expect(RecordResult(.done) == .done && RecordResult(.notKept) == .notKept && RecordResult(.gone) == .gone)
        #expect(RecordResult(.lost(.used)) == .lost(.used))
        #expect(RecordResult(.unavailable(.cancelled)) == .unavailable(reason: reason))
        #expect(RecordResult(.unknown(.cancelled)) == .unknown(reason: reason))
        #expect(RecordResult(.refused(.cancelled)) == .refused(reason: reason))
    }
}
