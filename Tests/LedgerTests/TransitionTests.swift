import FoundationEssentials
import Testing
import Trials

@testable import Ledger

/// Every state and every event: what comes of each pair.
///
/// Whatever the table does not name must change nothing and ask for nothing. A new state does not compile before it has a
/// situation here; a new change, result, record or outcome is met with every state at once.
@Suite struct TransitionTests {
    enum Situation: String, CaseIterable {
        case available, claiming, claimingFromDoubt, claimed, claimedFromDoubt, releasing, releasingFromDoubt, inDoubt
        case used, rejected, expired, duplicate, refused, expunged

        init(_ state: Entry.State) {
            self =
                switch state {
                case .available: .available
                case .claiming(_, let fromDoubt): fromDoubt ? .claimingFromDoubt : .claiming
                case .claimed(_, _, let fromDoubt): fromDoubt ? .claimedFromDoubt : .claimed
                case .releasing(let wasInDoubt): wasInDoubt ? .releasingFromDoubt : .releasing
                case .inDoubt: .inDoubt
                case .used: .used
                case .rejected: .rejected
                case .expired: .expired
                case .duplicate: .duplicate
                case .expunged: .expunged
                case .refused: .refused
                }
        }
    }

    static let id = name(5)
    static let word = secret("abcdefghij")
    /// Whose claim is under way or done, on a connection of the same number.
    static let holder: UInt64 = 1

    /// A ledger whose mail 5 is in that state, reached by events alone.
    static func ledger(in situation: Situation) throws -> Ledger {
        var ledger = Ledger(mailboxes: ["main"])
        let doubting = claimant(holder, ClaimFilter(includesInDoubt: true))
        func arrive(_ record: Record) { _ = ledger.arrived(password(id, word), record, now: at(1)) }
        switch situation {
        case .available: arrive(.unmarked)
        case .claiming, .claimed, .releasing, .expunged:
            arrive(.unmarked)
            if situation == .expunged {
                _ = ledger.vanished(id)
                break
            }
            _ = ledger.claim(claimant(holder), now: at(2))
            if situation == .claiming { break }
            _ = ledger.recordChanged(id, .claim, .done, now: at(3))
            if situation == .releasing { _ = try ledger.settle("\(id)", .unused) }
        case .claimingFromDoubt, .claimedFromDoubt:
            arrive(.claimed)
            _ = ledger.claim(doubting, now: at(2))
            if situation == .claimedFromDoubt { _ = ledger.recordChanged(id, .confirmClaimed, .done, now: at(3)) }
        case .releasingFromDoubt:
            arrive(.claimed)
            _ = try ledger.settle("\(id)", .unused)
        case .inDoubt: arrive(.claimed)
        case .used: arrive(.used)
        case .rejected: arrive(.rejected)
        case .expired:
            arrive(.unmarked)
            _ = ledger.tick(now: at(1000))
        case .duplicate:
            _ = ledger.arrived(password(name(4), word), .unmarked, now: at(1))
            arrive(.unmarked)
        case .refused:
            _ = ledger.refused(id, reason: "wrong-subject", recipient: nil, issuedAt: at(0), expiresAt: at(1000))
        }
        return ledger
    }

    struct Event: Sendable {
        let name: String
        let run: @Sendable (inout Ledger) throws(ClaimError) -> [Ledger.Action]
    }

    /// Does not compile when one is added: then the lists below, and the tables, miss it.
    private static func isListed(_ change: RecordChange, _ result: RecordResult, _ record: Record) -> Bool {
        switch (change, result, record) {
        case (.claim, _, _), (.confirmClaimed, _, _), (.release, _, _), (.settle, _, _):
            switch result {
            case .done, .lost, .gone, .failed:
                switch record {
                case .unmarked, .claimed, .used, .rejected: true
                }
            }
        }
    }

    static let records: [Record] = [.unmarked, .claimed, .used, .rejected]
    static let changes: [RecordChange] = [
        .claim, .confirmClaimed, .release, .settle(used: true), .settle(used: false),
    ]
    static let results: [RecordResult] = [.done, .gone, .failed(reason: "cut")] + records.map(RecordResult.lost)

