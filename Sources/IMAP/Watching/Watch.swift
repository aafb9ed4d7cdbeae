import Glibc

/// The I/O of one watch: feeds events into ``WatchState`` and carries out its actions.
final class Watch<Reading: Sendable> {
    private let session: Session
    private let channel: MailboxChannel<Reading>
    private var state: WatchState
    /// Marks that were asked for and not answered.
    private var marks: [Int: MarkRequest] = [:]
    private var lastMark = 0

    private static var responsesInARow: Int { 256 }
    /// What a FETCH response has besides the message: flags, dates, numbers.
    private static var bytesBesideTheMessage: Int { 256 }

    /// Opens the mailbox. `memory` is what was known of it before.
    init(_ session: Session, _ channel: MailboxChannel<Reading>, _ memory: MailboxMemory) throws(IMAPError) {
        let settings = channel.settings
        let selected = try session.select(settings.folder, readOnly: !settings.isWritable)
        self.session = session
        self.channel = channel
        state = WatchState(
            .init(
                folder: settings.folder, sender: settings.sender,
                lookBack: Double(settings.lookBack.components.seconds), poll: settings.poll,
                eagerPoll: settings.eagerPoll, isWritable: settings.isWritable, marks: settings.marks),
            capabilities: session.capabilities, selected: selected, memory: memory, at: channel.now)
    }

    /// What is known of the mailbox now, for the next session.
    var memory: MailboxMemory { state.memory }
    var claims: MailboxStatus.Claims { state.claims }
    var arrival: MailboxStatus.ArrivalMethod { state.arrival }
    var isReadOnly: Bool { state.isReadOnly }
    var uidValidity: UInt32 { state.selected.uidValidity }
    var opened: OpenedMailbox {
        OpenedMailbox(uidValidity: uidValidity, uidNext: state.selected.uidNext, keepsMarks: state.keepsMarks)
    }
    var messageCount: Int { Int(state.selected.exists) }
    var isIdling: Bool { state.isIdling }

    /// Finds what came, changed and went before the session was there, and asks to be told of what comes.
    func catchUp() throws(IMAPError) {
        try receive(.awaited(until: channel.awaitedUntil))
        while !state.isWatching { try wait() }
    }

    /// Watches until something fails; throws always.
    func run() throws(IMAPError) -> Never {
        try receive(.deadline)
        while true { try wait() }
    }

    /// The session is over: whether what was under way was done, nobody knows.
    func abandon(_ error: IMAPError) {
        for (number, request) in marks.sorted(by: { $0.key < $1.key }) {
            request.answer(state.result(of: number, error))
        }
        marks = [:]
        if error != .cancelled { state.sessionEnded(error, at: channel.now) }
        state.wipe()
    }

    /// Takes in what comes from the server and from callers, waiting for it until the next deadline.
    private func wait() throws(IMAPError) {
        let now = channel.now
        let deadline = state.deadline(now)
        if session.stream.hasBufferedBytes || session.hasHeldBack {
            var none: [pollfd] = []
            if case .stopped = poll(&none, stop: channel.stop, until: .now) { throw .cancelled }
        } else {
            var descriptors = [
                pollfd(fd: session.stream.connection.descriptor, events: Int16(POLLIN), revents: 0),
                pollfd(fd: channel.wake.descriptor, events: Int16(POLLIN), revents: 0),
            ]
            if case .stopped = poll(&descriptors, stop: channel.stop, until: deadline) { throw .cancelled }
            if descriptors[1].revents != 0 { channel.wake.drain() }
        }
        try takeRequests()
        // Not until nothing is left: a server that floods is not to keep marks, or the end, waiting.
        for _ in 0..<Self.responsesInARow {
            guard let response = try session.receive() else { break }
            try receive(.response(response))
        }
        // The one that was waited for: what is due then may be due no more for who asks now.
        if deadline.hasPassed { try receive(.deadline) }
    }

    private func takeRequests() throws(IMAPError) {
        if channel.takeAwaitedChange() { try receive(.awaited(until: channel.awaitedUntil)) }
        while let request = channel.nextRequest() {
            lastMark += 1
            marks[lastMark] = request
            try receive(.mark(lastMark, request.subject))
        }
    }

    private func receive(_ event: WatchEvent) throws(IMAPError) {
        for action in state.received(event, at: channel.now) { try perform(action) }
    }

    private func perform(_ action: WatchAction) throws(IMAPError) {
        switch action {
        case .send(let commands, let endingIdle):
            try session.send(commands, endingIdle: endingIdle, pushes: state.pushes)
        case .read(let messages):
            let judgements = read(messages)
            session.stream.renew(messages.reduce(0) { $0 + $1.bytes.count + Self.bytesBesideTheMessage })
            try receive(.judged(judgements))
        case .answer(let number, let result): marks.removeValue(forKey: number)?.answer(result)
        case .tell(let news): tell(news)
        case .roundTrip: channel.roundTripDone()
        case .end(let error): throw error
        }
    }

    /// Has the messages read. After that nobody needs their bytes any more.
    private func read(_ messages: [FetchedMessage]) -> [Judgement] {
        var arrivals: [Arrival<Reading>] = []
        let judgements = messages.map { message in
            defer { message.wipe() }
            let verdict: Judgement.Verdict
            switch channel.read(message) {
            case .none: verdict = .none
            case .whole: verdict = .whole
            case .keep(let reading):
                verdict = .keep
                arrivals.append(
                    Arrival(
                        uidValidity: uidValidity, uid: message.flags.uid, mark: state.mark(of: message.flags),
                        internalDate: message.internalDate, isTooOld: message.isTooOld, reading: reading))
            }
            return Judgement(flags: message.flags, identity: message.identity, verdict: verdict)
        }
        if !arrivals.isEmpty { channel.arrived(arrivals) }
        return judgements
    }

    private func tell(_ news: WatchAction.News) {
        switch news {
        // Told by whoever waits for ``catchUp()``.
        case .watching: break
        case .searched: channel.emit(.searched)
        case .marksNotKept: channel.emit(.marksNotKept)
        case .changed(let messages): channel.emit(.changed(uidValidity: uidValidity, messages))
        case .vanished(let uids): channel.emit(.vanished(uidValidity: uidValidity, uids))
        case .claims(let claims): channel.update { $0.claims = claims }
        case .arrival(let arrival): channel.update { $0.arrival = arrival }
        case .unfetchable(let uids): channel.emit(.unfetchable(uidValidity: uidValidity, uids))
        case .throttled(let error, let duration, let isNews):
            channel.tries(at: channel.now.monotonic.advanced(by: duration)) { $0.error = error }
            if isNews { channel.emit(.throttled(error, for: duration)) }
        case .throttlingEnded:
            channel.update {
                if case .throttled = $0.error { $0.error = nil }
                $0.nextAttemptAt = nil
            }
            channel.emit(.throttlingEnded)
        case .refused(let error): channel.emit(.refused(error))
        }
    }
}
