import Glibc
import Secrets

/// Watches one folder over one session, until the session fails or the daemon stops.
///
/// New mail is fetched by UID from the last one seen. Whatever is missed (a gap in the connection, a UIDNEXT that went back) is
/// found by a search for the sender. What others do to the messages that matter is found by asking for their flags again
/// when the server hints at a change, and whenever IDLE is renewed.
final class Watch<Reading: Sendable> {
    /// As much of a message as a password mail needs, long transport headers included.
    private static var firstBound: Int { 32 * 1024 }
    /// As much of a message as is ever fetched.
    private static var wholeBound: Int { 4 * 1024 * 1024 }
    /// Messages fetched in one command.
    private static var batch: Int { 16 }
    /// Messages searched before the folder counts as watched: a server reads through a thousand in 3 ms, through all of a large folder
    /// in hundreds.
    private static var newest: UInt32 { 100 }

    private let session: Session
    private let selected: SelectedFolder
    private let mailbox: MailboxCore<Reading>
    private var memory: FolderMemory
    private let policy: WatchPolicy
    /// When the last flight was sent. The pace counts from there, not from its return: else a distant server is asked less often.
    private var lastAsked = Deadline.now
    /// The server pushes new mail itself (NOTIFY).
    private var isNotified = false
    /// So many of the newest messages have been searched; nil: all of them.
    private var searched: UInt32?
    /// When mail that was announced and not pushed is fetched all the same.
    private var pushDue: Deadline?

    /// Opens the folder. `memory` is what was known of it before.
    init(_ session: Session, _ mailbox: MailboxCore<Reading>, _ memory: FolderMemory) throws(IMAPError) {
        let settings = mailbox.settings
        selected = try session.open(settings.folder, readOnly: !settings.isWritable)
        self.session = session
        self.mailbox = mailbox
        self.memory = memory
        self.memory.opened(uidValidity: selected.uidValidity)
        policy = WatchPolicy(poll: settings.poll, eagerPoll: settings.eagerPoll, canIdle: session.offers("IDLE"))
    }

    /// What is known of the folder now, for the next session.
    var knowledge: FolderMemory { memory }

    var claims: MailboxStatus.Claims {
        guard mailbox.settings.isWritable, selected.keepsKeywords else { return .memory }
        return selected.hasModSeq ? .exclusive : .marked
    }

    var isReadOnly: Bool { mailbox.settings.isWritable && selected.isReadOnly }
    var arrival: MailboxStatus.Arrival { isNotified ? .notify : policy.canIdle ? .idle : .poll }
    var uidValidity: UInt32 { selected.uidValidity }

    /// Finds what came, changed and went before the session was there, and asks to be told of what comes.
    func catchUp() throws(IMAPError) {
        try refresh()
        memory.newMailBegins(at: selected.uidNext)
        if selected.uidNext == nil { memory.passed(try session.lastUID()) }
        try searchNewest(Self.newest)
        isNotified = try session.notify(bound: Self.firstBound)
    }

    /// Watches until something fails; throws always.
    func run() throws(IMAPError) -> Never {
        while true {
            try carryOutMarks()
            try takePushed()
            if session.flight.isUnderWay {
                try wait(until: session.flight.deadline)
            } else if session.folder.announced > 0, !isNotified || pushDue?.hasPassed ?? false {
                try fetchArrivals()
            } else if session.folder.hasChanges {
                try refresh()
            } else if let searched {
                // Ten times as far each time: what may be claimed is known soon, and a mark never waits for long.
                try searchNewest(UInt32(clamping: UInt64(searched) * 10))
            } else if session.flight.idleTag == nil, policy.canIdle {
                try send([])
            } else {
                try waitForNews()
            }
        }
    }

    // MARK: Waiting

    /// Waits for the server to push, for a mark to be made, or until it is time to ask.
    private func waitForNews() throws(IMAPError) {
        let due = lastAsked.advanced(by: policy.interval(isAwaited: mailbox.isAwaited))
        if due.hasPassed { return try ask() }
        // When nobody waits any longer, the pace changes.
        let changes = [pushDue, mailbox.awaitedUntil].compactMap { $0 }.filter { !$0.hasPassed }
        try wait(until: changes.reduce(due, min))
    }

    /// Asks for news. Somebody who waits gets new mail in the same flight; the server that pushes it does that anyway.
    private func ask() throws(IMAPError) {
        var commands = ["NOOP"]
        if mailbox.isAwaited {
            if !isNotified {
                commands.append(
                    "UID FETCH \(memory.nextUID):\(UInt32.max) \(session.fetchItems(bound: Self.firstBound))")
            }
        } else {
            // Seldom enough to ask as well what others did.
            session.folder.hasChanges = !memory.kept.isEmpty
        }
        try send(commands)
    }