    static let events: [Event] = {
        var events: [Event] = []
        func event(_ name: String, _ run: @escaping @Sendable (inout Ledger) throws(ClaimError) -> [Ledger.Action]) {
            events.append(Event(name: name, run: run))
        }
        for record in records {
            event("arrived \(record)") { $0.arrived(password(id, word), record, now: at(10)) }
            event("changed \(record)") { $0.changed(id, record, now: at(10)) }
        }
        event("refused") { $0.refused(id, reason: "no-password", recipient: nil, issuedAt: nil, expiresAt: nil) }
        event("vanished") { $0.vanished(id) }
        event("opened alike") { ledger in
            ledger.opened(mailbox: "main", uidValidity: 1)
            return []
        }
        event("opened anew") { ledger in
            ledger.opened(mailbox: "main", uidValidity: 2)
            return []
        }
        event("another opened") { ledger in
            ledger.opened(mailbox: "other", uidValidity: 2)
            return []
        }
        event("claim") { $0.claim(claimant(7), now: at(10)) }
        event("claim in doubt") { $0.claim(claimant(7, ClaimFilter(includesInDoubt: true)), now: at(10)) }
        event("claim elsewhere") { $0.claim(claimant(7, ClaimFilter(mailbox: "none")), now: at(10)) }
        event("withdraw") { ledger in
            ledger.withdraw(holder)
            return []
        }
        event("undelivered") { $0.undelivered(id, claimant: holder, now: at(10)) }
        event("another's undelivered") { $0.undelivered(id, claimant: 7, now: at(10)) }
        event("connection ended") { $0.connectionEnded(holder, now: at(10)) }
        event("another's connection ended") { $0.connectionEnded(7, now: at(10)) }
        for outcome in Outcome.allCases {
            event("settle \(outcome)") { (ledger) throws(ClaimError) in try ledger.settle("\(id)", outcome) }
        }
        for change in changes {
            for result in results {
                event("\(change) \(result)") { $0.recordChanged(id, change, result, now: at(10)) }
            }
        }
        event("tick") { $0.tick(now: at(10)) }
        event("tick at the deadline") { $0.tick(now: at(100)) }
        event("tick at the end") { $0.tick(now: at(1000)) }
        event("stop") { $0.stop() }
        return events
    }()

    @Test(arguments: chosen(Situation.allCases)) func everyEvent(_ situation: Situation) throws {
        let expected = Self.expected[situation] ?? [:]
        #expect(Set(expected.keys).isSubset(of: Self.events.map(\.name)))
        for event in Self.events {
            var ledger = try Self.ledger(in: situation)
            let before = try #require(ledger.entries[Self.id]?.state)
            #expect(Situation(before) == situation)
            var told: [String] = []
            do { told = try event.run(&ledger).map(\.told) } catch { told = ["\(error)"] }
            let after = ledger.entries[Self.id].map { Situation($0.state).rawValue } ?? "forgotten"
            let outcome =
                ([after] + told.map { $0.replacing(" \(Self.id)", with: "").replacing("\(Self.id) ", with: "") })
                .joined(separator: "; ")
            let wanted = expected[event.name] ?? Self.usual(event.name, situation)
            #expect(outcome == wanted, "\(situation) met \(event.name)")
            // The password is there as long as somebody may have it, and no longer.
            let isKept = ledger.entries[Self.id]?.password != nil
            #expect(isKept == (ledger.entries[Self.id].map { !$0.state.isFinal } ?? false))
            #expect(ledger.entries.count <= 2)
        }
    }

    /// What holds for most states.
    private static func usual(_ event: String, _ situation: Situation) -> String {
        let state = situation.rawValue
        switch event {
        case "claim elsewhere": return "\(state); refuse 7 unknownMailbox(\"none\")"
        case _ where event.hasPrefix("settle("): return "\(state); settled"
        case _ where event.hasPrefix("settle "): return "\(state); notClaimed(id: \"\(id)\")"
        case _ where event.hasPrefix("release "): return "\(state); settled"
        case "tick at the end":
            switch situation {
            case .used, .rejected, .expired, .refused, .expunged: return state
            default: return "expired; expired"
            }
        default: return state
        }
    }

    private static let expected: [Situation: [String: String]] = [
        .available: recorded([
            "changed claimed": "inDoubt; inDoubt", "arrived claimed": "inDoubt; inDoubt",
            "vanished": "expunged; refused expunged", "opened anew": "forgotten", "claim": "claiming; claim",
            "claim in doubt": "claiming; claim",
        ]),
        .claiming: answers(of: "claim", before: "claiming").merging([
            "claim done": "claimed; claimed; give to 1",
            "claim failed(reason: \"cut\")": "available; refuse 1 markFailed(reason: \"cut\")",
            "claim lost(Ledger.Record.unmarked)": "claiming; available; claim",
        ]) { $1 },
        .claimingFromDoubt: answers(of: "confirmClaimed", before: "claimingFromDoubt").merging([
            "confirmClaimed done": "claimedFromDoubt; claimed; give to 1",
            "confirmClaimed failed(reason: \"cut\")": "inDoubt; refuse 1 markFailed(reason: \"cut\")",
            "confirmClaimed lost(Ledger.Record.unmarked)": "claiming; available; claim",
            "confirmClaimed lost(Ledger.Record.claimed)": "claimingFromDoubt; inDoubt; confirmClaimed",
        ]) { $1 },
        .claimed: recorded([
            "undelivered": "releasing; release", "connection ended": "inDoubt; inDoubt",
            "settle unused": "releasing; release",
        ]).merging(settling) { $1 },
        .claimedFromDoubt: recorded([
            "undelivered": "inDoubt; inDoubt", "connection ended": "inDoubt; inDoubt",
            "settle unused": "releasing; release",
        ]).merging(settling) { $1 },
        .releasing: released,
        .releasingFromDoubt: released,
        .inDoubt: recorded([
            "changed unmarked": "available; available", "arrived unmarked": "available; available",
            "claim in doubt": "claimingFromDoubt; confirmClaimed", "settle unused": "releasingFromDoubt; release",
        ]).merging(settling) { $1 },
        .duplicate: recorded([
            "changed claimed": "inDoubt; inDoubt; main/1/4 refused duplicate",
            "arrived claimed": "inDoubt; inDoubt; main/1/4 refused duplicate",
            "changed used": "used; used; main/1/4 refused duplicate",
            "arrived used": "used; used; main/1/4 refused duplicate",
            "changed rejected": "rejected; rejected; main/1/4 refused duplicate",
            "arrived rejected": "rejected; rejected; main/1/4 refused duplicate",
            "opened anew": "forgotten", "claim": "duplicate; claim main/1/4",
            "claim in doubt": "duplicate; claim main/1/4",
            "tick at the end": "expired; main/1/4 expired; expired",
        ]),
        .rejected: [
            "changed used": "used; used", "arrived used": "used; used",
            "settle(used: true) lost(Ledger.Record.used)": "used; used; settled",
            "settle(used: false) lost(Ledger.Record.used)": "used; used; settled",
        ],
        .refused: ["opened anew": "forgotten"],
        .expunged: [
            "arrived unmarked": "available; available",
            "arrived claimed": "inDoubt; inDoubt", "arrived used": "used; used",
            "arrived rejected": "rejected; rejected",
        ],
    ]

