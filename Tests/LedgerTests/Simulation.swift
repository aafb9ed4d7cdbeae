import FoundationEssentials
import Secrets
import Trials

@testable import Ledger

/// Daemons, mailboxes and claimants in one story: servers that keep keywords, system flags or nothing, copies, UIDVALIDITY that changes,
/// backups that are restored, accounts that are exchanged, links that are cut before and after a command, kills, clocks that are set, workers
/// that settle, give back and vanish. All by a virtual clock, from a seed.
///
/// It knows who has seen which password and who gave it back; of the ledger's states it knows nothing.
struct Simulation {
    /// Who has seen a password, or may have, and has not given it back.
    struct Holder: Equatable {
        let daemon: Int
        let claimant: UInt64
        /// It asked for what was in doubt: another daemon may have been about to give it then.
        var isDoubting = false
    }

    static let lifetime = 60.0
    static let words = (0..<32).map { secret("password-\($0)") }

    var random: Seeded
    var wall = 0.0
    var uptime = 0.0
    var servers: [String: Server] = [:]
    var daemons: [Daemon] = []
    /// By the password's number.
    var holders: [Int: [Holder]] = [:]
    /// Passwords that somebody has said to be used or rejected.
    var ended: Set<Int> = []
    /// The same, though nobody may have had them.
    var spokenOf: Set<Int> = []
    var lastWord = 0
    var copied: Set<Int> = []
    /// Passwords that somebody had when a daemon was killed.
    var killedWith: Set<Int> = []
    /// Of these there is a copy in another mailbox that the daemon had not seen before it was killed.
    var unpromised: Set<Int> = []
    var lastClaimant: UInt64 = 0
    private(set) var breaches: [String] = []
    private(set) var story: [String] = []

    var now: Moment { Moment(wall: at(wall), uptime: .seconds(uptime)) }

    init(seed: UInt64) {
        random = Seeded(seed)
        let isShared = random.once(in: 3)
        for account in ["x", "y"] {
            let kind: Server.Kind =
                isShared ? .keywords : Server.Kind.allCases.randomElement(using: &random) ?? .keywords
            servers[account] = Server(kind: kind, takesAway: random.once(in: 4))
        }
        daemons = (0..<(isShared ? 2 : 1)).map { _ in Daemon(["a": "x", "b": "y"], servers) }
        for index in daemons.indices {
            for name in ["a", "b"] where !random.once(in: 4) { connect(index, name) }
        }
    }

    mutating func breach(_ text: String) { breaches.append("\(text), at \(wall)/\(uptime)") }
    mutating func tell(_ text: String) { story.append("\(Int(uptime)): \(text)") }

    // MARK: Steps

    mutating func step() {
        let daemon = Int.random(in: daemons.indices, using: &random)
        let name = random.once(in: 2) ? "a" : "b"
        switch Int.random(in: 0..<61, using: &random) {
        case 0...3: deliver()
        case 4...9: claim(daemon)
        case 10...21: answer(daemon, name)
        case 22...37: hear(daemon, name)
        case 38...43: look(daemon, name)
        case 44...45: connect(daemon, name)
        case 46...48: settle(daemon)
        case 49: hangUp(daemon)
        case 50: if random.once(in: 2) { undelivered(daemon) }
        case 51: if random.once(in: 3) { withdraw(daemon) }
        case 52: if random.once(in: 2) { cut(daemon, name) }
        case 53: if random.once(in: 3) { kill(daemon, losesMemory: random.once(in: 4)) }
        case 54: if random.once(in: 2) { move() }
        case 55: if random.once(in: 4) { renumber() }
        case 56: if random.once(in: 4) { restore() }
        case 57: if random.once(in: 5) { exchange(daemon) }
        case 58: if random.once(in: 3) { setClock() }
        case 59: if random.once(in: 2) { leaveOrReturn() }
        default: pass(seconds: Double.random(in: 0...4, using: &random))
        }
        check()
    }

    /// Everything is mended, and everything that is under way comes to its end: then nothing may be left hanging, and nothing lost.
    mutating func comeToRest() {
        wall = max(wall, uptime)
        for account in servers.keys.sorted() { servers[account]?.isAway = false }
        for _ in 0..<3 {
            for daemon in daemons.indices {
                for name in ["a", "b"] {
                    if daemons[daemon].links[name]?.isConnected != true { connect(daemon, name) }
                    drain(daemon, name)
                    look(daemon, name)
                    drain(daemon, name)
                }
            }
        }
        for daemon in daemons.indices { checkNothingIsLost(daemon) }
        for _ in 0..<200 {
            var isIdle = true
            for daemon in daemons.indices {
                guard let wake = daemons[daemon].ledger.nextWake(now: now) else { continue }
                isIdle = false
                pass(seconds: wake / .seconds(1), of: daemon)
                for name in ["a", "b"] { drain(daemon, name) }
            }
            if isIdle { break }
        }
        for (index, daemon) in daemons.enumerated() {
            if !daemon.unanswered.isEmpty { breach("\(index): claimants \(daemon.unanswered) were never answered") }
            if !daemon.settling.isEmpty { breach("\(index): settlements \(daemon.settling) were never answered") }
            if daemon.ledger.nextWake(now: now) != nil { breach("\(index): the timer spins") }
        }
    }

