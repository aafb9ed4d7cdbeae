/// What to do next on one connection of a server, as a pure value: which call is answered next, whether more may be
/// read, when it is over.
///
/// Calls are answered one after the other, in the order in which they came, as UAPI.20 asks for ("never multiplexed"). So
/// whatever is sent after a call that waits is done only when that one is answered: a client that wants both at once
/// opens two connections.
struct Conversation {
    struct Pending {
        let message: CallMessage
        let route: VarlinkService.Route
        let received: ContinuousClock.Instant

        /// Whether it is one of those that may take long.
        var waits: Bool {
            guard case .interface(let interface, let method) = route else { return false }
            return interface.waitingMethods.contains(method)
        }
    }

    enum Step {
        /// Carry this out, then say `answered`.
        case answer(Pending)
        /// Nothing before something comes in or the current call is answered.
        case wait
        /// Close the connection, then say `ended`.
        case close
        /// The connection has ended and its calls too.
        case over
    }

    private enum State {
        case open
        /// The client has nothing more to say but still listens.
        case inputEnded
        /// No call is begun any more.
        case stopping
        case ended
    }

    private let limits: VarlinkLimits
    private var state = State.open
    private var pending: [Pending] = []
    private var current: Pending?

    init(limits: VarlinkLimits) {
        self.limits = limits
    }

    /// No call is under way, nor waits for its turn.
    var isSilent: Bool { unanswered == 0 }

    private var unanswered: Int { pending.count + (current == nil ? 0 : 1) }

    /// Whether another message may be taken from the client.
    var hasRoom: Bool { unanswered < limits.pendingCalls && (state == .open || state == .inputEnded) }

    /// Whether the client should be read from.
    var wantsInput: Bool { hasRoom && state == .open }

    /// A call has come. Of those that wait there may be so many; one more is refused when its turn comes.
    mutating func received(_ message: CallMessage, for route: VarlinkService.Route, at instant: ContinuousClock.Instant)
    {
        let call = Pending(message: message, route: route, received: instant)
        let isOneTooMany =
            call.waits && pending.count { $0.waits } + (current?.waits == true ? 1 : 0) >= limits.waitingCalls
        pending.append(
            isOneTooMany
                ? Pending(
                    message: message, route: .error(limits.exceeded(.waitingCalls(limits.waitingCalls))),
                    received: instant)
                : call)
    }

    /// The current call has been answered.
    mutating func answered() { current = nil }

    /// The client has shut down its side: what it asked for is still answered.
    mutating func inputEnded() { if state == .open { state = .inputEnded } }

    /// The current call is the last one.
    mutating func stop() {
        guard state != .ended else { return }
        state = .stopping
        pending = []
    }

    /// The connection is closed. Calls that nobody can hear the answer of are dropped; those that were sent `oneway` are
    /// carried out: their client had no reason to stay.
    mutating func ended() {
        if state != .ended { pending.removeAll { $0.message.mode != .oneway } }
        state = .ended
    }

    /// The client has broken the protocol: nothing that it asked for is begun any more.
    mutating func breached() {
        state = .ended
        pending = []
    }

    /// Whether the current call is to be given up now that the connection has ended or the server stops.
    var currentIsAbandoned: Bool {
        switch state {
        case .ended: current.map { $0.message.mode != .oneway } ?? false
        case .stopping: current != nil
        case .open, .inputEnded: false
        }
    }

    mutating func next() -> Step {
        guard current == nil else { return .wait }
        guard pending.isEmpty else {
            let first = pending.removeFirst()
            current = first
            return .answer(first)
        }
        switch state {
        case .open: return .wait
        case .inputEnded, .stopping: return .close
        case .ended: return .over
        }
    }
}