    private func send(_ commands: [String]) throws(IMAPError) {
        lastAsked = .now
        try session.send(commands, thenIdle: policy.canIdle, literal: Self.firstBound)
    }

    /// Takes in what the server sends until the deadline, a mark, or a change of who waits.
    private func wait(until deadline: Deadline) throws(IMAPError) {
        let wasUnderWay = session.flight.isUnderWay
        if !session.stream.hasBufferedBytes {
            var descriptors = [
                pollfd(fd: session.stream.connection.descriptor, events: Int16(POLLIN), revents: 0),
                pollfd(fd: mailbox.wake.descriptor, events: Int16(POLLIN), revents: 0),
            ]
            if case .stopped = poll(&descriptors, stop: mailbox.stop, until: deadline) { throw .cancelled }
            if descriptors[1].revents != 0 { mailbox.wake.drain() }
        }
        try session.listen()
        if wasUnderWay, !session.flight.isUnderWay { mailbox.roundTripDone() }
        if session.folder.announced == 0 { pushDue = nil } else if pushDue == nil { pushDue = .after(.seconds(1)) }
    }

    // MARK: Mail

    /// Takes in messages and flags that came without being waited for.
    private func takePushed() throws(IMAPError) {
        guard !session.pushed.isEmpty else { return }
        let pushed = session.pushed
        session.pushed = []
        defer { pushed.wipe() }
        // A MODSEQ without flags tells that something changed, not what: taken for "no flags" it would free what another daemon holds.
        if pushed.contains(where: { !$0.hasFlags }) { session.folder.hasChanges = true }
        // A body, or flags alone: those of a message that matters.
        let changed = pushed.filter { $0.bytes.isEmpty && $0.hasFlags && memory.told($0.flags) }.map(\.flags)
        if !changed.isEmpty { mailbox.emit(.changed(uidValidity: uidValidity, changed)) }
        let new = pushed.filter {
            !$0.bytes.isEmpty && $0.hasFlags && memory.isNew($0.flags.uid) && $0.flags.uid >= memory.nextUID
        }
        guard !new.isEmpty else { return }
        session.folder.looked(at: new.count)
        if session.folder.announced == 0 { pushDue = nil }
        try take(new)
        for message in new { memory.passed(message.flags.uid) }
        try letClaim()
    }

    /// Somebody waits and something came: a mark is on its way, and is made before anything is sent that it would have to wait for.
    private func letClaim() throws(IMAPError) {
        guard mailbox.isAwaited else { return }
        var descriptors = [pollfd(fd: mailbox.wake.descriptor, events: Int16(POLLIN), revents: 0)]
        if case .stopped = poll(&descriptors, stop: mailbox.stop, until: .after(.milliseconds(20))) { throw .cancelled }
        mailbox.wake.drain()
        // What was drained is not told again.
        try carryOutMarks()
    }

    /// Fetches what came since the last message seen.
    private func fetchArrivals() throws(IMAPError) {
        pushDue = nil
        if session.folder.announced > UInt32(Self.batch) {
            // Too many to take them all in: only the sender's. What comes after the question for the last is announced again.
            let last = try session.lastUID()
            guard last >= memory.nextUID else { return try search() }
            try search("UID \(memory.nextUID):\(UInt32.max)")
            return memory.passed(last)
        }
        let announced = Int(session.folder.announced)
        // Before the command, not after it: what is announced at its end may not be in its answer.
        session.folder.lookedAtAll()
        let messages = try session.fetch(
            UIDSet(from: memory.nextUID, expectedCount: Self.batch), bound: Self.firstBound)
        defer { messages.wipe() }
        mailbox.roundTripDone()
        let new = messages.filter { memory.isNew($0.flags.uid) }
        session.folder.looked(at: new.count - announced)
        // More messages but none of them new: the server counts from somewhere else now.
        if new.isEmpty { return try search() }
        try take(new)
        for message in messages { memory.passed(message.flags.uid) }
        try letClaim()
    }

    private func searchNewest(_ count: UInt32) throws(IMAPError) {
        let exists = session.folder.exists
        searched = count < exists ? count : nil
        try search(count < exists ? "\(exists - count + 1):*" : nil)
        if searched == nil { mailbox.emit(.searched) }
    }

    /// Finds the sender's mails of the time that matters, in all of the folder or `among` some, and takes those not seen yet.
    private func search(_ among: String? = nil) throws(IMAPError) {
        let since = Int64(mailbox.now - mailbox.lookBackSeconds)
        session.folder.lookedAtAll()
        let found = try session.search(from: mailbox.settings.sender, since: since, among: among)
        mailbox.roundTripDone()
        // The newest first: somebody may wait for them.
        var rest = found.filter { memory.isNew($0) }[...]
        while let uids = UIDSet(rest.suffix(Self.batch)) {
            rest = rest.dropLast(Self.batch)
            try take(try session.fetch(uids, bound: Self.firstBound))
            mailbox.roundTripDone()
        }
        for uid in found { memory.passed(uid) }
    }

