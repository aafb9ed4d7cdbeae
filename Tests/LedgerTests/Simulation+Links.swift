import FoundationEssentials
import Trials

@testable import Ledger

extension Simulation {
    /// A daemon's session with a mailbox, as the module IMAP has it: marks go in, and answers and events come out in one order.
    struct Link {
        enum Event {
            case opened(WatchedMailbox, uidValidity: UInt32, uidNext: UInt32, keepsMarks: Bool)
            case arrived(Server.Mail, uidValidity: UInt32)
            case changed(UInt32, uidValidity: UInt32, Record)
            case vanished(UInt32, uidValidity: UInt32)
            case searched, closed, left
            case keepsNoMarks
            case answered(PasswordID, RecordChange, MessageKey, RecordResult)
        }

        var account: String
        var isConnected = false
        var isSearched = false
        var uidValidity: UInt32 = 0
        /// What is known of the messages.
        var kept: [UInt32: Server.Mail] = [:]
        var uncertain: Set<UInt32> = []
        var queue: [Event] = []
        /// Asked of the server and not answered.
        var asked: [(id: PasswordID, change: RecordChange, key: MessageKey)] = []
    }

    // MARK: Sessions

    mutating func connect(_ daemon: Int, _ name: String) {
        guard var link = daemons[daemon].links[name], !link.isConnected, let server = servers[link.account],
            !server.isAway
        else { return }
        link.isConnected = true
        link.isSearched = false
        if link.uidValidity != server.uidValidity { (link.kept, link.uncertain) = ([:], []) }
        link.uidValidity = server.uidValidity
        link.queue.append(
            .opened(
                WatchedMailbox(account: link.account, takesAway: server.takesAway), uidValidity: server.uidValidity,
                uidNext: server.uidNext, keepsMarks: server.kind.isBelieved))
        daemons[daemon].links[name] = link
        look(daemon, name)
        daemons[daemon].links[name]?.queue.append(.searched)
        daemons[daemon].links[name]?.isSearched = true
        tell("\(daemon) opens \(name)")
    }

    /// The session hears of what has happened.
    mutating func look(_ daemon: Int, _ name: String) {
        guard var link = daemons[daemon].links[name], link.isConnected, let server = servers[link.account] else {
            return
        }
        for (uid, known) in link.kept.sorted(by: { $0.key < $1.key }) {
            guard let mail = server.mails[uid], mail.internalDate == known.internalDate else {
                link.kept[uid] = nil
                if server.mails[uid] == nil { link.queue.append(.vanished(uid, uidValidity: link.uidValidity)) }
                continue
            }
            if mail.record != known.record || link.uncertain.remove(uid) != nil {
                link.queue.append(.changed(uid, uidValidity: link.uidValidity, mail.record))
            }
            link.kept[uid] = mail
        }
        for (uid, mail) in server.mails.sorted(by: { $0.key < $1.key }) where link.kept[uid] == nil {
            link.kept[uid] = mail
            link.queue.append(.arrived(mail, uidValidity: link.uidValidity))
        }
        daemons[daemon].links[name] = link
    }

    /// The session ends: whether what was under way was done, nobody knows.
    mutating func cut(_ daemon: Int, _ name: String) {
        guard var link = daemons[daemon].links[name], link.isConnected else { return }
        tell("\(daemon) loses \(name)")
        for (index, (id, change, key)) in link.asked.enumerated() {
            if index > 0 || random.once(in: 3) {
                link.queue.append(.answered(id, change, key, .unavailable(reason: "cut")))
            } else {
                if random.once(in: 2) {
                    speakForAll(daemon, id, change)
                    _ = carryOut(change, id, key, &link)
                }
                link.uncertain.insert(id.uid)
                link.queue.append(.answered(id, change, key, .unknown(reason: "cut")))
            }
        }
        link.asked = []
        link.queue.append(.closed)
        link.isConnected = false
        daemons[daemon].links[name] = link
    }

    /// A server goes, for longer than a cut, or comes back.
    mutating func leaveOrReturn() {
        guard let account = servers.keys.sorted().randomElement(using: &random) else { return }
        servers[account]?.isAway.toggle()
        let isAway = servers[account]?.isAway ?? false
        tell("\(account) is \(isAway ? "away" : "back")")
        guard isAway else { return }
        for daemon in daemons.indices {
            for name in ["a", "b"] where daemons[daemon].links[name]?.account == account { cut(daemon, name) }
        }
    }

    /// The server answers to what it was asked first, or has too much to do.
    mutating func answer(_ daemon: Int, _ name: String, mayFail: Bool = true) {
        guard var link = daemons[daemon].links[name], !link.asked.isEmpty else { return }
        let (id, change, key) = link.asked.removeFirst()
        let result: RecordResult
        if mayFail, random.once(in: 8) {
            result = .unavailable(reason: "busy")
        } else if mayFail, random.once(in: 40) {
            result = .refused(reason: "no permission")
        } else {
            speakForAll(daemon, id, change)
            result = carryOut(change, id, key, &link)
        }
        link.queue.append(.answered(id, change, key, result))
        if result == .notKept { link.queue.append(.keepsNoMarks) }
        daemons[daemon].links[name] = link
    }

    /// Whoever has said that what was in doubt is unused spoke for all who had it until the mark is off.
    private mutating func speakForAll(_ daemon: Int, _ id: PasswordID, _ change: RecordChange) {
        guard change == .release, let word = word(id, daemon),
            case .releasing(let release)? = daemons[daemon].ledger.custody(of: id)?.custody.state, release.wasInDoubt
        else { return }
        holders[word] = []
    }

    /// What the server does, and the session tells of it.
    private mutating func carryOut(_ change: RecordChange, _ id: PasswordID, _ key: MessageKey, _ link: inout Link)
        -> RecordResult
    {
        guard var server = servers[link.account] else { return .gone }
        guard id.uidValidity == server.uidValidity, let mail = server.mails[id.uid],
            link.kept[id.uid]?.internalDate == mail.internalDate, key.internalDate == mail.internalDate
        else { return .gone }
        func set(_ record: Record) -> RecordResult {
            link.uncertain.remove(id.uid)
            guard server.kind.keeps else { return .notKept }
            server.mails[id.uid]?.record = record
            servers[link.account] = server
            link.kept[id.uid] = server.mails[id.uid]
            return .done
        }
        switch change {
        case .claim:
            return mail.record == .unmarked
                ? set(server.kind == .systemFlags ? .flagged : .claimed) : .lost(mail.record)
        case .confirmClaimed:
            if !server.kind.keeps { return .notKept }
            return mail.record.isHeld ? .done : .lost(mail.record)
        case .release:
            if mail.record.isFinal { return .lost(mail.record) }
            return set(.unmarked)
        case .settle(let used, _):
            if mail.record == .used, !used { return .lost(.used) }
            // What nobody had yet, somebody may be about to get whose mark came first.
            if server.kind.keeps, !(holders[mail.word] ?? []).isEmpty { ended.insert(mail.word) }
            let result = set(used ? .used : .rejected)
            if server.takesAway {
                server.mails[id.uid] = nil
                servers[link.account] = server
            }
            return result
        }
    }
}
