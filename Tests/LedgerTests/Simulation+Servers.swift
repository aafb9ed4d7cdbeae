import FoundationEssentials
import Trials

@testable import Ledger

extension Simulation {
    struct Server {
        enum Kind: CaseIterable {
            case keywords, systemFlags
            /// Keeps no marks, and says so.
            case none
            /// Keeps none, and says it did.
            case forgetful

            var isBelieved: Bool { self != .none }
            var keeps: Bool { self == .keywords || self == .systemFlags }
        }

        struct Mail {
            let uid: UInt32
            let word: Int
            let recipient: String?
            let issued: Double
            let internalDate: Int64
            var record = Record.unmarked
            var expiresAt: Double { issued + Simulation.lifetime }
        }

        let kind: Kind
        /// after_use is delete.
        let takesAway: Bool

        init(kind: Kind, takesAway: Bool) { (self.kind, self.takesAway) = (kind, takesAway) }

        /// Nobody reaches it.
        var isAway = false
        var uidValidity: UInt32 = 1
        var uidNext: UInt32 = 1
        var mails: [UInt32: Mail] = [:]
        private var lastDate: Int64 = 0
        /// As it was when it was backed up.
        var backup: (uidNext: UInt32, mails: [UInt32: Mail]) = (1, [:])

        mutating func add(word: Int, recipient: String?, issued: Double, record: Record = .unmarked) {
            lastDate += 1
            mails[uidNext] = Mail(
                uid: uidNext, word: word, recipient: recipient, issued: issued, internalDate: lastDate, record: record)
            uidNext += 1
        }
    }

    // MARK: What happens to mailboxes

    mutating func deliver() {
        let account = random.once(in: 3) ? "y" : "x"
        guard let other = random.once(in: 2) ? "x" : "y" as String?, var server = servers[account] else { return }
        let source = servers[other]?.mails.values.min { $0.uid < $1.uid }
        // Of copies in two mailboxes two daemons cannot know.
        // Nor of one that comes when its twin has been used and taken away.
        if let source, random.once(in: 3), daemons.count == 1 || other == account && !server.takesAway {
            server.add(
                word: source.word, recipient: random.once(in: 2) ? source.recipient : "Two@example.jp",
                issued: source.issued + (random.once(in: 3) ? 3 : 0))
            copied.insert(source.word)
            if killedWith.contains(source.word) { unpromised.insert(source.word) }
            tell("\(account) gets \(server.uidNext - 1), a copy of password-\(source.word)")
        } else {
            guard lastWord + 1 < Self.words.count else { return }
            lastWord += 1
            server.add(
                word: lastWord, recipient: random.once(in: 2) ? "One@example.jp" : nil, issued: uptime)
            tell("\(account) gets \(server.uidNext - 1), password-\(lastWord)")
        }
        servers[account] = server
        if random.once(in: 3) { servers[account]?.backup = (server.uidNext, server.mails) }
    }

    /// A filter or a person moves a mail away and back, to the other mailbox, or removes it.
    mutating func move() {
        let account = random.once(in: 2) ? "x" : "y"
        guard var server = servers[account], let mail = server.mails.values.randomElement(using: &random) else {
            return
        }
        // Another daemon may not have heard of the mark, and nobody could tell it any more.
        guard daemons.count == 1 || mail.record == .unmarked && !copied.contains(mail.word) else { return }
        server.mails[mail.uid] = nil
        servers[account] = server
        let target = random.once(in: 3) && daemons.count == 1 ? (account == "x" ? "y" : "x") : account
        tell("\(account) loses \(mail.uid)")
        guard random.once(in: 2), daemons.count == 1, servers[target]?.kind == server.kind else { return }
        if !server.kind.keeps, !server.mails.isEmpty || target != account { return }
        if !server.kind.keeps { return }
        servers[target]?.add(
            word: mail.word, recipient: mail.recipient, issued: mail.issued, record: mail.record)
        tell("\(target) gets it as \((servers[target]?.uidNext ?? 1) - 1)")
    }

    /// A new UIDVALIDITY: all mails have other numbers.
    mutating func renumber() {
        let account = random.once(in: 2) ? "x" : "y"
        guard var server = servers[account] else { return }
        let mails = server.mails.values.sorted { $0.uid < $1.uid }
        (server.uidValidity, server.mails, server.uidNext) = (server.uidValidity + 1, [:], 1)
        for mail in mails {
            // What was to be marked by its number cannot be found by it any more, should the daemon be killed.
            let isHeld = ended.contains(mail.word) || !(holders[mail.word] ?? []).isEmpty
            if isHeld, mail.record == .unmarked { unpromised.insert(mail.word) }
            server.add(word: mail.word, recipient: mail.recipient, issued: mail.issued, record: mail.record)
        }
        server.backup = (server.uidNext, server.mails)
        servers[account] = server
        tell("\(account) has UIDVALIDITY \(server.uidValidity)")
        cutAll(account)
    }

    /// A backup is restored, its UIDVALIDITY unchanged: what came later is gone, and its numbers are given anew. Marks that were made
    /// since are lost, and nobody could know of them: so only what has no later mark is restored.
    mutating func restore() {
        let account = random.once(in: 2) ? "x" : "y"
        guard var server = servers[account], daemons.count == 1 else { return }
        for (uid, mail) in server.mails where server.backup.mails[uid] != nil {
            server.backup.mails[uid]?.record = mail.record
        }
        server.backup.mails = server.backup.mails.filter { server.mails[$0.key] != nil }
        (server.uidNext, server.mails) = server.backup
        servers[account] = server
        tell("\(account) is restored to \(server.uidNext)")
        cutAll(account)
    }

    private mutating func cutAll(_ account: String) {
        for daemon in daemons.indices {
            for (name, link) in daemons[daemon].links where link.account == account { cut(daemon, name) }
        }
    }
}
