import Testing

@testable import IMAP

@Suite struct TurnsTests {
    @Test func onceForOneSessionAndTwiceForGood() {
        var turns = Turns()
        turns.sessionEnded(isHalfAnswered: false)
        #expect(!turns.areTaken)
        turns.sessionEnded(isHalfAnswered: true)
        #expect(turns.areTaken)
        turns.sessionEnded(isHalfAnswered: false)
        #expect(!turns.areTaken)
        turns.sessionEnded(isHalfAnswered: true)
        turns.sessionEnded(isHalfAnswered: false)
        #expect(turns.areTaken)
    }
}