    private mutating func drain(_ daemon: Int, _ name: String) {
        for _ in 0..<500 {
            guard let link = daemons[daemon].links[name], !link.queue.isEmpty || !link.asked.isEmpty else { return }
            if link.asked.isEmpty { hear(daemon, name) } else { answer(daemon, name, mayFail: false) }
        }
        breach("\(daemon): \(name) is asked for ever")
    }

    // MARK: Time

    private mutating func setClock() {
        wall += [-30, -3, 20, 90, 100_000].randomElement(using: &random) ?? 0
        tell("the clock is set to \(wall)")
        if random.once(in: 2) { wall = uptime }
        pass(seconds: 0)
    }

    private mutating func pass(seconds: Double) {
        wall += seconds
        uptime += seconds
        for daemon in daemons.indices { perform(daemons[daemon].ledger.tick(now: now), daemon, "tick") }
    }

    private mutating func pass(seconds: Double, of daemon: Int) {
        wall += seconds + 0.001
        uptime += seconds + 0.001
        perform(daemons[daemon].ledger.tick(now: now), daemon, "tick")
    }

    // MARK: What must hold at any time

    private mutating func check() {
        for (index, daemon) in daemons.enumerated() {
            for claimant in daemon.unanswered {
                guard let deadline = daemon.claimants[claimant]?.deadline else { continue }
                if deadline + .seconds(12) < now.uptime { breach("\(index): \(claimant) outlives its wait") }
            }
            let waiting = Set(daemon.ledger.waiting.map(\.id))
            if waiting != daemon.unanswered { breach("\(index): \(waiting) wait, \(daemon.unanswered) are unanswered") }
            let ids = daemon.ledger.statuses(now: now).map(\.id)
            if Set(ids).count != ids.count { breach("\(index): a mail has two states") }
            for (name, link) in daemon.links where link.isSearched && link.queue.isEmpty {
                for (uid, known) in link.kept where at(known.expiresAt) > now.wall {
                    let isListed = ids.contains {
                        $0.mailbox == name && $0.uid == uid && $0.uidValidity == link.uidValidity
                    }
                    if !isListed { breach("\(index): \(name)/\(uid) is in no state") }
                }
            }
            var free: Set<Int> = []
            for status in daemon.ledger.statuses(now: now) where status.state == .available {
                guard let word = word(status.id, index) else { continue }
                if !free.insert(word).inserted { breach("\(index): password-\(word) is available twice") }
            }
            if let wake = daemon.ledger.nextWake(now: now), wake == .zero {
                var later = daemon.ledger
                _ = later.tick(now: now)
                if later.nextWake(now: now) == .zero { breach("\(index): the timer spins") }
            }
        }
    }

    /// What nobody has can be had, at least by whoever asks for what is in doubt.
    private mutating func checkNothingIsLost(_ daemon: Int) {
        let statuses = daemons[daemon].ledger.statuses(now: now)
        for (name, account) in daemons[daemon].accounts {
            for mail in servers[account]?.mails.values.map(\.self) ?? []
            where mail.expiresAt > wall && !spokenOf.contains(mail.word) && holders[mail.word]?.isEmpty ?? true {
                // A copy, or somebody else's earlier end, may have ended it.
                let isThere = statuses.contains {
                    [.available, .inDoubt].contains($0.state) && word($0.id, daemon) == mail.word
                }
                let isExpired = statuses.contains { $0.state == .expired && word($0.id, daemon) == mail.word }
                let isUnderWay = statuses.contains { $0.state == .claimed && word($0.id, daemon) == mail.word }
                if !isThere, !isExpired, !isUnderWay {
                    breach("\(daemon): \(name)/\(mail.uid) password-\(mail.word) is lost")
                }
            }
        }
    }

    /// The number of an entry's password.
    func word(_ id: PasswordID, _ daemon: Int) -> Int? {
        guard let fingerprint = daemons[daemon].ledger.messages[id]?.fingerprint else { return nil }
        return Self.fingerprints[fingerprint]
    }

    private static let fingerprints: [Int: Int] = {
        var words: [Int: Int] = [:]
        for (word, secret) in Simulation.words.enumerated() {
            let id = PasswordID(mailbox: "", uidValidity: 1, uid: 1)
            if let fingerprint = Message(password(id, secret), as: id, internalDate: nil, seed: nil).fingerprint {
                words[fingerprint] = word
            }
        }
        return words
    }()
}
