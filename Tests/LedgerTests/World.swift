import FoundationEssentials
import Secrets
import Trials

@testable import Ledger

/// What the ledger is played against: mailboxes that keep records, another daemon on them, claimants that come, hang up and
/// settle, and a network that answers late or not at all. It knows who has seen which password and who gave it back; of
/// states it knows nothing.
struct World {
    struct Mail {
        let word: Int
        let recipient: String?
        let issued: Double
        var record = Record.unmarked
        var isThere = true
        var isTold = false
    }

    /// Who has seen a password and has not given it back.
    struct Holder: Equatable {
        let claimant: UInt64
        var isElsewhere = false
    }

    static let lifetime = 60.0
    static let mailboxes = ["a", "b"]
    private static let words = (0..<8).map { secret("password-\($0)") }

    var random: Seeded
    var ledger = Ledger(mailboxes: Set(mailboxes))
    var now = 0.0
    var mails: [PasswordID: Mail] = [:]
    var uidValidity: [String: UInt32] = ["a": 1, "b": 1]
    private var copied: Set<Int> = []
    private var lastUID: UInt32 = 0
    private var lastWord = 0
    private var lastClaimant: UInt64 = 0
    /// Asked of the servers and not answered.
    private var asked: [(id: PasswordID, change: RecordChange)] = []
    /// Told by the servers and not heard.
    private var unheard: [(id: PasswordID, record: Record?)] = []
    private var claimants: [UInt64: Claimant] = [:]
    private var unanswered: Set<UInt64> = []
    private var given: [UInt64: PasswordID] = [:]
    private var holders: [Int: [Holder]] = [:]
    /// Mails of which the server has confirmed that they are marked, by the latest answer.
    private var proven: Set<PasswordID> = []
    private var settling: [PasswordID: Int] = [:]
    private(set) var breaches: [String] = []
    private(set) var story: [String] = []

    init(seed: UInt64) { random = Seeded(seed) }

    private mutating func breach(_ text: String) { breaches.append("\(text), at \(now)") }

    // MARK: One step

    mutating func step() {
        switch Int.random(in: 0..<20, using: &random) {
        case 0...2: deliver()
        case 3...6: claim()
        case 7...10: answer(mayFail: true)
        case 11: hear()
        case 12: settle()
        case 13: undelivered()
        case 14: hangUp()
        case 15: withdraw()
        case 16: otherDaemon()
        case 17: expunge()
        case 18: if random.once(in: 4) { renumber() } else { hear() }
        default: pass(seconds: Double.random(in: 0...15, using: &random))
        }
        check()
    }

    /// Lets everything that is under way come to its end, then nothing may be left hanging.
    mutating func comeToRest() {
        while !unheard.isEmpty { hear() }
        while !asked.isEmpty { answer(mayFail: false) }
        var ticks = 0
        while let next = ledger.nextDeadline {
            now = max(now, next.timeIntervalSince(at(0)))
            perform(ledger.tick(now: at(now)), "tick")
            while !asked.isEmpty { answer(mayFail: false) }
            ticks += 1
            if ticks > 200 { return breach("the timer spins") }
        }
        if !unanswered.isEmpty { breach("claimants \(unanswered) were never answered") }
        if !settling.isEmpty { breach("settling \(settling.keys) was never answered") }
        for entry in ledger.entries.values where !entry.state.isFinal { breach("\(entry.id) is left \(entry.state)") }
    }

    // MARK: Mailboxes

    private mutating func deliver() {
        let mailbox = random.once(in: 3) ? "b" : "a"
        lastUID += 1
        let id = PasswordID(mailbox: mailbox, uidValidity: uidValidity[mailbox] ?? 1, uid: lastUID)
        if let other = mails.values.filter({ $0.isThere }).min(by: { $0.word < $1.word }), random.once(in: 4) {
            mails[id] = Mail(word: other.word, recipient: other.recipient, issued: other.issued)
            copied.insert(other.word)
        } else {
            lastWord += 1
            let recipient: String? = random.once(in: 2) ? "One@example.jp" : nil
            mails[id] = Mail(word: lastWord, recipient: recipient, issued: now - (random.once(in: 4) ? 30 : 0))
        }
        // Here before the daemon was: with a record of another time.
        if copied.contains(lastWord) == false, mails[id]?.word == lastWord, random.once(in: 5) {
            mails[id]?.record = [.claimed, .used, .rejected].randomElement(using: &random) ?? .claimed
            if let word = mails[id]?.word { holders[word] = [Holder(claimant: 0, isElsewhere: true)] }
        }
        tell(id)
    }

