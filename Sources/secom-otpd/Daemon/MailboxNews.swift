import Glibc
import IMAP
import Ledger
import Recognition
import Synchronization

/// The mailboxes' events, each mailbox's in order, processed in turn: a mailbox with many events delays only itself.
///
/// The answers to marks come the same way as all other events of a mailbox: if an answer overtook an earlier event, or was overtaken,
/// the ledger would act on outdated information.
final class MailboxNews: Sendable {
    enum Event: Sendable {
        case mailbox(MailboxEvent<Recognition>, WatchedMailbox)
        case answered(PasswordID, RecordChange, MessageKey, RecordResult)
        /// The configuration no longer has it, or has changed it: it is no longer watched, or is watched again after this.
        case left
    }

    private struct State {
        var queues: [String: [Event]] = [:]
        /// The mailboxes that have something to tell, in their turn.
        var turns: [String] = []
        var taker: CheckedContinuation<Void, Never>?
        var isOver = false
    }

    /// Events of one mailbox that may wait: more, and its thread waits, and so its server.
    private static let bound = 64

    private let state = Mutex(State())
    private let room = ThreadSignal()

    /// Adds an event. Where too many wait already, the calling thread waits too: only a mailbox's own may be made to.
    func add(_ event: Event, of mailbox: String, mayWait: Bool) {
        while true {
            let seen = room.count
            let (isAdded, taker) = state.withLock { state -> (Bool, CheckedContinuation<Void, Never>?) in
                if state.isOver { return (true, nil) }
                let waiting = state.queues[mailbox]?.count ?? 0
                if mayWait, waiting >= Self.bound { return (false, nil) }
                if waiting == 0 { state.turns.append(mailbox) }
                state.queues[mailbox, default: []].append(event)
                defer { state.taker = nil }
                return (true, state.taker)
            }
            taker?.resume()
            if isAdded { return }
            room.wait(after: seen)
        }
    }

    /// The next event, of the mailbox whose turn it is; nil when there will be none any more.
    func next() async -> (mailbox: String, event: Event)? {
        while true {
            let (event, isOver, wasFull) = state.withLock { state -> ((String, Event)?, Bool, Bool) in
                guard !state.isOver, !state.turns.isEmpty else { return (nil, state.isOver, false) }
                let mailbox = state.turns.removeFirst()
                guard var queue = state.queues.removeValue(forKey: mailbox), !queue.isEmpty else {
                    return (nil, false, false)
                }
                let wasFull = queue.count >= Self.bound
                let event = queue.removeFirst()
                if !queue.isEmpty {
                    state.queues[mailbox] = queue
                    state.turns.append(mailbox)
                }
                return ((mailbox, event), false, wasFull)
            }
            if wasFull { room.signal() }
            if let event { return event }
            if isOver { return nil }
            await withTaskCancellationHandler {
                await withCheckedContinuation { continuation in
                    let isReady = state.withLock { state in
                        if state.isOver || !state.turns.isEmpty { return true }
                        state.taker = continuation
                        return false
                    }
                    if isReady { continuation.resume() }
                }
            } onCancel: {
                finish()
            }
        }
    }

    /// Nothing is taken any more, and nobody waits for room.
    func finish() {
        let taker = state.withLock { state in
            state.isOver = true
            defer { state.taker = nil }
            return state.taker
        }
        taker?.resume()
        room.signal()
    }
}
