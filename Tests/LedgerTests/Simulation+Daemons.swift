import FoundationEssentials
import Trials

@testable import Ledger

extension Simulation {
    struct Daemon {
        /// The account behind each of its mailboxes.
        var accounts: [String: String]
        var ledger: Ledger
        var links: [String: Link]
        /// The runtime directory.
        var memory = Memory()
        var claimants: [UInt64: Claimant] = [:]
        var unanswered: Set<UInt64> = []
        /// What claimants hold, or may hold.
        var given: [UInt64: PasswordID] = [:]
        var settling: Set<UInt64> = []

        init(_ accounts: [String: String], _ servers: [String: Server], memory: Memory = Memory()) {
            self.accounts = accounts
            self.memory = memory
            if self.memory.seed == nil { self.memory.apply(.seed(1)) }
            ledger = Ledger(mailboxes: Set(accounts.keys), memory: self.memory)
            links = accounts.mapValues { Link(account: $0) }
        }
    }

    // MARK: What daemons go through

    /// Killed, and started again by systemd; or by a machine that was restarted, and whose runtime directory is gone.
    mutating func kill(_ daemon: Int, losesMemory: Bool = false) {
        for name in ["a", "b"] { cut(daemon, name) }
        tell("\(daemon) is killed" + (losesMemory ? ", and its runtime directory is lost" : ""))
        for word in Set(holders.filter { !$0.value.isEmpty }.keys).union(ended) {
            killedWith.insert(word)
            // A copy that this daemon has never seen, nobody will know for one where the other's mark cannot be seen.
            let copies = daemons[daemon].accounts.flatMap { name, account in
                (servers[account]?.mails.values.filter { $0.word == word } ?? []).map { (name, account, $0) }
            }
            let isKnown = copies.allSatisfy { name, account, mail in
                let id = PasswordID(mailbox: name, uidValidity: servers[account]?.uidValidity ?? 0, uid: mail.uid)
                let ledger = daemons[daemon].ledger
                let known = ledger.renamed[id] ?? id
                // A restored backup has another mail under the same number.
                guard let message = ledger.messages[known], message.isThere else { return false }
                return message.account == account && message.internalDate == mail.internalDate
                    && self.word(known, daemon) == word
            }
            // Nor what could not be marked, where it is written down no longer: a copy, or a settlement that failed.
            let isUnmarked = daemons[daemon].accounts.values.contains { account in
                guard let server = servers[account], server.kind.keeps else { return false }
                return server.mails.values.contains { $0.word == word && $0.record == .unmarked }
            }
            // One daemon alone knows it by its trace.
            let isTraced = daemons.count == 1 && !losesMemory
            if !isKnown && !isTraced || losesMemory && (copied.contains(word) || isUnmarked) { unpromised.insert(word) }
        }
        let accounts = daemons[daemon].accounts
        daemons[daemon] = Daemon(accounts, servers, memory: losesMemory ? Memory() : daemons[daemon].memory)
    }

    /// A reload that gives each mailbox the other's account.
    mutating func exchange(_ daemon: Int) {
        let accounts = ["a": daemons[daemon].accounts["b"] ?? "y", "b": daemons[daemon].accounts["a"] ?? "x"]
        for name in ["a", "b"] {
            cut(daemon, name)
            daemons[daemon].links[name]?.queue.append(.left)
        }
        daemons[daemon].accounts = accounts
        perform(
            daemons[daemon].ledger.configured(Set(accounts.keys), now: now), daemon, "accounts are exchanged")
        for (name, account) in accounts {
            daemons[daemon].links[name]?.account = account
            daemons[daemon].links[name]?.kept = [:]
            daemons[daemon].links[name]?.uncertain = []
        }
    }