    private mutating func tell(_ id: PasswordID) {
        guard let mail = mails[id] else { return }
        mails[id]?.isTold = true
        perform(
            ledger.arrived(
                Password(
                    id: id, recipient: mail.recipient, secret: Self.words[mail.word % Self.words.count],
                    loginURL: "", issuedAt: at(mail.issued + Double(mail.word) / 1e6),
                    expiresAt: at(mail.issued + Self.lifetime)), mail.record, now: at(now)),
            "arrived \(id) \(mail.record)")
    }

    /// A mark that was asked for, carried out by the server.
    private mutating func answer(mayFail: Bool) {
        guard !asked.isEmpty else { return }
        let (id, change) = asked.remove(at: mayFail ? Int.random(in: 0..<asked.count, using: &random) : 0)
        let isCut = mayFail && random.once(in: 4)
        let isDone = !isCut || random.once(in: 2)
        var result = RecordResult.gone
        if let mail = mails[id], mail.isThere, uidValidity[id.mailbox] == id.uidValidity {
            result = .done
            switch change {
            case .claim:
                if mail.record == .unmarked {
                    if isDone { record(id, .claimed, isHeard: isCut) }
                } else {
                    result = .lost(mail.record)
                }
            case .confirmClaimed: if mail.record != .claimed { result = .lost(mail.record) }
            case .release:
                // Who settled it as unused spoke for all who had it until now.
                if settling[id] != nil { holders[mail.word] = [] }
                if isDone, mail.record == .claimed { record(id, .unmarked, isHeard: isCut) }
            case .settle(let used): if isDone { record(id, used ? .used : .rejected, isHeard: isCut) }
            }
        }
        if isCut { result = .failed(reason: "cut") }
        if result == .done, change == .claim || change == .confirmClaimed {
            proven.insert(id)
        } else {
            proven.remove(id)
        }
        perform(ledger.recordChanged(id, change, result, now: at(now)), "\(change) \(id) \(result)")
    }

    private mutating func record(_ id: PasswordID, _ record: Record, isHeard: Bool) {
        mails[id]?.record = record
        if isHeard { unheard.append((id, record)) }
    }

    /// What others did is heard, in its order.
    private mutating func hear() {
        guard !unheard.isEmpty else { return }
        let (id, record) = unheard.removeFirst()
        if let record {
            perform(ledger.changed(id, record, now: at(now)), "changed \(id) \(record)")
        } else {
            perform(ledger.vanished(id), "vanished \(id)")
        }
    }

    private mutating func expunge() {
        guard let id = mails.filter({ $0.value.isThere }).keys.sorted().randomElement(using: &random) else { return }
        mails[id]?.isThere = false
        unheard.append((id, nil))
    }

    /// The folder has a new UIDVALIDITY: all mails come again, with their records, under other names.
    private mutating func renumber() {
        let mailbox = "a"
        while !unheard.isEmpty { hear() }
        let validity = (uidValidity[mailbox] ?? 1) + 1
        uidValidity[mailbox] = validity
        ledger.opened(mailbox: mailbox, uidValidity: validity)
        story.append("opened \(validity)")
        for id in mails.keys.sorted() where id.mailbox == mailbox && id.uidValidity == validity - 1 {
            guard var mail = mails.removeValue(forKey: id), mail.isThere else { continue }
            mail.isTold = false
            let name = PasswordID(mailbox: mailbox, uidValidity: validity, uid: id.uid)
            mails[name] = mail
            tell(name)
        }
    }

