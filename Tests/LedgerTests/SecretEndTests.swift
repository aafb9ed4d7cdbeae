import Secrets
import Testing

@testable import Ledger

/// A secret is in the ledger for as long as it can still be given to somebody, and no longer.
@Suite struct SecretEndTests {
    /// What is left of the secrets when the test's own references are gone.
    private struct Watched {
        weak var secret: Secret?
    }

    private func enter(
        _ id: PasswordID, _ record: Record = .unmarked, word: String = "abcdefghij", in ledger: inout Ledger
    ) -> Watched {
        let new = secret(word)
        _ = ledger.arrived(password(id, new), record, now: moment(1))
        return Watched(secret: new)
    }

    @Test(arguments: [Outcome.used, .rejected]) func whatItsClaimantSettles(outcome: Outcome) {
        var play = Play("main", "other")
        let watched = [
            enter(name(1), in: &play.ledger), enter(name(2), in: &play.ledger),
            enter(name(1, in: "other"), in: &play.ledger),
        ]
        _ = play.claim(1)
        for id in [name(1), name(2), name(1, in: "other")] { _ = play.answer(id, .claim, .done) }
        #expect(watched.count { $0.secret != nil } > 0, "it may still be given back")
        _ = play.settle(name(1), outcome)
        #expect(watched.count { $0.secret != nil } == 0, "the mailbox may be told later")
    }

    @Test(arguments: [Record.used, .rejected]) func whatTheMailboxSaysIsSettled(record: Record) {
        var play = Play("main")
        let known = enter(name(1), in: &play.ledger)
        #expect(known.secret != nil)
        _ = play.changed(name(1), record)
        #expect(known.secret == nil)
        // Found so, told again, a copy of it that comes later.
        #expect(enter(name(2), record, word: "klmnopqrst", in: &play.ledger).secret == nil)
        #expect(enter(name(1), in: &play.ledger).secret == nil)
        #expect(enter(name(3), in: &play.ledger).secret == nil)
    }

    @Test func whatIsGivenBackStays() {
        var play = Play("main")
        let watched = enter(name(1), in: &play.ledger)
        _ = play.give(name(1))
        _ = play.settle(name(1), .unused)
        _ = play.answer(name(1), .release, .done)
        #expect(watched.secret != nil)
        #expect(play.state(name(1)) == "available")
    }
}
