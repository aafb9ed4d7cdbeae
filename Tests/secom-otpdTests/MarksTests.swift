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
                == [.unmarked, .claimed, .claimed, .used, .rejected])
    }

    private static let everyUse: [Configuration.AfterUse] = [.seen, .keep, .delete, .move("済み")]

    @Test(arguments: chosen(everyUse)) func aClaimIsMarkedAlikeWhateverComesAfter(afterUse: Configuration.AfterUse) {
        #expect(Mark(.claim, afterUse, isRepeated: false) == .claim)
        #expect(Mark(.release, afterUse, isRepeated: false) == .release)
        #expect(Mark(.confirmClaimed, afterUse, isRepeated: false) == .verify)
    }

    @Test func whatIsSettledIsMarkedAndPutAway() {
        for (afterUse, seen, then) in [
            (.seen, true, .keep), (.keep, false, .keep), (.delete, false, .delete),
            (.move("済み"), false, .move(to: "済み")),
        ] as [(Configuration.AfterUse, Bool, AfterUse)] {
            #expect(
                Mark(.settle(used: true), afterUse, isRepeated: true)
                    == .settle(used: true, seen: seen, then: then, isRepeated: true))
        }
    }

    @Test func resultsOfMarksAreResultsOfChanges() {
        #expect(RecordResult(.done) == .done && RecordResult(.notKept) == .done && RecordResult(.gone) == .gone)
        #expect(RecordResult(.lost(.used)) == .lost(.used))
        for result in [MarkResult.unavailable(.cancelled), .unknown(.cancelled), .refused(.cancelled)] {
            #expect(RecordResult(result) == .failed(reason: IMAPError.cancelled.description))
        }
    }
}