    /// Claims, releases or settles on the same mailbox, by the same rules. It claims no mail that has copies: of those both
    /// daemons must have seen all to agree.
    private mutating func otherDaemon() {
        let candidates = mails.keys.sorted().filter { mails[$0]?.isThere == true }
        guard let id = candidates.randomElement(using: &random), let mail = mails[id] else { return }
        switch mail.record {
        case .unmarked:
            guard mail.issued + Self.lifetime > now, !copied.contains(mail.word) else { return }
            for holder in holders[mail.word] ?? [] { breach("\(id) given elsewhere while \(holder) has it") }
            holders[mail.word] = [Holder(claimant: 0, isElsewhere: true)]
            record(id, .claimed, isHeard: true)
        case .claimed where holders[mail.word]?.contains { $0.isElsewhere } == true:
            switch Outcome.allCases.randomElement(using: &random) {
            case .used: record(id, .used, isHeard: true)
            case .rejected: record(id, .rejected, isHeard: true)
            default:
                // Whoever settles what is in doubt speaks for all who had it.
                holders[mail.word] = []
                record(id, .unmarked, isHeard: true)
            }
        default: break
        }
    }

    // MARK: Claimants

    private mutating func claim() {
        lastClaimant += 1
        let filter = ClaimFilter(
            mailbox: random.once(in: 3) ? Self.mailboxes.randomElement(using: &random) : nil,
            recipient: random.once(in: 4) ? "one@EXAMPLE.jp" : nil,
            issuedAfter: random.once(in: 5) ? at(now - 20) : nil, includesInDoubt: random.once(in: 4))
        let new = Claimant(
            id: lastClaimant, connection: UInt64.random(in: 1...4, using: &random), filter: filter,
            deadline: at(now + (random.once(in: 3) ? 0 : Double.random(in: 0...40, using: &random))))
        claimants[new.id] = new
        unanswered.insert(new.id)
        perform(ledger.claim(new, now: at(now)), "claim \(new.id) \(filter)")
    }

    private mutating func withdraw() {
        guard let id = unanswered.sorted().randomElement(using: &random) else { return }
        ledger.withdraw(id)
        story.append("withdraw \(id)")
        unanswered.remove(id)
    }

    private mutating func hangUp() {
        let connection = UInt64.random(in: 1...4, using: &random)
        given = given.filter { claimants[$0.key]?.connection != connection }
        perform(ledger.connectionEnded(connection, now: at(now)), "connection \(connection) ended")
    }

    private mutating func undelivered() {
        guard let claimant = given.keys.sorted().randomElement(using: &random),
            let id = given.removeValue(forKey: claimant)
        else { return }
        guard let word = word(of: id) else { return }
        holders[word]?.removeAll { $0.claimant == claimant && !$0.isElsewhere }
        perform(ledger.undelivered(id, claimant: claimant, now: at(now)), "undelivered \(id) to \(claimant)")
    }

    private mutating func settle() {
        guard let id = ledger.entries.keys.sorted().randomElement(using: &random) else { return }
        let outcome = Outcome.allCases.randomElement(using: &random) ?? .used
        guard let actions = try? ledger.settle("\(id)", outcome) else { return }
        settling[id, default: 0] += 1
        if outcome == .unused, let word = word(of: id) { holders[word] = [] }
        given = given.filter { $0.value != id }
        perform(actions, "settle \(id) \(outcome)")
    }

    private func word(of id: PasswordID) -> Int? {
        // A renumbered mail is asked for by its old name too.
        (mails[id] ?? mails.first { $0.key.mailbox == id.mailbox && $0.key.uid == id.uid }?.value)?.word
    }

    private mutating func pass(seconds: Double) {
        now += seconds
        perform(ledger.tick(now: at(now)), "tick")
    }

    // MARK: What the ledger asks for

    private mutating func perform(_ actions: [Ledger.Action], _ cause: String) {
        story.append(cause + (actions.isEmpty ? "" : " -> " + actions.map(\.told).joined(separator: "; ")))
        for action in actions {
            switch action {
            case .change(let id, let change):
                asked.append((id, change))
                if change == .claim || change == .confirmClaimed { checkChoice(id, change) }
            case .give(let password, let claimant): gave(password, to: claimant)
            case .refuse(let claimant, _):
                if unanswered.remove(claimant) == nil { breach("\(claimant) was answered twice, or never asked") }
            case .settled(let id, _): settling[id] = settling[id].flatMap { $0 > 1 ? $0 - 1 : nil }
            case .entered: break
            }
        }
    }