    /// The ledger hears of the next thing that a session has to tell.
    mutating func hear(_ daemon: Int, _ name: String) {
        guard daemons[daemon].links[name]?.queue.isEmpty == false,
            let event = daemons[daemon].links[name]?.queue.removeFirst()
        else { return }
        let now = now
        func id(_ uid: UInt32, _ uidValidity: UInt32) -> PasswordID {
            PasswordID(mailbox: name, uidValidity: uidValidity, uid: uid)
        }
        switch event {
        case .opened(let watched, let uidValidity, let uidNext, let keepsMarks):
            perform(
                daemons[daemon].ledger.opened(
                    name, watched, uidValidity: uidValidity, uidNext: uidNext, keepsMarks: keepsMarks, now: now),
                daemon,
                "opened \(name)")
        case .arrived(let mail, let uidValidity):
            let new = Password(
                id: id(mail.uid, uidValidity), recipient: mail.recipient, secret: Self.words[mail.word], loginURL: "",
                issuedAt: at(mail.issued), expiresAt: at(mail.expiresAt))
            perform(
                daemons[daemon].ledger.arrived(new, mail.record, internalDate: mail.internalDate, now: now), daemon,
                "arrived \(new.id) password-\(mail.word) \(mail.record)")
        case .changed(let uid, let uidValidity, let record):
            perform(
                daemons[daemon].ledger.changed(id(uid, uidValidity), record, now: now), daemon,
                "changed \(name)/\(uid) \(record)")
        case .vanished(let uid, let uidValidity):
            perform(daemons[daemon].ledger.vanished(id(uid, uidValidity), now: now), daemon, "vanished \(name)/\(uid)")
        case .searched: perform(daemons[daemon].ledger.searched(name, now: now), daemon, "searched \(name)")
        case .closed: perform(daemons[daemon].ledger.closed(name, reason: "closed", now: now), daemon, "closed \(name)")
        case .left: perform(daemons[daemon].ledger.left(name, now: now), daemon, "left \(name)")
        case .keepsNoMarks:
            perform(daemons[daemon].ledger.keepsNoMarks(name, now: now), daemon, "\(name) keeps no marks")
        case .answered(let id, let change, let key, let result):
            perform(
                daemons[daemon].ledger.recordChanged(id, change, key, result, now: now), daemon,
                "\(change) \(id) \(result)")
        }
    }

    // MARK: Claimants

    mutating func claim(_ daemon: Int) {
        lastClaimant += 1
        let filter = ClaimFilter(
            mailbox: random.once(in: 4) ? (random.once(in: 2) ? "a" : "b") : nil,
            recipient: random.once(in: 4) ? "one@EXAMPLE.jp" : nil,
            issuedAfter: random.once(in: 5) ? at(uptime - 20) : nil, includesInDoubt: random.once(in: 4))
        let new = Claimant(
            id: lastClaimant, connection: UInt64.random(in: 1...4, using: &random), filter: filter,
            deadline: .seconds(uptime + (random.once(in: 3) ? 0 : Double.random(in: 0...40, using: &random))))
        daemons[daemon].claimants[new.id] = new
        daemons[daemon].unanswered.insert(new.id)
        perform(
            daemons[daemon].ledger.claim(new, now: now), daemon,
            "claim \(new.id) \(filter.includesInDoubt ? "in doubt" : "")")
    }

    mutating func withdraw(_ daemon: Int) {
        guard let id = daemons[daemon].unanswered.sorted().randomElement(using: &random) else { return }
        daemons[daemon].unanswered.remove(id)
        perform(daemons[daemon].ledger.withdraw(id, now: now), daemon, "withdraw \(id)")
    }

    mutating func hangUp(_ daemon: Int) {
        let connection = UInt64.random(in: 1...4, using: &random)
        perform(daemons[daemon].ledger.connectionEnded(connection, now: now), daemon, "connection \(connection) ended")
    }

    mutating func undelivered(_ daemon: Int) {
        guard let claimant = daemons[daemon].given.keys.sorted().randomElement(using: &random),
            let id = daemons[daemon].given.removeValue(forKey: claimant), let word = word(id, daemon)
        else { return }
        holders[word]?.removeAll { $0.daemon == daemon && $0.claimant == claimant }
        perform(
            daemons[daemon].ledger.undelivered(id, claimant: claimant, now: now), daemon,
            "undelivered \(id) to \(claimant)")
    }