    /// Has the messages read. After that nobody needs their bytes any more.
    private func take(_ messages: [FetchedMessage]) throws(IMAPError) {
        defer { messages.wipe() }
        var arrivals: [Arrival<Reading>] = []
        let oldest = mailbox.now - mailbox.lookBackSeconds
        for var message in messages {
            let uid = message.flags.uid
            if let date = message.internalDate, Double(date) < oldest {
                memory.ignore(uid)
                continue
            }
            message.uidValidity = uidValidity
            var interest = mailbox.read(message)
            if case .whole = interest {
                guard let whole = try session.fetch(UIDSet(uid), bound: Self.wholeBound).first else { continue }
                message = whole
                defer { whole.bytes.wipeForAll() }
                message.isAllThereIs = true
                message.uidValidity = uidValidity
                interest = mailbox.read(message)
            }
            guard case .keep(let reading) = interest else {
                memory.ignore(uid)
                continue
            }
            memory.keep(
                message.flags, until: (message.internalDate.map(Double.init) ?? mailbox.now) + mailbox.lookBackSeconds)
            arrivals.append(Arrival(uidValidity: uidValidity, flags: message.flags, reading: reading))
        }
        if !arrivals.isEmpty { mailbox.arrived(arrivals) }
    }

    /// Asks for the flags of the messages that matter.
    private func refresh() throws(IMAPError) {
        session.folder.hasChanges = false
        memory.forgetOld(now: mailbox.now)
        guard let uids = UIDSet(memory.kept.keys) else { return }
        let now = try session.fetchFlags(uids)
        mailbox.roundTripDone()
        let (changed, vanished) = memory.refreshed(now)
        if !changed.isEmpty { mailbox.emit(.changed(uidValidity: uidValidity, changed)) }
        if !vanished.isEmpty { mailbox.emit(.vanished(uidValidity: uidValidity, vanished)) }
    }

    // MARK: Marks

    /// Carries out what the ledger asked for. Durable marks that fail stay for the next session.
    private func carryOutMarks() throws(IMAPError) {
        while let request = mailbox.nextRequest() {
            do throws(IMAPError) {
                request.answer(try carryOut(request))
                mailbox.roundTripDone()
            } catch {
                // A refusal leaves the session sound; anything else ends it.
                if case .refused = error {
                    request.answer(.failed(error))
                } else {
                    mailbox.putBack(request, error)
                    throw error
                }
            }
        }
    }

    private func carryOut(_ request: MarkRequest) throws(IMAPError) -> MarkResult {
        guard request.uidValidity == uidValidity else { return .gone }
        let uid = request.uid
        if isReadOnly { throw .refused(command: "marks: the folder is read-only", code: "READ-ONLY") }
        switch request.mark {
        case .claim(let keyword):
            guard claims != .memory else { return .done }
            guard let known = memory.kept[uid]?.flags else { return .gone }
            switch try session.claim(known, keyword: keyword) {
            case .stored(let flags):
                memory.update(flags)
                return .done
            case .lost(let flags):
                memory.update(flags)
                return .lost(flags)
            case .gone: return .gone
            }
        case .verify(let present, let absent):
            guard claims != .memory else { return .done }
            guard let flags = try session.fetchFlags(UIDSet(uid)).first else { return .gone }
            memory.update(flags)
            return flags.flags.contains(present) && flags.flags.isDisjoint(with: absent) ? .done : .lost(flags)
        case .release(let keyword):
            guard claims != .memory else { return .done }
            return try change(uid, add: false, [keyword])
        case .settle(let flags, let afterUse):
            guard mailbox.settings.isWritable else { return .done }
            let keepable = flags.filter { $0.hasPrefix("\\") || selected.keepsKeywords }
            let result = keepable.isEmpty ? .done : try change(uid, add: true, keepable)
            if result == .gone { return .gone }
            switch afterUse {
            case .keep: break
            case .delete: try session.delete(uid)
            case .move(let folder): try session.move(uid, to: folder)
            }
            return result
        }
    }

    /// Makes a change that nobody can forestall. What others did to the message meanwhile is told all the same: as a loss.
    private func change(_ uid: UInt32, add: Bool, _ flags: [String]) throws(IMAPError) -> MarkResult {
        let known = memory.kept[uid]?.flags.flags
        guard let now = try session.change(uid, add: add, flags) else { return .gone }
        memory.update(now)
        let expected = known.map { add ? $0.union(flags) : $0.subtracting(flags) }
        return expected == nil || expected == now.flags ? .done : .lost(now)
    }
}

extension [FetchedMessage] {
    /// Their flags stay.
    fileprivate func wipe() { for message in self { message.bytes.wipeForAll() } }
}