    private mutating func gave(_ password: Password, to claimant: UInt64) {
        guard unanswered.remove(claimant) != nil, let filter = claimants[claimant]?.filter else {
            return breach("given to \(claimant), who does not wait")
        }
        guard let word = word(of: password.id) else { return breach("\(password.id) is not there") }
        if !proven.contains(password.id) { breach("\(password.id) given unmarked") }
        if password.expiresAt <= at(now) { breach("\(password.id) given after its end") }
        if !fits(filter, password.id) { breach("\(password.id) does not fit \(claimant)") }
        if let holder = holders[word]?.first, !filter.includesInDoubt {
            breach("\(password.id) given to \(claimant) while \(holder) has it")
        }
        holders[word, default: []].append(Holder(claimant: claimant))
        given[claimant] = password.id
    }

    private func fits(_ filter: ClaimFilter, _ id: PasswordID) -> Bool {
        guard let entry = ledger.entries[id], let issuedAt = entry.issuedAt else { return false }
        return (filter.mailbox ?? id.mailbox) == id.mailbox
            && (filter.recipient == nil || entry.recipient == "One@example.jp")
            && (filter.issuedAfter.map { floor($0) <= issuedAt } ?? true)
    }

    private func floor(_ date: Date) -> Date { Date(timeIntervalSince1970: date.timeIntervalSince1970.rounded(.down)) }

    // MARK: What must hold at any time

    /// Of those who wait and whom it fits, the first has it; and it is the newest that fits that one.
    private mutating func checkChoice(_ id: PasswordID, _ change: RecordChange) {
        guard case .claiming(let chosen, let fromDoubt)? = ledger.entries[id]?.state else { return }
        guard let chosenIndex = ledger.waiting.firstIndex(where: { $0.id == chosen }) else {
            return breach("\(id) is claimed for \(chosen), who does not wait")
        }
        for earlier in ledger.waiting[..<chosenIndex]
        where !isBusy(earlier.id) && fits(earlier.filter, id) && (!fromDoubt || earlier.filter.includesInDoubt) {
            breach("\(id) goes to \(chosen) before \(earlier.id)")
        }
    }

    private func isBusy(_ claimant: UInt64) -> Bool {
        ledger.entries.values.contains { if case .claiming(claimant, _) = $0.state { true } else { false } }
    }

    private mutating func check() {
        let told = mails.filter { $0.value.isTold && $0.value.isThere }.keys
        for id in told where ledger.entries[id] == nil && (mails[id]?.issued ?? 0) + 2 * Self.lifetime > now {
            breach("\(id) is forgotten")
        }
        for claimant in ledger.waiting where !isBusy(claimant.id) {
            if !unanswered.contains(claimant.id) { breach("\(claimant.id) waits although it was answered") }
            for (id, entry) in ledger.entries where (entry.expiresAt ?? at(0)) > at(now) {
                let isFree = entry.state == .available || entry.state == .inDoubt && claimant.filter.includesInDoubt
                if isFree, fits(claimant.filter, id) { breach("\(claimant.id) waits although \(id) is free") }
            }
        }
        for claimant in unanswered where !ledger.waiting.contains(where: { $0.id == claimant }) {
            breach("\(claimant) is forgotten")
        }
        // One entry stands for a password.
        var free: Set<Int> = []
        for (id, entry) in ledger.entries where entry.state == .available {
            guard let word = word(of: id) else { continue }
            if !free.insert(word).inserted { breach("\(id) is available twice") }
        }
        let next = ledger.nextDeadline
        var later = ledger
        if let next, next <= at(now) {
            _ = later.tick(now: at(now))
            if let again = later.nextDeadline, again <= at(now) { breach("the timer spins") }
        }
    }
}