    mutating func settle(_ daemon: Int) {
        let candidates = daemons[daemon].ledger.statuses(now: now).filter { [.claimed, .inDoubt].contains($0.state) }
        guard let status = candidates.randomElement(using: &random), let word = word(status.id, daemon) else { return }
        let outcome = Outcome.allCases.randomElement(using: &random) ?? .used
        lastClaimant += 1
        daemons[daemon].settling.insert(lastClaimant)
        var ledger = daemons[daemon].ledger
        let isRefused = ledger.settle("\(status.id)", outcome, call: 0, now: now).contains {
            if case .settled(0, .notClaimed) = $0 { true } else { false }
        }
        if !isRefused, outcome != .unused { spokenOf.insert(word) }
        // It is in doubt here, or was when it was claimed, while another daemon is about to give it: who settles it speaks for who has not
        // got it yet.
        var isFromDoubt = status.state == .inDoubt
        if case .claimed(_, _, true)? = daemons[daemon].ledger.custody(of: status.id)?.custody.state {
            isFromDoubt = true
        }
        if !isRefused, isFromDoubt, daemons.count > 1 { unpromised.insert(word) }
        // Whoever settles speaks for all who had it.
        if isRefused {
            tell("\(daemon): \(status.id) is not claimed")
        } else if outcome == .unused {
            holders[word] = []
            // Where it was in doubt, its end had not reached the mailbox.
            ended.remove(word)
        } else if daemons.count == 1 {
            // Another daemon knows of it once the mailbox does.
            ended.insert(word)
        }
        if !isRefused { daemons[daemon].given = daemons[daemon].given.filter { $0.value != status.id } }
        perform(
            daemons[daemon].ledger.settle("\(status.id)", outcome, call: lastClaimant, now: now), daemon,
            "settle \(status.id) \(outcome)")
    }

    // MARK: What the ledger asks for

    mutating func perform(_ actions: [Ledger.Action], _ daemon: Int, _ cause: String) {
        tell("\(daemon): " + cause + (actions.isEmpty ? "" : " -> " + actions.map(\.told).joined(separator: "; ")))
        for action in actions {
            switch action {
            case .change(let id, let change, let key): ask(daemon, id, change, key)
            case .give(let password, let claimant): gave(daemon, password, to: claimant)
            case .refuse(let claimant, _):
                if daemons[daemon].unanswered.remove(claimant) == nil {
                    breach("\(daemon): \(claimant) was answered twice, or never asked")
                }
            case .settled(let call, _):
                if daemons[daemon].settling.remove(call) == nil { breach("\(daemon): settled twice") }
            case .entered, .forgotten: break
            case .remember(let entry): daemons[daemon].memory.apply(entry)
            }
        }
    }

    private mutating func ask(_ daemon: Int, _ id: PasswordID, _ change: RecordChange, _ key: MessageKey) {
        if daemons[daemon].links[id.mailbox]?.account != key.account {
            daemons[daemon].links[id.mailbox]?.queue.append(.answered(id, change, key, .gone))
        } else if daemons[daemon].links[id.mailbox]?.isConnected == true {
            daemons[daemon].links[id.mailbox]?.asked.append((id, change, key))
        } else {
            daemons[daemon].links[id.mailbox]?.queue.append(.answered(id, change, key, .unavailable(reason: "away")))
        }
    }

    private mutating func gave(_ daemon: Int, _ password: Password, to claimant: UInt64) {
        guard daemons[daemon].unanswered.remove(claimant) != nil,
            let filter = daemons[daemon].claimants[claimant]?.filter
        else { return breach("\(daemon): given to \(claimant), who does not wait") }
        guard let word = word(password.id, daemon) else { return breach("\(daemon): \(password.id) is not there") }
        if password.expiresAt <= at(wall) { breach("\(daemon): \(password.id) given after its end") }
        if let message = daemons[daemon].ledger.messages[password.id], !filter.fits(message) {
            breach("\(daemon): \(password.id) does not fit \(claimant)")
        }
        let others = holders[word]?.filter { !$0.isDoubting || $0.daemon == daemon }
        if let holder = others?.first, !filter.includesInDoubt, !unpromised.contains(word) {
            breach("\(daemon): password-\(word) given to \(claimant) while \(holder) has it")
        }
        if ended.contains(word), !filter.includesInDoubt, !unpromised.contains(word) {
            breach("\(daemon): password-\(word) given after its end")
        }
        holders[word, default: []].append(
            Holder(daemon: daemon, claimant: claimant, isDoubting: filter.includesInDoubt))
        daemons[daemon].given[claimant] = password.id
    }
}