    /// Others have settled it.
    private static func recorded(_ more: [String: String]) -> [String: String] {
        let settled = [
            "changed used": "used; used", "changed rejected": "rejected; rejected", "arrived used": "used; used",
            "arrived rejected": "rejected; rejected",
        ]
        return settled.merging(more) { $1 }
    }

    private static let settling = [
        "settle used": "used; used; settle(used: true)", "settle rejected": "rejected; rejected; settle(used: false)",
    ]

    /// A claim under way: the server's word decides, of claim and claimant.
    private static func answers(of change: String, before: String) -> [String: String] {
        [
            "\(change) gone": "expunged; refused expunged",
            "\(change) lost(Ledger.Record.claimed)": "inDoubt; inDoubt",
            "\(change) lost(Ledger.Record.used)": "used; used",
            "\(change) lost(Ledger.Record.rejected)": "rejected; rejected",
            "connection ended": "\(before); refuse 1 noPassword",
            "stop": "\(before); refuse 1 noPassword",
            "tick at the end": "expired; expired; refuse 1 noPassword",
        ]
    }

    private static let released = [
        "release done": "available; available; settled", "release gone": "expunged; refused expunged; settled",
        "release failed(reason: \"cut\")": "inDoubt; inDoubt; settled markFailed(reason: \"cut\")",
        "release lost(Ledger.Record.unmarked)": "available; available; settled",
        "release lost(Ledger.Record.claimed)": "inDoubt; inDoubt; settled",
        "release lost(Ledger.Record.used)": "used; used; settled",
        "release lost(Ledger.Record.rejected)": "rejected; rejected; settled",
    ]

    /// A mailbox that is watched no longer, or anew: what nobody had is forgotten, to be found again; the rest is kept.
    @Test(arguments: chosen(Situation.allCases)) func aMailboxIsLeft(situation: Situation) throws {
        var ledger = try Self.ledger(in: situation)
        ledger.left(mailbox: "other")
        #expect(ledger.entries[Self.id].map { Situation($0.state) } == situation)
        ledger.left(mailbox: "main")
        let isKept = ![.available, .duplicate, .refused].contains(situation)
        #expect(ledger.entries[Self.id].map { Situation($0.state) } == (isKept ? situation : nil))
    }

    @Test func whoWaitsForAMailboxThatIsGoneIsTold() {
        var ledger = Ledger(mailboxes: ["main", "gone"])
        for (number, mailbox) in [(1, "gone"), (2, "main"), (3, nil)] as [(UInt64, String?)] {
            #expect(ledger.claim(claimant(number, ClaimFilter(mailbox: mailbox)), now: at(1)).isEmpty)
        }
        #expect(
            ledger.configured(mailboxes: ["main", "new"]).map(\.told)
                == [Ledger.Action.refuse(claimant: 1, .unknownMailbox("gone")).told])
        #expect(ledger.waiting.map(\.id) == [2, 3])
        #expect(ledger.claim(claimant(4, ClaimFilter(mailbox: "new")), now: at(2)).isEmpty)
    }

    /// In doubt in a mailbox that nobody watches: there is no asking its server.
    @Test func nothingIsGivenFromAMailboxThatIsGone() throws {
        var ledger = try Self.ledger(in: .inDoubt)
        _ = ledger.configured(mailboxes: ["new"])
        let doubting = claimant(9, ClaimFilter(includesInDoubt: true))
        #expect(ledger.claim(doubting, now: at(2)).isEmpty)
    }
}
