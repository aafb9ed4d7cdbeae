import FoundationEssentials
import Testing

@testable import Ledger

/// A password that was handed out is known after a restart, in whatever message it turns up.
struct SpentTests {
    private let withTraces: Memory = {
        var memory = Memory()
        memory.apply(.seed(7))
        return memory
    }()

    /// The next process of a daemon, which has kept the runtime directory. No mailbox is searched yet.
    private func restarted(_ play: Play, _ mailboxes: String..., keepsMarks: Bool = true) -> Play {
        var next = Play(memory: play.ledger.memory)
        next.ledger = Ledger(mailboxes: Set(mailboxes), memory: play.ledger.memory)
        for mailbox in mailboxes { _ = next.open(mailbox, uidNext: 1, keepsMarks: keepsMarks) }
        return next
    }

    /// The copy came while the daemon was down, and the mailbox with the used twin cannot be reached.
    @Test(arguments: [Outcome.used, .rejected]) func aCopyThatWasNeverSeen(outcome: Outcome) {
        var play = Play("main", "other", memory: withTraces)
        _ = play.arrived(name(1, in: "other"))
        #expect(play.give(name(1, in: "other")) == ["spent", "give other/1/1 to 1"])
        _ = play.settle(name(1, in: "other"), outcome)
        play = restarted(play, "main", "other")
        #expect(play.arrived(name(9)) == ["note owedClaimed main/1/9", "claim main/1/9"])
        _ = play.searched("main")
        #expect(play.claim(1, wait: 0) == ["refuse 1 noPassword"])
        #expect(play.state(name(9)) == "inDoubt")
        // Found at last, its twin says what it is.
        _ = play.arrived(name(1, in: "other"), "abcdefghij", outcome == .used ? .used : .rejected)
        #expect(play.state(name(9)) != "available")
    }

    /// A backup has it without its mark, under another number.
    @Test func aRestoredMailbox() {
        var play = Play("main", memory: withTraces)
        _ = play.arrived(name(1))
        _ = play.give(name(1))
        play = restarted(play, "main")
        _ = play.arrived(name(4), "abcdefghij", .unmarked, date: 5)
        _ = play.searched("main")
        #expect(play.claim(1, wait: 0) == ["refuse 1 noPassword"])
    }

    @Test func whatWasGivenBackIsAvailable() {
        var play = Play("main", memory: withTraces)
        _ = play.arrived(name(1))
        _ = play.give(name(1))
        _ = play.settle(name(1), .unused)
        #expect(play.answer(name(1), .release, .done).contains("unspent"))
        play = restarted(play, "main")
        _ = play.arrived(name(2))
        _ = play.searched("main")
        #expect(play.claim(1) == ["claim main/1/2"])
    }

    @Test func anotherPasswordIsAvailable() {
        var play = Play("main", memory: withTraces)
        _ = play.arrived(name(1))
        _ = play.give(name(1))
        play = restarted(play, "main")
        _ = play.arrived(name(2), "another")
        _ = play.searched("main")
        #expect(play.claim(1) == ["claim main/1/2"])
    }

    /// What a process has found by itself it knows better.
    @Test func aCopyInTheSameProcessIsMarkedAsItsTwinIs() {
        var play = Play("main", "other", memory: withTraces)
        _ = play.arrived(name(1))
        _ = play.give(name(1))
        _ = play.settle(name(1), .used)
        #expect(play.arrived(name(1, in: "other")).last == "settle(used: true, isRepeated: false) other/1/1")
    }

    /// Without a runtime directory nothing is kept.
    @Test func withoutASeedThereAreNoTraces() {
        var play = Play("main")
        _ = play.arrived(name(1))
        #expect(play.give(name(1)) == ["give main/1/1 to 1"])
    }

    /// Years of passwords leave nothing behind.
    @Test func expiredOnesAreForgotten() {
        var play = Play("main", memory: withTraces)
        for number in 0..<3000 {
            play.seconds += 10_000
            let id = name(UInt32(number) + 1)
            _ = play.arrived(id, "password-\(number)", issued: play.seconds)
            _ = play.give(id, to: UInt64(number))
        }
        #expect(play.ledger.memory.spent.count <= Ledger.spentBound)
    }

    /// Each byte of a password counts, and what is kept of it is as good as random.
    @Test func traces() {
        let traces = (0..<10_000).map { Trace.of(secret("Pw\($0)"), seed: 1) }
        #expect(Set(traces).count > 9_990)
        for bit in 0..<32 { #expect((4_700...5_300).contains(traces.count { $0 >> bit & 1 == 1 }), "\(bit)") }
        #expect(Trace.of(secret("abc"), seed: 1) != Trace.of(secret("abc"), seed: 2))
        #expect(Trace.of(secret("abc"), seed: 1) == Trace.of(secret("abc"), seed: 1))
    }
}
